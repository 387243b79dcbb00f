"""A closed case that is taken up again is led by as many people as an open one."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.people.models import RoleHeld

from .given import a_case, about, ended
from .walker import Walker, holding


def test_two_people_know_of_an_allegation_that_is_opened_again(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.sam))
    walker = Walker(n, case, yes=holding(case.runs.get().definition))
    walker.walk(leaving_out=True)
    walker.walk_what_began()
    walker.hand_devices_to_the_police()
    ended(n.dana, case)
    RoleHeld.objects.filter(member__in=[n.morgan, n.cleo]).update(ends=timezone.localdate())

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        actions.reopen_case(by=n.dana, case=case, reason="More came to light.")
        assert set(those_who_lead(case)) == {n.dana, n.devi}
