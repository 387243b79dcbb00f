"""Whether every reference leads somewhere: asked at the end of a test, of the tables it wrote.

Django asks SQLite to look through every table. With 160 of them that takes longer than many a test.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase

ROWS = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE) "?(\w+)"?')
MOVES = re.compile(r'UPDATE "?\w+"? SET (?:.*, )?"?id"? = ')  # what others refer to


class Written:
    """The tables that statements wrote since it was asked last."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.any_table = False  # or none can be named: what others refer to may be gone

    def listen(self, execute: Callable[..., Any], sql: object, *more: Any) -> Any:
        self.note(str(sql))
        return execute(sql, *more)

    def note(self, statement: str) -> None:
        if statement.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            return
        found = ROWS.match(statement)
        if found and not MOVES.match(statement):
            self.tables.add(found[1])
        elif not statement.startswith("PRAGMA"):
            self.any_table = True

    def check(self) -> None:
        """Refuse a reference that leads nowhere, as at the end of a transaction."""
        tables, everywhere = sorted(self.tables), self.any_table
        self.tables, self.any_table = set(), False
        if everywhere:
            connection.check_constraints()
        elif tables:
            connection.check_constraints(table_names=tables)


@contextmanager
def looked_at_where_written() -> Iterator[None]:
    """From now on a test's end asks of these alone."""
    written, may = Written(), TestCase._should_check_constraints  # type: ignore[attr-defined]

    def check(self: TestCase, here: Any) -> bool:
        if may(self, here):
            written.check()
        return False

    connection.execute_wrappers.append(written.listen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestCase, "_should_check_constraints", check)
        yield
    connection.execute_wrappers.remove(written.listen)
