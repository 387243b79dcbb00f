"""Whose a clock about a review is, once its owner has left or leads no more."""

from django.utils import timezone

from safeguarding.notifications.models import Clock
from safeguarding.notifications.owing import owed_by
from safeguarding.people.models import Absence, Member
from safeguarding.policies.permissions import may_read

from .actions._here import DUE, KIND, OUTCOME, PROMPT, leaders
from .models import ReviewRequest
from .permissions import WIDE


@owed_by(DUE)
def due(clock: Clock) -> Member | None:
    """A policy that comes due: whoever leads reviews."""
    return _among(leaders(clock.setting), clock)


@owed_by(KIND)
def of_a_review(clock: Clock) -> Member | None:
    """A task is whoever's it was, as long as they work here; to have one's say is nobody else's.

    To end it is for those who lead reviews.
    """
    if clock.key.startswith("voice/"):
        return clock.owner if clock.owner.roles & WIDE else None
    if may_read(clock.owner) and clock.key != OUTCOME:
        return clock.owner
    return _among(leaders(clock.setting), clock)


@owed_by(PROMPT)
def of_a_prompt(clock: Clock) -> Member | None:
    """To decide what comes of a prompt: whoever leads reviews and may know of its ground."""
    request = ReviewRequest.objects.filter(pk=clock.subject_id)
    knowing = [one for one in leaders(clock.setting) if request.readable_by(one).exists()]
    return _among(knowing, clock)


def _among(able: list[Member], clock: Clock) -> Member:
    """Its owner, if they can and are not away; else the first who can; where nobody can, it stays."""
    away = Absence.away_from(clock.setting, timezone.localdate())
    here = [one for one in able if one.pk not in away] or able
    return clock.owner if clock.owner in here or not here else here[0]
