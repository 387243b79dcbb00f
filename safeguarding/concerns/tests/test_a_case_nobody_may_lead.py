"""When everybody who could lead a child's case is shut out of it, the committee lead hears so."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.concerns.tasks import hand_on_what_ran_out
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.people.models import RoleHeld
from safeguarding.people.roles import LEADS, Role
from safeguarding.people.tests.cast import in_a_hurry

from .given import a_case, again


def told() -> list[str]:
    rows = Notification.objects.filter(kind="case_for_outside").select_related("recipient")
    return [one.recipient.name for one in rows]


def test_because_a_child_in_it_is_close_to_all_of_them(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    for member in (n.dana, n.devi):
        people.declare_relationship(by=member, about=member, kind="relative", child=n.noor)
    assert told() == []

    actions.name_person(by=again(n.dana), case=case, person=Person("harmed", child=n.noor))

    assert told() == ["Cleo Barnes"]
    assert case not in Case.objects.readable_by(again(n.cleo))


def test_because_their_roles_ran_out(sunflowers: Nursery) -> None:
    n = sunflowers
    a_case(n.priya, n.dana)
    RoleHeld.objects.filter(role__in=LEADS).update(ends=timezone.localdate())

    for days in (1, 2):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=True):
            hand_on_what_ran_out.func()
        assert told() == ["Cleo Barnes"]


def test_and_again_when_the_lead_who_came_since_has_gone_as_well(sunflowers: Nursery) -> None:
    n = sunflowers
    a_case(n.priya, n.dana)
    RoleHeld.objects.filter(role__in=LEADS).update(ends=timezone.localdate())
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        hand_on_what_ran_out.func()
        until = timezone.localdate() + timedelta(days=100)
        role = people.grant_role(by=n.morgan, to=n.sam, role=Role.DEPUTY, ends=until)
        people.confirm_role(by=n.cleo, held=role, despite=in_a_hurry())
        hand_on_what_ran_out.func()
        assert told() == ["Cleo Barnes"]

    for days in (102, 103):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=True):
            hand_on_what_ran_out.func()
        assert told() == ["Cleo Barnes", "Cleo Barnes"]
