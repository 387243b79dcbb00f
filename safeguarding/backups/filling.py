"""Putting the records of a backup into PostgreSQL: for a check nobody sees, or into an empty database.

Both are one transaction, and the same code. The check happens in a schema that is never committed, beside
the records that people work with; it cannot touch those, and nothing is left of it.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from foundation import newer, sealed
from foundation.postgres import shape
from foundation.postgres.shape import Shape

from . import archive, checking, copying, kept, tables
from .checking import NotGood
from .manifest import Manifest
from .tables import Server

CHECKED, LIVING = "hedgerow_being_checked", "public"
LINK_AT = "SELECT link FROM audit_entry WHERE setting_id = %s AND seq = %s"


@contextmanager
def tried_out(server: Server, place: Path, secret: str, manifest: Manifest) -> Iterator[None]:
    """A backup put into a place of its own and compared, for as long as this lasts."""
    with _standing_on(server) as cursor:
        try:
            cursor.execute(f"CREATE SCHEMA {CHECKED}")
        except psycopg.errors.InsufficientPrivilege:
            raise ImproperlyConfigured(tables.MAY_NOT) from None
        _fill(cursor, CHECKED, place, secret, manifest)
        yield
        transaction.set_rollback(True)


def fill(
    server: Server,
    place: Path,
    secret: str,
    manifest: Manifest,
    anchor: Path | None,
    *,
    although_not_whole: bool = False,
) -> None:
    """Put a backup into an empty database. It is all there and compared, or none of it is there."""
    with _standing_on(server) as cursor:
        cursor.execute("SET LOCAL search_path = public")
        if not tables.is_empty(cursor):
            raise NotGood("living", LIVES)
        _fill(cursor, LIVING, place, secret, manifest)
        refuse_newer(cursor)
        if anchor:
            _refuse_older_than(anchor, cursor)
        if not (checking.is_whole(manifest.heads) or although_not_whole):
            raise NotGood("not whole", checking.broken_trail(manifest))


@contextmanager
def _standing_on(server: Server) -> Iterator[Any]:
    """One transaction in which the models of this thread read what is put in."""
    with (
        closing(server.connection()) as connection,
        checking.lent(connection),
        transaction.atomic(),
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.execute(shape.PLAINLY)
        yield cursor


def _fill(cursor: Any, schema: str, place: Path, secret: str, manifest: Manifest) -> None:
    cursor.execute(f"SET LOCAL search_path = {schema}")
    try:
        wanted = _bring_in(cursor, place, secret)
        found = Shape.of(cursor, schema).with_counters(cursor, schema)
    except sealed.WrongKey:
        raise NotGood("secret", checking.WRONG_SECRET) from None
    except (sealed.CannotOpen, ValueError, KeyError):
        raise NotGood("damaged", checking.DAMAGED) from None
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError):
        raise NotGood("rows", checking.OTHER_ROWS) from None
    sums = {name: tables.summed(cursor, name, columns) for name, columns in found.tables.items()}
    if sums != manifest.tables or not found.is_like(wanted):
        raise NotGood("rows", checking.OTHER_ROWS)
    checking.compare_heads(cursor, manifest)


def _bring_in(cursor: Any, place: Path, secret: str) -> Shape:
    """Make the tables, put the rows into them, and then the rules they have to obey."""
    wanted: Shape | None = None
    with archive.reading(place, secret) as tar:
        for member in filter(lambda one: tables.is_rows(one.name), tar):
            source = archive.content_of(tar, member)
            if member.name == tables.SHAPE:
                wanted = Shape.model_validate_json(source.read())
                wanted.make_tables(cursor)
            elif wanted:
                table = member.name.split("/")[1]
                pieces = iter(lambda f=source: f.read(archive.PIECE), b"")  # type: ignore[misc]
                tables.put_rows(cursor, table, wanted.tables[table], pieces)
    if wanted is None:
        raise sealed.CannotOpen("It has no tables.")
    wanted.make_rules(cursor)
    return wanted


def refuse_newer(connection: Any) -> None:
    """What a newer program wrote is not given to this one, which would be started on it."""
    if newer.of_a_newer_program(connection.execute(copying.SCHEMA)):
        raise NotGood("newer", checking.NEWER)


def _refuse_older_than(anchor: Path, cursor: Any) -> None:
    held = kept.read(anchor)
    if isinstance(held, str):
        kept.refuse_unless_held(held, anchor)
        return
    for setting, (seq, link) in held.items():
        row = cursor.execute(LINK_AT, [setting, seq]).fetchone()
        if row is None or row[0] != link:
            raise NotGood("older", checking.OLDER)


def fill_as_told() -> None:
    """In a process that has the key of the backup: fill the database of the settings, or say why not."""
    said = json.loads(sys.stdin.readline())
    anchor = Path(said["anchor"]) if said["anchor"] else None
    manifest = Manifest.read(said["manifest"].encode())
    server = Server(settings.DATABASES["default"])
    try:
        backup, although = Path(said["backup"]), said["although_not_whole"]
        fill(server, backup, said["secret"], manifest, anchor, although_not_whole=although)
    except NotGood as why:
        sys.stdout.write(json.dumps([why.kind, str(why)]))


LIVES = (
    "The database in DATABASE_URL holds something already. Nothing was restored over it. Name a new, empty "
    "one; do not delete the old one."
)
