"""What happens when a clock is missed: each app says who is told next about its own things."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from safeguarding.people.models import Member

from .models import LONGEST_RUNG, Clock

# Who is told at this rung of the ladder; None when there is nobody further to tell.
Ladder = Callable[[Clock], list[Member] | None]

LADDERS: dict[str, Ladder] = {}
EVERY = timedelta(
    minutes=30
)  # between one person being told and the next, unless a ladder says longer
LONGER: dict[str, timedelta] = {}
# What whoever stops a clock of this kind holds before it, and so whoever climbs it, too.
Hold = Callable[[Clock], object]
FIRST: dict[str, Hold] = {}


def ladder(
    subject_kind: str, *, every: timedelta = EVERY, first: Hold | None = None
) -> Callable[[Ladder], Ladder]:
    """Register who hears of a missed clock about this kind of thing, and how long each of them has.

    `first` holds what others hold before they stop such a clock, where they have written a line by then.
    """
    assert every <= LONGEST_RUNG, "one further ahead is taken for a clock that was put back"  # noqa: S101

    def register(function: Ladder) -> Ladder:
        LADDERS[subject_kind] = function
        LONGER[subject_kind] = every
        if first is not None:
            FIRST[subject_kind] = first
        return function

    return register


@transaction.atomic
def climb(clock_id: UUID) -> None:
    """Tell the next person, once, and set when the one after is told. Done if it was stopped meanwhile."""
    now = timezone.now()
    missed = Clock.objects.to_escalate(now).filter(pk=clock_id)
    for one in missed.filter(subject_kind__in=sorted(FIRST)):
        FIRST[one.subject_kind](one)
    clock = missed.select_for_update(no_key=True).first()
    if clock is None:
        return
    told = LADDERS[clock.subject_kind](clock)
    following = now + LONGER.get(clock.subject_kind, EVERY)
    Clock.objects.filter(pk=clock.pk).update(
        rung=clock.rung + 1, escalate_at=None if told is None else following
    )
