"""F02: a disk that forgets what was not flushed, under the settings the product's database has.

Every write reaches the file at once, and beside it we keep what is not flushed yet. When the power
goes, of each file's unflushed writes none, some, or the torn half of one have reached the disk. Then
it is opened again as after a start. Encryption lies above this, so plain SQLite shows the same.
"""

import random
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
NAME = "a-disk-that-forgets"
Change = tuple[int, bytes | None]  # where, and what; None cuts the file off there


class PowerCut(Exception):  # noqa: N818  not an error: the end of a run
    """The power is gone; nothing is written any more."""


@dataclass
class Disk:
    """What has reached the disk for good, and what has only been written."""

    cut_at: int
    writes: int = 0
    is_off: bool = False
    flushed: dict[str, bytes] = field(default_factory=dict)
    pending: dict[str, list[Change]] = field(default_factory=dict)
    removed: dict[str, bytes] = field(default_factory=dict)

    def tick(self) -> None:
        self.writes += 1
        if self.writes >= self.cut_at and not self.is_off:
            self.is_off = True
            raise PowerCut

    def know(self, path: str) -> None:
        if path not in self.flushed:
            self.flushed[path] = Path(path).read_bytes() if Path(path).exists() else b""
            self.pending[path] = []

    def flush(self, path: str) -> None:
        if not self.is_off:
            self.flushed[path] = applied(self.flushed[path], self.pending[path])
            self.pending[path] = []

    def note(self, path: str, change: Change) -> None:
        if not self.is_off:
            self.pending[path].append(change)

    def remove(self, path: str, *, for_good: bool) -> None:
        if self.is_off:
            return
        self.know(path)
        if not for_good and self.flushed[path]:
            self.removed[path] = self.flushed[path]
        self.flushed[path], self.pending[path] = b"", []

    def after_the_cut(self, rng: random.Random) -> Iterator[tuple[str, bytes]]:
        """What a start finds: each file with the writes that happened to reach it."""
        for path, content in self.flushed.items():
            if path in self.removed and not self.pending[path] and rng.random() < 0.5:
                yield path, self.removed[path]  # its removal never reached the folder
                continue
            kept = survivors(rng, self.pending[path])
            if (found := applied(content, kept)) or not path.endswith(("-wal", "-journal")):
                yield path, found


def applied(content: bytes, changes: Iterable[Change]) -> bytes:
    found = bytearray(content)
    for where, what in changes:
        if what is None:
            del found[where:]
            continue
        found.extend(bytes(max(0, where - len(found))))
        found[where : where + len(what)] = what
    return bytes(found)


def survivors(rng: random.Random, changes: list[Change]) -> list[Change]:
    """None of them, the first few, any few, or any few with the last one torn."""
    how = rng.choice(["none", "first", "any", "torn"])
    if how == "none":
        return []
    if how == "first":
        return changes[: rng.randrange(len(changes) + 1)]
    kept = [one for one in changes if rng.random() < 0.5]
    if how == "torn" and kept and (what := kept[-1][1]):
        sectors = rng.randrange(max(1, len(what) // SECTOR))
        kept[-1] = (kept[-1][0], what[: SECTOR * sectors])
    return kept


class ForgetfulFile(apsw.VFSFile):
    """One file on it."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        self.path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.is_new = bool(self.path) and not Path(self.path).exists()
        super().__init__("unix", name, flags)
        if self.path:
            disk.know(self.path)
            disk.removed.pop(self.path, None)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self.path:
            self.disk.tick()
            self.disk.note(self.path, (offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        if self.path:
            self.disk.tick()
            self.disk.note(self.path, (size, None))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self.path:
            self.disk.tick()
            if self.is_new:  # SQLite flushes the folder with a new file's first flush
                self.disk.removed.clear()
                self.is_new = False
            self.disk.flush(self.path)
        super().xSync(flags)

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0  # promises nothing


class Forgetful(apsw.VFS):
    """The disk, as SQLite sees it."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        super().__init__(NAME, "unix")

    def xOpen(self, name: Any, flags: list[int]) -> ForgetfulFile:  # noqa: N802
        self.disk.tick()
        return ForgetfulFile(self.disk, name, flags)

    def xDelete(self, path: str, sync: bool) -> None:  # noqa: FBT001, N802
        self.disk.tick()
        self.disk.remove(path, for_good=sync)
        super().xDelete(path, sync)


@dataclass(frozen=True)
class Outcome:
    """What one power cut did."""

    acknowledged: int
    lost: int
    is_whole: bool


def power_cut(seed: int, synchronous: str, folder: Path) -> Outcome:
    """Write as the product does, cut the power at a moment drawn by lot, and look what is left."""
    rng = random.Random(seed)  # noqa: S311  drawn by lot, but the same again
    written, found = folder / "written", folder / "found"
    for one in (written, found):
        one.mkdir(parents=True)
    disk = Disk(cut_at=10**9)
    acknowledged = write_until_cut(disk, rng, synchronous, written / "a.db")
    for path, content in disk.after_the_cut(rng):
        (found / Path(path).name).write_bytes(content)
    is_whole, have = look(found / "a.db")
    return Outcome(len(acknowledged), len(acknowledged - have), is_whole)


def write_until_cut(disk: Disk, rng: random.Random, synchronous: str, file: Path) -> set[int]:
    """Rows as long as there is power. Answers those whose commit returned."""
    acknowledged: set[int] = set()
    with forgetting(disk), suppress(PowerCut, apsw.Error):
        connection = opened(file, synchronous)
        disk.cut_at = disk.writes + rng.randrange(20, 250)
        for number in range(1, 10_000):
            body = bytes([number % 256]) * rng.randrange(100, 9000)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO report VALUES (?, ?)", (number, body))
            if number % 7 == 0:
                change = "UPDATE report SET body = zeroblob(500) WHERE id = ?"
                connection.execute(change, (number - 3,))
            connection.execute("COMMIT")
            acknowledged.add(number)
            if number % 11 == 0:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return acknowledged


@contextmanager
def forgetting(disk: Disk) -> Iterator[None]:
    vfs = Forgetful(disk)
    try:
        yield
    finally:
        disk.is_off = True  # whatever closes it afterwards reaches nothing
        vfs.unregister()


def opened(file: Path, synchronous: str) -> apsw.Connection:
    connection = apsw.Connection(str(file), vfs=NAME)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # no shared memory to imitate
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, body BLOB)")
    return connection


def look(file: Path) -> tuple[bool, set[int]]:
    """Whether it is whole, and the rows in it, as an ordinary start finds it."""
    with closing(apsw.Connection(str(file))) as connection:
        try:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return whole, {row[0] for row in connection.execute("SELECT id FROM report")}
        except apsw.Error:
            return False, set()
