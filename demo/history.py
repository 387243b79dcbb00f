"""A month at the two nurseries, lived through real actions, each at its time."""

from collections.abc import Iterable
from datetime import datetime
from heapq import heapify, heappop, heappush

from django.db import transaction
from django.utils import timezone

from foundation.jobs.worker import run_ready
from safeguarding.notifications.models import Clock
from safeguarding.notifications.tasks import escalate_missed

from .calendar import DAYS_OF_HISTORY, Days, at
from .cast import Nursery, open_nursery
from .people import let_them_in
from .stories import at_bluebells, at_sunflowers
from .walker import Story


@transaction.atomic
def live() -> tuple[Nursery, Nursery]:
    """Open the two nurseries a month ago, let their people in, and live that month."""
    with at(Days(timezone.now()).back(DAYS_OF_HISTORY, "08:00")):
        nurseries = open_nursery("Sunflowers"), open_nursery("Bluebells")
    for nursery in nurseries:
        let_them_in(nursery)
    a_month(*nurseries)
    return nurseries


def a_month(sunflowers: Nursery, bluebells: Nursery) -> None:
    """Live the month before now in both nurseries, which must have been open for that long."""
    days = Days(timezone.now())
    play([*at_sunflowers(sunflowers, days), *at_bluebells(bluebells, days)], until=days.now)


def play(stories: Iterable[Story], *, until: datetime) -> None:
    """Tell all stories at once, in the order of time, with what clocks and mail do in between."""
    told = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(told)
    while told:
        moment, number, story = heappop(told)
        _pass_time(moment)
        with at(moment):
            following = next(story, None)
            run_ready()
        if following is None:
            continue
        if not moment <= following <= until:
            raise ValueError(f"After {moment} a story goes on at {following}.")
        heappush(told, (following, number, story))
    _pass_time(until)


def _pass_time(until: datetime) -> None:
    """Let every clock that ran out meanwhile be escalated when it ran out, as the worker would."""
    while missed := _next_missed(until):
        with at(missed):
            escalate_missed.call()
            run_ready()


def _next_missed(until: datetime) -> datetime | None:
    missed = Clock.objects.to_escalate(until).order_by("escalate_at")
    return missed.values_list("escalate_at", flat=True).first()
