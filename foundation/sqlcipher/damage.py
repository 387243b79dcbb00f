"""Looking for damage: what a disk, a copy or a hand did to the database file or to its log.

SQLite reads a damaged log up to the first bad place and says nothing of the rest, so we look first.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from sqlcipher3 import dbapi2 as sqlcipher

from foundation.sqlcipher.base import unlock

PAGE = 4096  # SQLCipher's
LOG_HEADER, FRAME_HEADER = 32, 24
ADVICE = (
    "Nothing was changed, and nothing was started as if it were well. Keep the data folder as it is. "
    "Restore the newest backup into a new folder (docs/backups.md); ring whoever looks after the "
    "technical side. Reports can be written on the printed form until then."
)


class Damaged(ImproperlyConfigured):
    """The records on the disk are not whole. `kind` is one word for what was found."""

    def __init__(self, kind: str, found: str) -> None:
        super().__init__(f"The database is damaged: {found} {ADVICE}")
        self.kind = kind


def look(file: Path, key: str, *, thoroughly: bool = False) -> None:
    """Raise Damaged for what can be found in a database that nobody has open. Changes nothing.

    `thoroughly` also compares every index with its table.
    """
    log = file.with_name(f"{file.name}-wal")
    if not file.exists():
        if log.exists():
            raise Damaged("missing", f"{file.name} is gone, and its log is still there.")
        return
    look_at_pages(file)
    if log.exists():
        look_at_log(log)
    _look_inside(file, key, "cipher_integrity_check", _check(thoroughly=thoroughly))


def look_while_open(file: Path, key: str, *, thoroughly: bool = False) -> None:
    """The same while others read and write: every page in use, as of one moment."""
    if not file.exists():
        raise Damaged("missing", f"{file.name} is gone.")
    _look_inside(file, key, _check(thoroughly=thoroughly))


def _check(*, thoroughly: bool) -> str:
    return "integrity_check(1)" if thoroughly else "quick_check(1)"


def look_at_pages(file: Path) -> None:
    """Every page is there, and none is empty: an encrypted page never is."""
    if file.stat().st_size % PAGE:
        raise Damaged("cut", f"{file.name} ends in the middle of a page.")
    empty = bytes(PAGE)
    for number, page in enumerate(_pages(file), start=1):
        if page == empty:
            raise Damaged("emptied", f"page {number} of {file.name} is empty.")


def _pages(file: Path) -> Iterator[bytes]:
    with file.open("rb") as pages:
        while page := pages.read(PAGE):
            yield page


def look_at_log(log: Path) -> None:
    """No more than the one transaction a power cut may have torn may be unreadable at its end.

    A commit is flushed before the next begins. So two commits behind a bad place mean that
    something which was acknowledged cannot be read any more.
    """
    content = log.read_bytes()
    if len(content) <= LOG_HEADER:
        return
    if len(lost := _unreadable_commits(content)) > 1:
        raise Damaged("log", f"the log of the database is damaged: {len(lost)} changes in it.")


def _unreadable_commits(content: bytes) -> list[int]:
    """The places of commits of this log's own that stand behind its first bad frame."""
    order = ">" if content[3] & 1 else "<"
    sums, size = (0, 0), struct.unpack(">I", content[8:12])[0]
    sums, good = _summed(content[:24], sums, order), True
    lost = []
    for place in range(LOG_HEADER, len(content) - FRAME_HEADER - size + 1, FRAME_HEADER + size):
        head = content[place : place + FRAME_HEADER]
        if head[8:16] != content[16:24]:  # what an earlier round of the log left behind
            continue
        page = content[place + FRAME_HEADER : place + FRAME_HEADER + size]
        if good:
            sums = _summed(head[:8] + page, sums, order)
            good = struct.pack(">II", *sums) == head[16:24]
        if not good and head[4:8] != b"\0\0\0\0":
            lost.append(place)
    return lost


def _summed(content: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's checksum of a log, carried on over more of it."""
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for place in range(0, len(words), 2):
        first = (first + words[place] + second) & 0xFFFFFFFF
        second = (second + words[place + 1] + first) & 0xFFFFFFFF
    return first, second


def _look_inside(file: Path, key: str, *checks: str) -> None:
    """Every page opens with the key, and the pages fit together. Opened so that it cannot write."""
    with closing(_opened(file, "mode=ro")) as connection:
        try:
            _unlock(connection, file, key)
            found = next(filter(None, (_wrong(connection, check) for check in checks)), "")
        except sqlcipher.DatabaseError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise
            found = f"it cannot be read ({error})."
    if found:
        raise Damaged("page", found)


def _opened(file: Path, how: str) -> Any:
    return sqlcipher.connect(f"{file.resolve().as_uri()}?{how}", uri=True, timeout=20)


def _unlock(connection: Any, file: Path, key: str) -> None:
    """Open with the key. Where it does not open, find out whether it is the key that is wrong."""
    try:
        unlock(connection, key, name=file)
    except ImproperlyConfigured:
        if _opens_without_log(file, key):
            raise Damaged("log", "its log is not its own, or is damaged.") from None
        if any(_belongs(page, number, file, key) for number, page in enumerate(_pages(file), 1)):
            raise Damaged("page", f"page 1 of {file.name} cannot be read.") from None
        raise


def _opens_without_log(file: Path, key: str) -> bool:
    with closing(_opened(file, "immutable=1")) as connection:
        try:
            unlock(connection, key, name=file)
        except ImproperlyConfigured:
            return False
    return True


def _belongs(page: bytes, number: int, file: Path, key: str) -> bool:
    """Whether a page was written under this key, by SQLCipher's own check of a page."""
    with file.open("rb") as start:
        salt = bytes(byte ^ 0x3A for byte in start.read(16))
    own = hashlib.pbkdf2_hmac("sha512", bytes.fromhex(key), salt, 2, 32)
    said = page[16 if number == 1 else 0 : -64] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.new(own, said, hashlib.sha512).digest(), page[-64:])


def _wrong(connection: Any, check: str) -> str:
    """The first thing a check finds; nothing when it finds nothing."""
    row = connection.execute(f"PRAGMA {check}").fetchone()
    return "" if row is None or row[0] == "ok" else f"{str(row[0]).splitlines()[-1]}."
