"""What only the owner of the tables can do: tests do it, to tamper and to clean up.

A test that commits (`transactional_db`) ends by emptying every table, which the triggers refuse, as
they should. `emptying` takes them away for that moment, by right of the owner of the tables and
not by a switch that production would have too. The root conftest.py imports it for every test.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from safeguarding.audit import triggers


@contextmanager
def triggers_removed() -> Iterator[None]:
    """Without the triggers for a while."""
    settle()
    triggers.remove(connection)
    try:
        yield
    finally:
        settle()
        triggers.install(connection)


def settle() -> None:
    """PostgreSQL changes no table that still has a reference to check at the end."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        connection.check_constraints()


@pytest.fixture(scope="session", autouse=True)
def emptying() -> Iterator[None]:
    """Let a test that commits empty the trail when it is over."""
    empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def empty_without_triggers(self: TransactionTestCase) -> None:
        with triggers_removed():
            empty_tables(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_without_triggers)
        yield
