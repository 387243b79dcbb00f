"""What is owed about training once somebody has left: nothing about them, and the plan by whoever is here."""

from django.utils import timezone

from safeguarding.audit.trail import hold
from safeguarding.notifications.models import Clock
from safeguarding.notifications.owing import owed_by
from safeguarding.people.models import Member
from safeguarding.people.settling import settles

from .actions.awareness import CLOCK
from .owed import leading, settle
from .permissions import may_record


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them. All else about training is settled each night."""
    if not member.roles:
        hold(member.setting_id)  # first, as wherever else this is settled: after the line
        settle(member.setting)


@owed_by(CLOCK)
def how_it_went(clock: Clock) -> Member | None:
    """Whoever planned it, as long as they write down training; else the first who leads here."""
    if may_record(clock.owner):
        return clock.owner
    return next(iter(leading(clock.setting, timezone.localdate())), clock.owner)
