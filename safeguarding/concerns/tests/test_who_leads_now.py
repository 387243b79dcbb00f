"""What comes in or falls due later reaches whoever leads now, not whoever led."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.concerns.tasks import hand_on_what_ran_out
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.before import Despite
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from tests.people import signed_in

from .given import GROOMING, IMAGE, a_case, a_report, again, filed, leave_alone, opened, told, url
from .test_when_nobody_answers import clock as clock
from .walker import Walker


def leading(n: Nursery, case: Case) -> list[Member]:
    return [m for m in n.setting.members.all() if case in Case.objects.led_by(again(m))]


def handed(n: Nursery, case: Case) -> None:
    offer = actions.hand_work_over(
        by=n.dana, to=n.devi, cases={case: ""}, reports=(), reason="leaving", stops_reading=True
    )
    actions.take_work(by=n.devi, handover=offer)


def left(n: Nursery, _case: object = None) -> None:
    people.end_role(by=n.dana, held=n.dana.roles_held.get(), reason="Moves away.")


@pytest.mark.parametrize("how", [left, handed])
def test_an_addition_reaches_whoever_leads_now(sunflowers: Nursery, how: Any) -> None:
    n = sunflowers
    concern = filed(n.priya)
    case = opened(n.dana, concern, record_class="C2")
    how(n, case)
    assert n.devi in leading(n, case)

    said = {"text": "He showed me a bruise."}
    signed_in(n.priya, second_check=False).post(url(n, "add", concern.pk), said)

    heard = Notification.objects.filter(kind="report_added_to")
    assert n.devi in [one.recipient for one in heard]


def covering(n: Nursery) -> Member:
    """Sam leads until tomorrow; Dana has left."""
    until = timezone.localdate() + timedelta(days=1)
    held = people.grant_role(by=n.morgan, to=n.sam, role=Role.LEAD, ends=until)
    people.confirm_role(by=n.cleo, held=held, despite=Despite("Dana leaves.", until))
    left(n)
    return again(n.sam)


def test_a_report_is_not_left_with_a_lead_whose_role_ran_out(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    n = sunflowers
    sam = covering(n)
    concern = filed(n.priya)
    assert told(concern) == {"Sam"}
    actions.read_concern(by=sam, concern=concern)
    clock.shift(timedelta(days=2))
    hand_on_what_ran_out.call()

    assert told(concern) == {"Sam", "Devi"}


def test_a_case_is_not_left_with_a_lead_whose_role_ran_out(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    n = sunflowers
    case = opened(covering(n), filed(n.priya), record_class="C2")
    clock.shift(timedelta(days=2))
    assert leading(n, case) == []
    for _ in range(2):
        hand_on_what_ran_out.call()

    assert leading(n, case) == [n.devi]
    assert Line.objects.filter(event="case.settled", subject_id=case.pk).count() == 1


def test_a_case_is_not_left_with_whoever_was_let_in_until_a_day(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya), record_class="C2")
    until = timezone.localdate() + timedelta(days=1)
    actions.let_know(by=n.dana, case=case, member=n.devi, reason="cover", until=until)
    handed(n, case)
    clock.shift(timedelta(days=2))

    assert leading(n, case) == [n.devi]


@pytest.mark.parametrize("how", [left, handed])
def test_what_falls_due_later_is_owed_by_whoever_leads_now(sunflowers: Nursery, how: Any) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(IMAGE))
    how(n, case)
    walker = Walker(n, case)
    walker.lead = again(n.devi)
    walker.carry_out(walker.run.definition.by_id["first-facts"])

    owed = Clock.objects.running().filter(subject_id=case.pk)
    assert {one.owner for one in owed if one.key.endswith("secure-device")} == {n.devi}


def test_what_somebody_owed_until_a_day_is_owed_by_whoever_else_leads(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    leave_alone(n.dana, case)
    soon = timezone.localdate() + timedelta(days=1)
    actions.let_know(by=n.dana, case=case, member=n.devi, reason="Cover.", until=soon)
    owed = Clock.objects.running().filter(subject_id=case.pk)
    owed.update(owner=n.devi)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=True):
        hand_on_what_ran_out.func()
    assert {clock.owner for clock in owed} == {n.dana}
