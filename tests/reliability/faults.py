"""Faults round the database: a mail server that fails, a process that is gone, a log that a cut tore."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from smtplib import SMTPDataError, SMTPServerDisconnected

from django.core.mail import EmailMessage
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from safeguarding.backups.tests.files import Installation

MAIL = {
    "mail refused": SMTPServerDisconnected("The mail server closed the line."),
    "mail too slow": TimeoutError("The mail server does not answer."),
    "mail half taken": SMTPDataError(451, b"It was taken, and nobody said so."),
}
FRAME = 24 + 4096  # bytes of the log: a head and a page


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
    """As a power cut leaves them: what was being written at the end of the log is half there."""
    for place, content in on_disk.items():
        torn = _half_a_frame(content, lot) if place == _log(database) else b""
        place.write_bytes(content + torn)
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)


def _log(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def _half_a_frame(log: bytes, lot: random.Random) -> bytes:
    """The head of a frame that looks right and some of its page; or anything at all."""
    frame = log[-FRAME:] if lot.random() < 0.5 else lot.randbytes(FRAME)
    return frame[: lot.randrange(1, FRAME)]


def start_again(standing: Installation, torn: random.Random | None = None) -> None:
    """What a new process has: a connection of its own, and nothing of the old one.

    Where the power went, the file and its log are as they were on the disk, and what was being written
    at the end of the log is half there.
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


def _connection(standing: Installation) -> BaseDatabaseWrapper:
    options = {
        "key": standing.source.database_key,
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
    }
    name = str(standing.database)
    database = {"ENGINE": "foundation.sqlcipher", "NAME": name, "OPTIONS": options}
    return ConnectionHandler({"default": database})["default"]
