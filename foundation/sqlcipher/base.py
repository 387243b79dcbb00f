"""The connection: opened with the key, made durable, and checked before anyone uses it."""

import datetime
import decimal
import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import (  # type: ignore[import-untyped]
    register as register_functions,
)
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812  Django's name for it

from foundation.refusing import DoesNotOpen
from foundation.sqlcipher import place
from foundation.sqlcipher.features import DatabaseFeatures

OLDEST_SQLITE = (3, 51, 3)  # older ones can lose a committed write when a WAL file is reset
FULL = 2  # what PRAGMA synchronous answers for FULL
# Statements kept ready, at some 10 KiB each: to read a long one anew takes longer than to answer it.
STATEMENTS, STATEMENTS_IN_MEMORY = 500, 5000
CACHE_KIB = 64 * 1024  # decrypted pages kept: scans cost two to three times as much without

# Memory mapping is not mentioned: SQLCipher has none, since a mapped page would be encrypted.
PRAGMAS = (
    "foreign_keys = ON",
    "legacy_alter_table = OFF",
    "temp_store = MEMORY",  # a sort that spilled to a file would spill readable text
    f"cache_size = -{CACHE_KIB}",
    "synchronous = FULL",  # with NORMAL, a power cut can lose a report we said we had
    "fullfsync = ON",  # for macOS, where an ordinary fsync does not reach the disk
    "checkpoint_fullfsync = ON",
)

WRONG_KEY = (
    "The key file does not open the database {name}. Nothing was changed. "
    "Put back the key file that belongs to this database (the copy you keep elsewhere) and start "
    "again. If the key file is the right one, the database file is damaged: restore a backup."
)
NOT_SAFE = (
    "The database {name} cannot be kept safely here: {what} is {found}, not {wanted}. "
    "Nothing was changed. Keep the data folder on a disk of this computer."
)

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", sqlite.decoder(parse_date))
Database.register_converter("time", sqlite.decoder(parse_time))
Database.register_converter("datetime", sqlite.decoder(parse_datetime))
Database.register_converter("timestamp", sqlite.decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, sqlite.adapt_date)
Database.register_adapter(datetime.datetime, sqlite.adapt_datetime)


@lru_cache(maxsize=1000)  # the same statements come all day, some of them of 5,000 characters
def with_question_marks(query: str) -> str:
    """As Django puts them for %s, but once for each statement."""
    return sqlite.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(Database.Cursor):  # type: ignore[misc]  # sqlcipher3 has no types
    """Takes Django's %s where SQLite wants a question mark."""

    convert_query = sqlite.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> "Cursor":
        if params is None:
            return super().execute(query)  # type: ignore[no-any-return]
        if isinstance(params, Mapping):
            query = self.convert_query(query, param_names=list(params))
        else:
            query = with_question_marks(query)
        return super().execute(query, params)  # type: ignore[no-any-return]

    def executemany(self, query: str, param_list: Iterable[Any]) -> "Cursor":
        rows = iter(param_list)
        first = next(rows, None)
        names = list(first) if isinstance(first, Mapping) else None
        rows = rows if first is None else chain([first], rows)
        return super().executemany(  # type: ignore[no-any-return]
            self.convert_query(query, param_names=names), rows
        )


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """OPTIONS['key'] is the 64 hexadecimal digits of the database's own key."""

    Database = Database
    display_name = "SQLCipher"
    features_class = DatabaseFeatures
    init_commands: list[str]  # from OPTIONS["init_command"], set by Django

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self._key = str(params.pop("key", ""))
        if not re.fullmatch(r"[0-9a-f]{64}", self._key):
            raise ImproperlyConfigured("The database key is not 64 hexadecimal digits.")
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        refuse_old_sqlite(Database.sqlite_version_info)
        self._points: list[str] = []
        if self.is_in_memory_db():
            connection = Database.connect(**conn_params, cached_statements=STATEMENTS_IN_MEMORY)
            prepare(connection)
        else:
            connection = self._open_file(conn_params)
        register_functions(connection)
        for command in filter(None, map(str.strip, self.init_commands)):
            connection.execute(command)
        return connection

    def _open_file(self, conn_params: dict[str, Any]) -> Any:
        path = Path(conn_params["database"]).resolve()
        place.refuse_unsafe(path.parent)
        make_private(path)
        where = conn_params | {"database": path.as_uri(), "cached_statements": STATEMENTS}
        connection = Database.connect(**where)
        try:
            unlock(connection, self._key, name=path)
            prepare(connection)
            make_durable(connection, name=path)
        except BaseException:
            connection.close()
            raise
        return connection

    # Django names each savepoint anew. A statement that never comes again takes the place of one that does,
    # and soon none would be kept ready: so they are named by how deep they lie, and come again.
    def _start_transaction_under_autocommit(self) -> None:
        super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        self._points = []  # SQLite takes all of them back by itself where the disk is full

    def _savepoint(self, sid: str) -> None:
        super()._savepoint(f"s{len(self._points)}")  # type: ignore[misc]  # not in the stubs
        self._points.append(sid)

    def _savepoint_rollback(self, sid: str) -> None:
        deep = self._points.index(sid)
        super()._savepoint_rollback(f"s{deep}")  # type: ignore[misc]
        del self._points[deep + 1 :]

    def _savepoint_commit(self, sid: str) -> None:
        deep = self._points.index(sid)
        super()._savepoint_commit(f"s{deep}")  # type: ignore[misc]
        del self._points[deep:]

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002  Django's signature
        return self.connection.cursor(factory=Cursor)


def refuse_old_sqlite(version: tuple[int, ...]) -> None:
    """Stop rather than run on a SQLite that can lose a write it has acknowledged."""
    if version < OLDEST_SQLITE:
        found, wanted = (".".join(map(str, numbers)) for numbers in (version, OLDEST_SQLITE))
        raise ImproperlyConfigured(
            f"The SQLite inside sqlcipher3 is {found}; Hedgerow needs {wanted} or later, because "
            "older ones can lose a saved record. Nothing was changed. Install the pinned packages."
        )


def make_private(path: Path) -> None:
    """Make a new file that only its owner can read; SQLite gives its -wal the same mode."""
    if path.parent.is_dir() and not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def unlock(connection: Any, key: str, *, name: Path) -> None:
    """Give the key and read the first page with it: SQLCipher says nothing until then."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # or a wrong key prints to stderr
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Database.DatabaseError as error:
        if "file is not a database" not in str(error):
            raise
        raise DoesNotOpen(WRONG_KEY.format(name=name)) from None


def prepare(connection: Any) -> None:
    """Set what every connection needs, in memory or not."""
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def make_durable(connection: Any, *, name: Path) -> None:
    """Turn the write-ahead log on, and check that it and FULL are really in force."""
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    for pragma, wanted in (("journal_mode", "wal"), ("synchronous", FULL), ("foreign_keys", 1)):
        found = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
        if found != wanted:
            raise ImproperlyConfigured(
                NOT_SAFE.format(name=name, what=pragma, found=found, wanted=wanted)
            )
