"""The database file: encrypted, durable, and clear about what is wrong with it."""

import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, connections, transaction
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker
from sqlcipher3 import dbapi2 as sqlcipher

from foundation import refusing
from foundation.sqlcipher import base

pytestmark = pytest.mark.once
KEY = secrets.token_hex(32)
MARKER = "a sentence nobody may find in the file"


def open_database(path: Path, key: str = KEY) -> base.DatabaseWrapper:
    """A connection of its own, set up as config.settings sets up the product's."""
    options = {"key": key, "timeout": 20, "transaction_mode": "IMMEDIATE"}
    database = {"ENGINE": "foundation.sqlcipher", "NAME": path, "OPTIONS": options}
    handler = ConnectionHandler({"default": database})
    connection = handler["default"]
    assert isinstance(connection, base.DatabaseWrapper)
    return connection


@pytest.fixture(autouse=True)
def _connections_allowed(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These tests open files of their own, not the test database."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "hedgerow.db"


@pytest.fixture
def database(file: Path) -> Iterator[base.DatabaseWrapper]:
    connection = open_database(file)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (id integer PRIMARY KEY, words text)")
        cursor.execute("INSERT INTO note (words) VALUES (%s)", [MARKER])
    yield connection
    connection.close()


def ask(connection: base.DatabaseWrapper, query: str) -> Any:
    with connection.cursor() as cursor:
        return cursor.execute(query).fetchone()[0]


def test_nothing_in_the_files_can_be_read(database: base.DatabaseWrapper, file: Path) -> None:
    log = file.with_name("hedgerow.db-wal")
    assert log.stat().st_size > 0

    before = log.read_bytes()
    database.close()

    assert MARKER.encode() not in before + file.read_bytes()
    assert b"SQLite format" not in file.read_bytes()
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(file).execute("SELECT * FROM note")


def test_what_was_written_is_there_when_opened_again(
    database: base.DatabaseWrapper, file: Path
) -> None:
    database.close()
    again = open_database(file)

    assert ask(again, "SELECT words FROM note") == MARKER
    again.close()


def test_a_wrong_key_says_what_to_do_and_changes_nothing(
    database: base.DatabaseWrapper, file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    database.close()
    before = file.read_bytes()

    with pytest.raises(ImproperlyConfigured, match="Put back the key file that belongs") as error:
        ask(open_database(file, key="0" * 64), "SELECT 1")

    assert "Nothing was changed" in str(error.value)
    assert "file is not a database" not in str(error.value)
    assert file.read_bytes() == before
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("key", ["", "abc", "g" * 64, "a" * 63, "'; DROP TABLE note; --"])
def test_a_key_that_is_not_64_digits_is_refused(file: Path, key: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="64 hexadecimal digits"):
        ask(open_database(file, key=key), "SELECT 1")
    assert not file.exists()


@pytest.mark.parametrize(
    ("pragma", "answer"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("temp_store", 2),
        ("cache_size", -65536),
        ("busy_timeout", 20_000),
        ("cipher_log_level", "NONE"),
    ],
)
def test_every_connection_is_durable(
    database: base.DatabaseWrapper, file: Path, pragma: str, answer: str | int
) -> None:
    second = open_database(file)

    assert ask(database, f"PRAGMA {pragma}") == answer
    assert ask(second, f"PRAGMA {pragma}") == answer
    second.close()


def test_a_connection_that_is_not_durable_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PRAGMAS", (*base.PRAGMAS, "synchronous = NORMAL"))

    with pytest.raises(ImproperlyConfigured, match="synchronous is 1, not 2"):
        ask(open_database(file), "SELECT 1")


def test_an_old_sqlite_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 51, 2))

    with pytest.raises(ImproperlyConfigured, match=r"is 3\.51\.2; Hedgerow needs 3\.51\.3"):
        ask(open_database(file), "SELECT 1")
    assert not file.exists()


def begin(connection: Any) -> None:
    """As transaction.atomic does."""
    connection._start_transaction_under_autocommit()


def test_a_folder_of_a_cloud_service_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()

    with pytest.raises(ImproperlyConfigured, match="kept by Dropbox"):
        ask(open_database(folder / "hedgerow.db"), "SELECT 1")
    assert list(folder.iterdir()) == []


def test_a_transaction_takes_the_write_lock_when_it_begins(
    database: base.DatabaseWrapper, file: Path
) -> None:
    other = open_database(file)
    ask(other, "SELECT 1")
    with other.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    begin(database)
    with pytest.raises(OperationalError, match="locked"):
        begin(other)
    with database.cursor() as cursor:
        cursor.execute("ROLLBACK")
    other.close()


