"""Who is told next when something of ours was not done in time. The worker climbs these."""

from safeguarding.audit.trail import System
from safeguarding.notifications.ladders import ladder
from safeguarding.notifications.models import Clock
from safeguarding.people.models import BreakGlass, Member

from .actions import (
    escalate_case_clock,
    escalate_glass,
    escalate_handover,
    escalate_undecided,
    escalate_unread,
)
from .models import Case, Concern, CustodyItem


@ladder("concern")
def unread(clock: Clock) -> list[Member] | None:
    """A report nobody opened: the next person who may know of it is told. Nobody decided: a reminder."""
    concern = Concern.objects.select_related("setting").get(pk=clock.subject_id)
    by = System("escalation", clock.setting_id)
    if clock.key == "decide":
        return escalate_undecided(by=by, concern=concern, clock=clock)
    return escalate_unread(by=by, concern=concern)


def _the_case(clock: Clock) -> None:
    """Whoever works on a case stops its clocks after the line of a step."""
    Case.objects.select_for_update(no_key=True).get(pk=clock.subject_id)


@ladder("case", first=_the_case)
def overdue(clock: Clock) -> list[Member] | None:
    """A step, reply or action of a case that is late: its owner, then the others who lead the case."""
    case = Case.objects.select_related("setting").get(pk=clock.subject_id)
    return escalate_case_clock(by=System("escalation", clock.setting_id), case=case, clock=clock)


@ladder("custody")
def unconfirmed(clock: Clock) -> list[Member] | None:
    """A hand-over of a device that waits for its second person."""
    item = CustodyItem.objects.select_related("setting").get(pk=clock.subject_id)
    return escalate_handover(by=System("escalation", clock.setting_id), item=item, clock=clock)


@ladder("glass")
def unreviewed(clock: Clock) -> list[Member] | None:
    """Broken glass that nobody has reviewed in time: whoever owes it, then the others who may."""
    broken = BreakGlass.objects.select_related("member", "setting").get(pk=clock.subject_id)
    return escalate_glass(by=System("escalation", clock.setting_id), broken=broken, clock=clock)
