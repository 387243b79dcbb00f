"""How long the assurance board takes: all duties of one setting, and of thousands."""

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo.cast import Nursery
from foundation.evidence import sources
from safeguarding.governance.board import TOGETHER, for_many, lines
from safeguarding.people.models import Setting
from safeguarding.policies.actions import adopt_duties
from safeguarding.policies.adopting import ready_made
from safeguarding.policies.duties import catalogue
from safeguarding.policies.models import DutyAdoption

from .filling import say

SETTINGS = 2000
RUNS = 15
OURS = 3  # the board's own statements


def figures(nursery: Nursery, settings: int = SETTINGS) -> dict[str, Any]:
    """Milliseconds of the board, its statements, and which of its budgets is broken."""
    say("The assurance board …")
    adopt_duties(by=nursery.dana, takes=ready_made(nursery.setting.pk))
    one, statements = _measured(lambda: lines(nursery.setting.pk, timezone.now()), RUNS)
    say(f"  the board of one setting: {one} ms; filling {settings:,} settings …")
    several = [*_filled(nursery, settings), nursery.setting.pk]
    rounds = -(-len(several) // TOGETHER)

    def all_of_them() -> int:
        return sum(len(found) for _, found in for_many(several, timezone.now()))

    together, asked = _measured(all_of_them, 1)
    each = round(together / len(several), 2)
    say(f"  the board of {len(several):,} settings: {each} ms each")
    most = OURS + sum(source.queries for source in sources())
    broken = {
        f"at most {most} statements for one setting": statements <= most,
        f"as many for {TOGETHER} settings": asked <= most * rounds,
        "no more for each of many than for one": each <= one,
    }
    return {
        "page": "the assurance board",
        "duties": len(catalogue()),
        "one_setting_ms": one,
        "statements": statements,
        "settings": len(several),
        "each_ms": each,
        "broken": [budget for budget, kept in broken.items() if not kept],
    }


def _measured(run: Callable[[], object], times: int) -> tuple[float, int]:
    """The median of so many runs in milliseconds of processor time, and the statements of the last."""
    took = []
    for _ in range(times):
        with CaptureQueriesContext(connection) as asked:
            began = time.process_time()
            run()
            took.append((time.process_time() - began) * 1000)
    return round(median(took), 2), len(asked)


@transaction.atomic
def _filled(nursery: Nursery, number: int) -> list[Any]:
    """So many settings, each with every duty taken on. Bulk rows, which leave no line in the trail."""
    rows = [
        Setting(name=f"Setting {one}", slug=f"bench-{one}", kind=Setting.Kind.NURSERY)
        for one in range(number)
    ]
    Setting.objects.bulk_create(rows)
    at = timezone.now() - timedelta(days=100)
    for setting in rows:
        DutyAdoption.objects.bulk_create(
            DutyAdoption(setting=setting, duty_id=duty, adopted_by=nursery.dana, created_at=at)
            for duty in catalogue()
        )
    return [one.pk for one in rows]
