"""The records of a PostgreSQL database: taken in one moment, put into an empty place, and compared.

No program of PostgreSQL's own is needed, and its version does not matter: each table is COPYed as text, and
the statements that make the tables come from the catalogue (foundation.postgres.shape).
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from foundation.fence import BACKUP
from foundation.postgres import shape
from foundation.postgres.shape import Shape, quoted
from foundation.sqlcipher.damage import Damaged

from . import archive, copying
from .manifest import Heads

KIND, FOLDER, SHAPE = "PostgreSQL", "tables", "tables/shape.json"
AT_ONCE = 1 << 20  # bytes of rows in one part
SEES_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
CLOSED_TO_US = """
    SELECT relname FROM pg_class c
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity
    AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'backup')
"""
MAY = f"""
    SELECT has_database_privilege(current_database(), 'CREATE') AND (({SEES_ALL})
        OR coalesce(pg_has_role(to_regrole('{BACKUP}'), 'MEMBER'), false))
"""
# What PostgreSQL answers when a file of it is damaged, cut short or gone.
DAMAGE = (
    psycopg.errors.DataCorrupted,
    psycopg.errors.IndexCorrupted,
    psycopg.errors.UndefinedFile,
    psycopg.errors.IoError,
)
MAY_NOT = (
    "The user of DATABASE_URL may not read everything, or may not make room for the check. Run bin/manage "
    "prepare, and then bin/manage backup with the owner's address in HEDGEROW_OWNER_URL; the owner needs "
    "GRANT CREATE ON DATABASE. See docs/backups.md. Nothing was changed."
)


class Content(Protocol):
    """All records of one moment: `parts` first, then what to hold them against later."""

    @property
    def schema(self) -> str: ...
    @property
    def tables(self) -> dict[str, tuple[int, str]]: ...
    @property
    def heads(self) -> Heads: ...
    @property
    def kind(self) -> str: ...
    def parts(self) -> Iterator[archive.Part]: ...


@dataclass(frozen=True)
class Server:
    """Which database, as Django's settings name it."""

    settings: Mapping[str, Any]

    def connection(self) -> Any:
        """A connection of our own, which says nothing of the fence: it stands on no side."""
        plain = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0}
        return ConnectionHandler({"default": {**self.settings, **plain}})["default"]

    def may_back_up(self) -> bool:
        """Whether this user can read everything, and make room for the check."""
        with _cursor(self) as cursor:
            return bool(cursor.execute(MAY).fetchone()[0])

    def looks_for_damage(self) -> bool:
        """Whether its pages carry a checksum, so that a flipped bit is noticed when they are read."""
        with _cursor(self) as cursor:
            return bool(cursor.execute("SHOW data_checksums").fetchone()[0] == "on")

    def is_empty(self) -> bool:
        """Whether nothing stands in it yet."""
        with _cursor(self) as cursor:
            return is_empty(cursor)


@contextmanager
def _cursor(server: Server) -> Iterator[Any]:
    """For one question; and a transaction, which ends with it."""
    with closing(server.connection()) as connection:
        connection.ensure_connection()
        with connection.connection.transaction(), psycopg.Cursor(connection.connection) as cursor:
            yield cursor


def is_empty(cursor: Any) -> bool:
    return not (Shape.of(cursor, "public").tables or shape.others(cursor, "public"))


@dataclass
class Sum:
    """How many rows, and a digest of them that does not depend on their order."""

    count: int = 0
    total: int = 0

    def add(self, lines: bytes) -> None:
        for line in lines.split(b"\n")[:-1]:
            self.count += 1
            self.total += int.from_bytes(hashlib.sha256(line).digest(), "big")

    @property
    def said(self) -> tuple[int, str]:
        return self.count, f"{self.total % copying.SIZE:064x}"


@dataclass
class Taken:
    """The database as it was when this began, whatever is written meanwhile."""

    cursor: Any
    shape: Shape
    schema: str
    heads: Heads
    kind: str = KIND
    tables: dict[str, tuple[int, str]] = field(default_factory=dict)

    def parts(self) -> Iterator[archive.Part]:
        yield archive.part_of(SHAPE, self.shape.model_dump_json().encode())
        for table, columns in self.shape.tables.items():
            total = Sum()
            for number, rows in enumerate(rows_of(self.cursor, table, columns)):
                total.add(rows)
                yield archive.part_of(f"{FOLDER}/{table}/{number:06}", rows)
            self.tables[table] = total.said


@contextmanager
def taken(server: Server) -> Iterator[Taken]:
    """Everything that stands in it in one moment, while others read and write."""
    with _naming_damage(), _cursor(server) as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(f"{shape.PLAINLY}; SET LOCAL search_path = public")
        _see_everything(cursor)
        found = Shape.of(cursor, "public").with_counters(cursor, "public")
        if strange := shape.others(cursor, "public"):
            raise ImproperlyConfigured(f"{', '.join(strange)}: not a table that can be backed up.")
        yield Taken(cursor, found, copying.schema(cursor), dict(copying.heads(cursor)))


@contextmanager
def _naming_damage() -> Iterator[None]:
    """PostgreSQL reads every page of every table for a backup, and says when one is broken."""
    try:
        yield
    except DAMAGE:
        raise Damaged("page", "PostgreSQL cannot read a part of a table.") from None


def _see_everything(cursor: Any) -> None:
    """Read past the second fence, or not at all: half of the rows would be worse than no backup."""
    if cursor.execute(SEES_ALL).fetchone()[0]:
        return
    try:
        cursor.execute(f"SET LOCAL ROLE {BACKUP}")
    except psycopg.Error:
        raise ImproperlyConfigured(MAY_NOT) from None
    if cursor.execute(CLOSED_TO_US).fetchone():
        raise ImproperlyConfigured(MAY_NOT)


def rows_of(cursor: Any, table: str, columns: Mapping[str, Any]) -> Iterator[bytes]:
    """The rows of a table as text, a line each, some at a time."""
    rows = bytearray()
    with cursor.copy(f"COPY {_named(table, columns)} TO STDOUT") as copy:
        for row in copy:
            rows += row
            if len(rows) >= AT_ONCE and rows.endswith(b"\n"):
                yield bytes(rows)
                rows.clear()
    if rows:
        yield bytes(rows)


def put_rows(cursor: Any, table: str, columns: Mapping[str, Any], pieces: Iterator[bytes]) -> None:
    """Put rows into a table as they came out of one."""
    with cursor.copy(f"COPY {_named(table, columns)} FROM STDIN") as copy:
        for piece in pieces:
            copy.write(piece)


def summed(cursor: Any, table: str, columns: Mapping[str, Any]) -> tuple[int, str]:
    """How many rows a table has now, and their digest."""
    total = Sum()
    for rows in rows_of(cursor, table, columns):
        total.add(rows)
    return total.said


def _named(table: str, columns: Mapping[str, Any]) -> str:
    return f"{quoted(table)} ({', '.join(map(quoted, columns))})"


def is_rows(name: str) -> bool:
    """Whether a file of a backup holds records of a PostgreSQL database."""
    return Path(name).parts[:1] == (FOLDER,)
