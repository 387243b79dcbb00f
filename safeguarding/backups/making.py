"""Making a backup: copied, sealed, restored from what was sealed, and only then given its name.

It is sealed to the recovery keys and to one more that lives in this process's memory until it was
opened with it again. So what is checked is the very file that is kept, and afterwards this computer
can open it no more.
"""

import errno
import logging
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from foundation import former, keys, sealed

from . import archive, checking, copying, folder, looking, recovery, tables
from .durable import put_in_place, sync_folder, write_whole
from .folder import LABEL, NOT_WHOLE, SEALED, VERIFIED, Keep, Try
from .manifest import Heads, Label, Manifest, digest_of_heads

WORK = "being-made"
NOT_WRITTEN = "could not be written"
MEGABYTE = 1024 * 1024
GIVEN_UP_AFTER = 6 * 3600  # seconds: then whoever was making it is gone
DATABASE, KEY, MANIFEST = "hedgerow.db", "key", "manifest.json"
SIGNING_KEY = "signing.key"  # where a restored installation looks for it
NOT_COPIED = {  # made anew at a start, or of this computer only, or inside already
    *("static", "running.txt", "prepared.txt", "hedgerow.key", "reserve", "mark.json", "backups"),
    *(former.FILE, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"),
}
logger = logging.getLogger(__name__)


class Busy(Exception):  # noqa: N818  reads as a sentence
    """Another process is making a backup."""


@dataclass(frozen=True)
class Source:
    """What is backed up, and to where."""

    data: Path
    key: bytes
    to: Path
    second: Path | None = None
    keep: Keep = field(default_factory=Keep)
    version: str = ""
    server: tables.Server | None = None  # where the records are not in a file of the data folder
    signing_key: Path | None = None  # of the trail, which may lie on another disk
    least_free: int = 0  # bytes the disk must have left while people work
    former: Sequence[bytes] = ()  # keys from before, as the settings found them
    text_keys: str = "file"

    @property
    def database_key(self) -> str:
        return keys.derive(self.key, "database").hex()

    @property
    def database(self) -> Path:
        return self.data / DATABASE

    def taken(self, work: Path) -> AbstractContextManager[tables.Content]:
        """All records of one moment."""
        if self.server:
            return tables.taken(self.server)
        return copying.taken(self.database, self.database_key, work / DATABASE)


def make(source: Source, at: datetime) -> Label:
    """Make, check, name, copy to the second folder, and prune, in this order.

    Raises what went wrong. Then nothing that was there before is replaced or removed. Where the record
    is no longer whole, the label says so.
    """
    public = recovery.public_keys(source.data)
    if not source.server:
        looking.look_while_open(source.data, source.key, thoroughly=True)
    source.to.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_without_room(source)
    work = _claimed(source.to)
    try:
        label = _made(source, at, public, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    second = _second_copy(source, label)
    folder.prune(source.to, source.keep)
    outcome = VERIFIED if label.is_whole else NOT_WHOLE
    folder.note(source.to, Try(at.isoformat(), outcome, label.name, second))
    return label


def _refuse_without_room(source: Source) -> None:
    """Filled up by a backup, the disk would let nobody change anything until it is thrown away again."""
    database = _size_of(source.database)
    files = sum(_size_of(place) for _, place in _files(source))
    # The copy, what is sealed of it, and what is restored from that.
    needed = 3 * database + 2 * files
    if shutil.disk_usage(source.to).free < needed + source.least_free:
        raise OSError(errno.ENOSPC, f"It needs {needed // MEGABYTE + 1} MB of room for a while")


def _size_of(place: Path) -> int:
    try:
        return place.stat().st_size
    except FileNotFoundError:  # swept away meanwhile
        return 0


def _claimed(to: Path) -> Path:
    """A folder to work in that nobody else has; one that was left behind is cleared."""
    work = to / WORK
    try:
        work.mkdir(mode=0o700)
    except FileExistsError:
        # From days to come: the clock was put back, and nobody knows how old it is.
        if abs(time.time() - work.stat().st_mtime) < GIVEN_UP_AFTER:
            raise Busy("A backup is being made already.") from None
        shutil.rmtree(work)
        work.mkdir(mode=0o700)
    return work


def _made(source: Source, at: datetime, public: list[str], work: Path) -> Label:
    beside = work / f"new{SEALED}"
    once = sealed.new_identity()  # opens this one file, and is forgotten when we return
    with source.taken(work) as content:
        archive.write(_parts(source, at, content), beside, [*public, once.public])
        heads = content.heads
    whole = checking.restore_and_compare(beside, once.secret, work / "restored", source.server)
    label = _label(source, at, beside, heads, public, is_whole=whole)
    write_whole(source.to / f"{label.name}{LABEL}", label.written())
    put_in_place(beside, source.to / f"{label.name}{SEALED}")
    return label


def _parts(source: Source, at: datetime, content: tables.Content) -> Iterator[archive.Part]:
    """Everything a blank computer needs. The records were taken first, so that their files are there."""
    yield archive.part_of(KEY, source.key.hex().encode())
    yield archive.part_of(former.FILE, former.written(source.former))
    yield from content.parts()
    for name, place in _files(source):
        try:
            yield archive.part_from(f"data/{name}", place)
        except FileNotFoundError:
            continue  # swept away meanwhile: nothing refers to it
    manifest = Manifest(
        made_at=at.isoformat(),
        version=source.version,
        schema=content.schema,
        database=content.kind,
        tables=content.tables,
        heads=dict(content.heads),
        former=[former.name_of(one) for one in source.former],
        text_keys=source.text_keys,
    )
    yield archive.part_of(MANIFEST, manifest.written())


def _files(source: Source) -> Iterator[tuple[str, Path]]:
    """Each under its name in the data folder; also the key that signs, without which no copy verifies."""
    named = {
        place.relative_to(source.data).as_posix(): place
        for place in files_of(source.data, source.to)
    }
    own = source.signing_key
    if own and not own.is_relative_to(source.data):
        named[SIGNING_KEY] = own
    yield from named.items()


def files_of(data: Path, to: Path) -> Iterator[Path]:
    """Every other file of the data folder, in order: what the apps add later is in it too."""
    for top in sorted(data.iterdir()):
        if top.name in NOT_COPIED or top.resolve() == to.resolve() or top.suffix == ".part":
            continue
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (
            one for one in found if one.is_file() and not one.is_symlink() and one.suffix != ".part"
        )


def _label(
    source: Source, at: datetime, beside: Path, heads: Heads, public: list[str], *, is_whole: bool
) -> Label:
    return Label(
        name=folder.name_at(at),
        made_at=at.isoformat(),
        version=source.version,
        size=beside.stat().st_size,
        sha256=archive.digest_of(beside),
        trail=digest_of_heads(heads),
        sheets=[recovery.name_of(key) for key in public],
        is_whole=is_whole,
    ).signed(source.key)


def _second_copy(source: Source, label: Label) -> str:
    """Copy to the stick or the other computer, if it is there. Its absence fails nothing; it is noted."""
    if source.second is None:
        return ""
    if not source.second.is_dir():
        return "not there"
    try:
        folder.prune(source.second, source.keep)  # before, or a full stick would stay full
        _copied(source, source.second, label)
        folder.prune(source.second, source.keep)
    except OSError:
        logger.warning("The second copy of the backup could not be written.")
        return NOT_WRITTEN
    return "copied"


def _copied(source: Source, second: Path, label: Label) -> None:
    for left in second.glob(f"hedgerow-*{SEALED}.part"):
        left.unlink()
    beside = second / f"{label.name}{SEALED}.part"
    with beside.open("wb") as out:
        for piece in archive.pieces_of(source.to / f"{label.name}{SEALED}"):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if archive.digest_of(beside) != label.sha256:
        beside.unlink()
        raise OSError("What was read back is not what was written.")
    write_whole(second / f"{label.name}{LABEL}", label.written())
    put_in_place(beside, second / f"{label.name}{SEALED}")
    sync_folder(second)
