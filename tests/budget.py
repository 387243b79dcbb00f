"""Counting what a page asks of the database: the budget is 12 queries, however much there is."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return [one["sql"] for one in asked if not one["sql"].startswith(NOT_COUNTED)]