def test_a_full_disk_is_an_error_django_knows(database: base.DatabaseWrapper) -> None:
    with database.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OperationalError, match="full"):
            cursor.execute("INSERT INTO note (words) VALUES (%s)", ["x" * 100_000])


def test_a_new_file_is_its_owners_alone(database: base.DatabaseWrapper, file: Path) -> None:
    for path in (file, file.with_name("hedgerow.db-wal")):
        assert path.stat().st_mode & 0o077 == 0


def test_rows_can_be_given_as_lists_or_by_name(database: base.DatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.executemany("INSERT INTO note (words) VALUES (%s)", (["a"], ["b"]))
        cursor.executemany("INSERT INTO note (words) VALUES (%(w)s)", [{"w": w} for w in "cd"])
        cursor.executemany("INSERT INTO note (words) VALUES (%s)", [])
        cursor.execute("SELECT count(*), '%%' FROM note WHERE words < %(w)s", {"w": "e"})
        assert cursor.fetchone() == (5, "%")


@pytest.mark.django_db
def test_a_failed_statement_can_be_undone_alone() -> None:
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE once (id integer UNIQUE)")
        with transaction.atomic(), pytest.raises(Exception, match=r"UNIQUE|unique"):
            cursor.execute("INSERT INTO once VALUES (1)")
            with transaction.atomic():
                cursor.execute("INSERT INTO once VALUES (1)")
        cursor.execute("SELECT count(*) FROM once")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("page", [1, 3])
def test_a_page_damaged_while_running_is_known_for_what_it_is(tmp_path: Path, page: int) -> None:
    """So that a report falls into the drop, as it does when this is found at a start (rule R1)."""
    file = tmp_path / "hedgerow.db"
    running = open_database(file)
    with running.cursor() as cursor:
        cursor.execute("CREATE TABLE note (words text)")
        cursor.executemany("INSERT INTO note VALUES (%s)", [("w" * 3000,)] * 20)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    running.close()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 + 2000] ^= 1
    file.write_bytes(content)

    with pytest.raises((DatabaseError, ImproperlyConfigured)) as caught:
        running.cursor().execute("SELECT sum(length(words)) FROM note").fetchone()
    assert refusing.is_refusal(caught.value)
    assert refusing.is_damaged(caught.value)
    running.close()


def written(*words: str) -> list[str]:
    """Write these; everything that stands by now."""
    with connections["default"].cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS written (words text)")
        for one in words:
            cursor.execute("INSERT INTO written VALUES (%s)", [one])
        return [one for (one,) in cursor.execute("SELECT words FROM written").fetchall()]


def savepoint() -> str:
    made = connections["default"].savepoint()
    assert made
    return made


@pytest.mark.django_db
def test_what_is_taken_back_is_what_came_after_that_savepoint() -> None:
    """Whichever lie inside it, and also where one was taken back or let go before."""
    outer = savepoint()
    written("outer")
    gone = savepoint()
    written("gone")
    transaction.savepoint_rollback(gone)
    let_go = savepoint()
    written("let go")
    transaction.savepoint_commit(let_go)
    assert written() == ["outer", "let go"]

    inner = savepoint()
    written("inner")
    savepoint()
    written("innermost")
    transaction.savepoint_rollback(inner)
    assert written() == ["outer", "let go"]

    transaction.savepoint_rollback(outer)
    assert written() == []


@pytest.mark.django_db
def test_savepoints_are_asked_for_in_the_same_words_again() -> None:
    """Or each would take a place among the statements kept ready, and the others be read anew."""
    said: list[str] = []

    def listen(execute: Any, sql: str, *more: Any) -> Any:
        said.append(sql)
        return execute(sql, *more)

    with connections["default"].execute_wrapper(listen):
        for _ in range(3):
            with transaction.atomic(), transaction.atomic():
                transaction.savepoint_rollback(savepoint())

    assert len(said) == 18
    assert len(set(said)) == 6


def test_where_sqlite_took_everything_back_by_itself_the_next_savepoint_is_the_first(
    database: base.DatabaseWrapper,
) -> None:
    """As it does where the disk is full: then what lay inside one another is there no more."""
    database._start_transaction_under_autocommit()
    database._savepoint("one")
    database.connection.execute("ROLLBACK")
    with pytest.raises(OperationalError):
        database._savepoint_rollback("one")

    database._start_transaction_under_autocommit()
    database._savepoint("two")
    assert database._points == ["two"]
