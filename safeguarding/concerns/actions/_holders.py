"""Devices in custody whose holder left, or may not know of the case any longer. Only actions use it.

Whoever leads the case hears of it, and owes that somebody takes the device over. The holder hears nothing.
"""

from django.utils import timezone

from safeguarding.audit.trail import Actor, record
from safeguarding.concerns.deadlines import due_by_rule, is_known_as_left, those_who_lead
from safeguarding.concerns.models import Case, CaseItem, CustodyItem, held_by
from safeguarding.concerns.permissions import is_left_behind
from safeguarding.notifications.clocks import start_clock
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member

from ._custody import stop_holders_clock


def see_to_devices(case: Case, by: Actor) -> bool:
    """Let a clock run for each device of a case that was left behind, and stop it where that is over.

    Whether somebody was told. Nobody is where nobody leads the case.
    """
    leading, told = those_who_lead(case), False
    for item in CustodyItem.objects.of(case).in_custody():
        if not is_left_behind(item):
            stop_holders_clock(item)
        elif leading and not is_known_as_left(item):
            _tell(case, item, leading, by)
            told = True
    return told


def cases_with_a_device_of(member: Member) -> list[Case]:
    """Cases, also closed ones, of the devices that a member has now."""
    items = CustodyItem.objects.in_custody().filter(held_by(member))
    theirs = CaseItem.objects.filter(item__in=items).values("case")
    return list(Case.objects.filter(pk__in=theirs).select_related("setting"))


def _tell(case: Case, item: CustodyItem, leading: list[Member], by: Actor) -> None:
    now = timezone.now()
    start_clock(
        owner=leading[0],
        subject=("case", case.pk),
        key=f"holder/{item.pk}",
        text="See that somebody who is here takes over a device",
        path=item.path,
        started_at=now,
        due=due_by_rule("custody.holder", now, case.setting),
    )
    # Told of this time: it may be left behind again, by the next who has it.
    clock = Clock.objects.running().get(setting=case.setting_id, key=f"holder/{item.pk}")
    notify(
        "device_left", leading, subject_id=clock.pk, path=item.path, urgent=True, about_id=item.pk
    )
    record("custody.left_behind", item, by=by)
