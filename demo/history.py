"""A month at the two nurseries, lived through real actions, each at its time."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from heapq import heapify, heappop, heappush
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation import fence
from foundation.jobs.worker import run_ready
from safeguarding.notifications.models import Clock
from safeguarding.notifications.tasks import escalate_missed

from .calendar import DAYS_OF_HISTORY, Days, at
from .cast import Nursery, open_nursery
from .people import give_keys, let_them_in
from .stories import at_bluebells, at_sunflowers
from .stories.agreed import add_contractor
from .walker import Story

Done = TypeVar("Done")


@transaction.atomic
def live() -> tuple[Nursery, Nursery]:
    """Open the two nurseries a month ago, let their people in, and live that month."""
    with at(Days(timezone.now()).back(DAYS_OF_HISTORY, "08:00")):
        nurseries = open_nursery("Sunflowers"), open_nursery("Bluebells")
        with fence.inside(nurseries[0].setting.pk):
            add_contractor(nurseries[0])
    for nursery in nurseries:
        with fence.inside(nursery.setting.pk):
            let_them_in(nursery)
    a_month(*nurseries)
    for nursery in nurseries:
        give_keys(nursery)
    return nurseries


def a_month(sunflowers: Nursery, bluebells: Nursery) -> None:
    """Live the month before now in both nurseries, which must have been open for that long."""
    days = Days(timezone.now())
    stories = [
        _inside(here.setting.pk, story)
        for here, tell in ((sunflowers, at_sunflowers), (bluebells, at_bluebells))
        for story in tell(here, days)
    ]
    play(stories, until=days.now)


def _inside(setting_id: UUID, story: Story) -> Story:
    """The story, each part of it told inside its own setting."""
    while True:
        with fence.inside(setting_id):
            moment = next(story, None)
        if moment is None:
            return
        yield moment


def play(stories: Iterable[Story], *, until: datetime) -> None:
    """Tell all stories at once, in the order of time, with what clocks and mail do in between."""
    told = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(told)
    time = Time(told[0][0])
    while told:
        moment, number, story = heappop(told)
        time.escalate_until(moment)
        following = time.live(moment, partial(next, story, None))
        if following is None:
            continue
        if not moment <= following <= until:
            raise ValueError(f"After {moment} a story goes on at {following}.")
        heappush(told, (following, number, story))
    time.escalate_until(until)


class Time:
    """The time of the demo, which never goes back, and the worker that runs in it."""

    def __init__(self, reached: datetime) -> None:
        self.reached = reached

    def live(self, moment: datetime, act: Callable[[], Done]) -> Done:
        """Do something at a moment, or as soon after as what was done before is over."""
        with at(max(moment, self.reached)):
            done = act()
            run_ready()
            self.reached = timezone.now()
        return done

    def escalate_until(self, moment: datetime) -> None:
        """Let every clock that runs out before a moment be escalated when it does."""
        while missed := _next_missed(moment):
            self.live(missed, escalate_missed.call)


def _next_missed(until: datetime) -> datetime | None:
    missed = Clock.objects.to_escalate(until).order_by("escalate_at")
    with fence.across("what is due"):
        return missed.values_list("escalate_at", flat=True).first()
