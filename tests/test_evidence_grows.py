"""What the assurance board counts takes no more than four times as long with four times as many reports."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from foundation.evidence import sources
from tests.bench.rows import fill

pytestmark = [pytest.mark.once, pytest.mark.django_db]
FEW, MANY = 100, 400
GROWTH = 8  # four times as many rows; what looks at each beside each would be sixteen
BASE = 10_000  # steps that do not count: what is asked of a catalogue, however little there is


def steps_of(run: Callable[[], object]) -> int:
    """How many steps the database takes, which no other load on the machine changes."""
    taken = 0

    def another_hundred() -> int:
        nonlocal taken
        taken += 100
        return 0

    here: Any = connection.connection
    here.set_progress_handler(another_hundred, 100)
    try:
        run()
    finally:
        here.set_progress_handler(None, 0)
    return taken


def steps(concerns: int) -> dict[str, int]:
    """Of each function, with so many reports, each in a case."""
    with transaction.atomic():
        setting = fill(concerns).setting.pk
        found = {
            one.function.__name__: steps_of(lambda one=one: one.function([setting], timezone.now()))  # type: ignore[misc]
            for one in sources()
        }
        transaction.set_rollback(True)
    return found


def test_no_figure_looks_at_each_report_beside_each() -> None:
    few, many = steps(FEW), steps(MANY)
    worse = {
        name: (few[name], many[name]) for name in many if many[name] > GROWTH * few[name] + BASE
    }

    assert worse == {}
    assert max(many.values()) > BASE, "something was counted"
