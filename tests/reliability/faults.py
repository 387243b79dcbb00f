"""Faults round the database: a mail server that fails, a process that is gone, what a power cut tore."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from smtplib import SMTPDataError, SMTPServerDisconnected
from struct import unpack

from django.core.mail import EmailMessage
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.test.utils import override_settings

from foundation import drop
from safeguarding.backups.tests.files import Installation

MAIL = {
    "mail refused": SMTPServerDisconnected("The mail server closed the line."),
    "mail too slow": TimeoutError("The mail server does not answer."),
    "mail half taken": SMTPDataError(451, b"It was taken, and nobody said so."),
}
PAGE = 4096  # bytes
LOG_HEAD, FRAME_HEAD = 32, 24  # bytes; after its own head the log is frames, each a head and a page
FRAME = FRAME_HEAD + PAGE


def mail_that(fault: str, lot: random.Random) -> Callable[..., int]:
    """A mail server that fails most letters: before it takes one, or having taken it."""
    send = EmailMessage.send

    def sending(letter: EmailMessage, fail_silently: bool = False) -> int:  # noqa: FBT001, FBT002  Django's
        fails = lot.random() < 0.7
        if not fails or fault == "mail half taken":
            send(letter, fail_silently)
        if fails:
            raise MAIL[fault]
        return 1

    return sending


def as_on_disk(database: Path) -> dict[Path, bytes]:
    """The database and its log, before closing it empties the log."""
    places = (database, _log(database))
    return {place: place.read_bytes() for place in places if place.exists()}


def put_back(on_disk: dict[Path, bytes], database: Path, lot: random.Random) -> None:
    """As a power cut leaves them: what was being written is half there.

    That is the end of the log; or, while pages of the log were carried over into the database, one of
    these, in the database.
    """
    log = on_disk.get(_log(database), b"")
    carried = sorted(committed(log))
    if carried and lot.random() < 0.5:
        on_disk[database] = _half_a_page(on_disk[database], lot.choice(carried), lot)
    else:
        on_disk[_log(database)] = log + _half_a_frame(log, lot)
    for place, content in on_disk.items():
        place.write_bytes(content)
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)


def committed(log: bytes) -> set[int]:
    """The numbers, from 1, of the pages that the log holds for good, by the form of SQLite's log.

    Frames of an earlier round lie behind them; their salt is another.
    """
    found, waiting = set(), set()
    for at in range(LOG_HEAD, len(log) - FRAME + 1, FRAME):
        page, size_after_commit = unpack(">II", log[at : at + 8])
        if log[at + 8 : at + 16] != log[16:24]:
            break
        waiting.add(page)
        if size_after_commit:
            found |= waiting
    return found


def _half_a_page(database: bytes, page: int, lot: random.Random) -> bytes:
    """The database with this page half written over; longer if it is a new one."""
    at, length = (page - 1) * PAGE, lot.randrange(1, PAGE)
    torn = lot.randbytes(length) + database[at + length : at + PAGE].ljust(PAGE - length, b"\0")
    return database[:at].ljust(at, b"\0") + torn + database[at + PAGE :]


def _log(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def _half_a_frame(log: bytes, lot: random.Random) -> bytes:
    """The head of a frame that looks right and some of its page; or anything at all."""
    frame = log[-FRAME:] if lot.random() < 0.5 else lot.randbytes(FRAME)
    return frame[: lot.randrange(1, FRAME)]


def start_again(standing: Installation, torn: random.Random | None = None) -> None:
    """What a new process has: a connection of its own, and nothing of the old one.

    Where the power went, the file and its log are as they were on the disk, and what was being written is
    half there.
    """
    old = connections["default"]
    raw = old.connection
    old.connection, old.in_atomic_block, old.savepoint_ids = None, False, []
    on_disk = as_on_disk(standing.database) if torn else {}
    if raw is not None:
        raw.close()
    if torn:
        put_back(on_disk, standing.database, torn)
    connections["default"] = _connection(standing)


@contextmanager
def on_file(standing: Installation) -> Iterator[None]:
    """Let everything here read and write this installation's file."""
    tests = connections["default"]
    connections["default"] = _connection(standing)
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = tests


@contextmanager
def with_its_drop(standing: Installation) -> Iterator[None]:
    """The same, and what the file cannot take goes into the drop beside it."""
    drop.make_ready(standing.data, standing.source.key)
    with on_file(standing), override_settings(DATA=standing.data, LEAST_FREE=0):
        yield


def _connection(standing: Installation) -> BaseDatabaseWrapper:
    options = {
        "key": standing.source.database_key,
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
    }
    name = str(standing.database)
    database = {"ENGINE": "foundation.sqlcipher", "NAME": name, "OPTIONS": options}
    return ConnectionHandler({"default": database})["default"]
