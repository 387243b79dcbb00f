"""A copy of the database while people go on writing, and what is in it."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from foundation.sqlcipher.base import unlock

from . import archive
from .manifest import Heads

SIZE = 1 << 256
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)
HAS_TRAIL = "SELECT 1 FROM sqlite_master WHERE name = 'audit_entry'"
HEADS = "SELECT setting_id, seq, link FROM audit_chainhead"
SCHEMA = "SELECT app, name FROM django_migrations ORDER BY app, name"


@contextmanager
def opened(file: Path, key: str) -> Iterator[Any]:
    """The database, with a connection of our own. Reading it writes nothing but its own log's index."""
    with closing(sqlcipher.connect(file.resolve().as_uri(), uri=True, timeout=20)) as connection:
        unlock(connection, key, name=file)
        connection.execute("PRAGMA temp_store = MEMORY")
        yield connection


def copy(database: Path, key: str, to: Path) -> None:
    """All of one moment, under the same key, while others read and write."""
    with opened(database, key) as connection:
        connection.execute("VACUUM INTO ?", [to.resolve().as_uri()])


@dataclass(frozen=True)
class Content:
    """What is in a copy: the file itself, and what to hold it against later."""

    file: Path
    schema: str
    tables: dict[str, tuple[int, str]]
    heads: Heads
    kind: str = "SQLCipher"

    def parts(self) -> Iterator[archive.Part]:
        yield archive.part_from(f"data/{self.file.name}", self.file)


@contextmanager
def taken(database: Path, key: str, to: Path) -> Iterator[Content]:
    """A copy of one moment, which is removed again."""
    copy(database, key, to)
    with opened(to, key) as connection:
        content = Content(to, schema(connection), tables(connection), dict(heads(connection)))
    yield content
    to.unlink()


def tables(connection: Any) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a digest of them that does not depend on their order."""
    names = sorted(name for (name,) in connection.execute(TABLES))
    return {name: summed(connection.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608


def summed(rows: Iterable[Any]) -> tuple[int, str]:
    """The sum of the rows' own digests: equal when the same rows are there, in whatever order."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return count, f"{total % SIZE:064x}"


def heads(connection: Any) -> Heads:
    """Where each chain of the trail ends."""
    rows = connection.execute(HEADS)
    return {str(setting).replace("-", ""): (int(seq), str(link)) for setting, seq, link in rows}


def schema(connection: Any) -> str:
    """A digest of the migrations that were applied."""
    return hashlib.sha256(repr(list(connection.execute(SCHEMA))).encode()).hexdigest()[:16]
