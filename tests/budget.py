"""Counting what a page asks of the database: the budget is 12 queries, however much there is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

MOST = 12
# The last: once in 30 seconds a session notes that it was used, on whichever page that happens to be.
NOT_COUNTED = (
    *("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"),
    'UPDATE "django_session"',
)


def shape(statement: str) -> list[str]:
    """What a statement does and where it begins, to compare two visits to a page."""
    return re.sub(r"^DECLARE .*? FOR ", "", statement).split()[:2]


def queries_of(client: Client, path: str) -> list[str]:
    """The statements that showing a page took, without those that only open and end transactions."""
    with asked() as statements:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return statements


@contextmanager
def asked() -> Iterator[list[str]]:
    """The statements that count, as they are sent: with their values, each would cost SQLite one more."""
    counted: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(NOT_COUNTED):
            counted.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield counted
