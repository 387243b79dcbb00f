"""An installation in a folder: what the test database holds, in an encrypted file of its own."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from sqlcipher3 import dbapi2 as sqlcipher

from foundation import keys
from foundation.sqlcipher.base import unlock
from safeguarding.backups import making, recovery
from safeguarding.backups.making import Source
from safeguarding.backups.manifest import Label
from safeguarding.backups.recovery import Sheet


@dataclass
class Installation:
    """A data folder with a database, files and keys, as bin/run keeps one."""

    source: Source
    sheets: list[Sheet]

    @property
    def data(self) -> Path:
        return self.source.data

    @property
    def database(self) -> Path:
        return self.source.database

    @property
    def log(self) -> Path:
        return self.data / "hedgerow.db-wal"

    def backed_up(self, *, days_ago: float = 0) -> Label:
        return making.make(self.source, at(days_ago))

    def place_of(self, label: Label) -> Path:
        return self.source.to / f"{label.name}.age"

    def write(self, sql: str, *values: Any) -> None:
        """A change of its own, committed and left in the log."""
        with closing(self.connect()) as file:
            file.execute("PRAGMA wal_autocheckpoint = 0")
            file.execute(sql, values)
            file.commit()

    def connect(self) -> Any:
        file = sqlcipher.connect(str(self.database))
        unlock(file, self.source.database_key, name=self.database)
        return file


def at(days_ago: float = 0) -> datetime:
    return timezone.now() - timedelta(days=days_ago)


def installation(folder: Path) -> Installation:
    """What the tests have built so far, standing in a folder of its own, with two sheets printed."""
    data, key = folder / "data", settings.KEY
    data.mkdir(exist_ok=True)
    (data / "hedgerow.key").write_text(f"{key.hex()}\n")
    write_database(data / "hedgerow.db", key)
    sheets = [recovery.new_sheet(), recovery.new_sheet()]
    recovery.keep_public_keys(data, [sheet.public for sheet in sheets])
    return Installation(Source(data, key, folder / "backups", version="test"), sheets)


def write_database(place: Path, key: bytes) -> None:
    """The test database as it is in this moment, as a file under the key."""
    connection.ensure_connection()
    tests = connection.connection
    made = tests.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    ).fetchall()
    own = [row for row in made if not row[1].startswith("sqlite_")]
    with closing(sqlcipher.connect(str(place), detect_types=0)) as file:
        unlock(file, keys.derive(key, "database").hex(), name=place)
        file.execute("PRAGMA journal_mode = WAL").fetchone()
        for _, name, sql in [row for row in own if row[0] == "table"]:
            file.execute(sql)
            _copy_rows(tests, file, name)
        for _, _, sql in [row for row in own if row[0] != "table"]:
            file.execute(sql)
        file.commit()


def _copy_rows(tests: Any, file: Any, table: str) -> None:
    names = [row[1] for row in tests.execute(f'PRAGMA table_info("{table}")')]
    columns = ", ".join(f'+"{name}"' for name in names)  # a plus: no converter stands between
    rows = tests.execute(f'SELECT {columns} FROM "{table}"').fetchall()  # noqa: S608
    marks = ", ".join("?" * len(names))
    file.executemany(f'INSERT INTO "{table}" VALUES ({marks})', [tuple(row) for row in rows])  # noqa: S608
