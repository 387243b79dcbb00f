"""Databases of a test's own on the PostgreSQL of the tests, owned by somebody who is no superuser."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from foundation import fence
from foundation.postgres import policies, shape
from foundation.postgres.base import DatabaseWrapper
from foundation.postgres.shape import Shape
from safeguarding.backups import checking, recovery, tables
from safeguarding.backups.making import Source
from safeguarding.backups.tables import Server

from .files import Installation

ROLES = f"GRANT {fence.APP}, {fence.ACROSS}, {fence.BACKUP} TO {{}} WITH INHERIT FALSE"
PASSWORD = "of this test alone"  # noqa: S105


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def as_administrator() -> psycopg.Connection[Any]:
    """A connection of whoever runs the tests, outside their transaction."""
    said = Server(connection.settings_dict).connection().get_connection_params()
    return psycopg.connect(**{**said, "cursor_factory": psycopg.Cursor}, autocommit=True)


@contextmanager
def databases(*names: str) -> Iterator[list[Server]]:
    """New, empty ones."""
    said = connection.settings_dict
    owner = f"nursery_{secrets.token_hex(4)}"
    made = [f"{owner}_{name}" for name in names]
    with as_administrator() as admin:
        admin.execute(_named("CREATE ROLE {} LOGIN PASSWORD 'of this test alone'", owner))
        admin.execute(_named(ROLES, owner))
        for name in made:
            admin.execute(_named("CREATE DATABASE {} OWNER {}", name, owner))
        try:
            yield [
                Server({**said, "NAME": name, "USER": owner, "PASSWORD": PASSWORD}) for name in made
            ]
        finally:
            for name in made:
                admin.execute(_named("DROP DATABASE {} WITH (FORCE)", name))
            admin.execute(_named("DROP ROLE {}", owner))


def put_up_the_fence(server: Server) -> None:
    """What `prepare` does for a database: roles, rights, policies."""
    living = DatabaseWrapper(dict(server.settings), "default")
    try:
        with checking.lent(living):
            policies.install(living)
    finally:
        living.close()


def installation(server: Server, folder: Path) -> Installation:
    """What the tests have built so far, in a database and a folder of its own, with two sheets printed."""
    with tables._cursor(server) as cursor:
        _copy_the_tests(cursor)
    put_up_the_fence(server)
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "hedgerow.key").write_text(f"{settings.KEY.hex()}\n")
    sheets = [recovery.new_sheet(), recovery.new_sheet()]
    recovery.keep_public_keys(data, [sheet.public for sheet in sheets])
    source = Source(data, settings.KEY, folder / "backups", version="test", server=server)
    return Installation(source, sheets)


def _copy_the_tests(cursor: Any) -> None:
    connection.ensure_connection()
    with connection.connection.transaction(), psycopg.Cursor(connection.connection) as tests:
        found = Shape.of(tests, "public").with_counters(tests, "public")
        cursor.execute(shape.PLAINLY)
        found.make_tables(cursor)
        for table, columns in found.tables.items():
            tables.put_rows(cursor, table, columns, tables.rows_of(tests, table, columns))
        found.make_rules(cursor)
