"""A closed case that is taken up again is led by as many people as an open one."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock
from safeguarding.people.models import RoleHeld
from safeguarding.procedures.library import definitions

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


def test_what_begins_on_it_counts_from_then_and_is_not_late_already(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    ended(n.dana, walker.case)
    with time_machine.travel(timezone.now() + timedelta(days=200), tick=False):
        actions.reopen_case(by=n.dana, case=walker.case, reason="More came to light.")
        bullying = definitions()["cyberbullying"]
        run = actions.start_procedure(
            by=n.dana, case=walker.case, definition=bullying, reason="So."
        )

        clocks = Clock.objects.running().filter(key__startswith="cyberbullying/")
        assert run.aware_at == timezone.now()
        assert clocks
        assert [one.key for one in clocks if one.is_overdue(timezone.now())] == []


def test_a_case_that_a_list_knew_as_open_is_asked_anew_before_something_is_written(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    as_listed = Case.objects.with_open().get(pk=walker.case.pk)
    actions.close_case(by=n.dana, case=walker.case, outcome="The child is safe.")

    with pytest.raises(RuleBroken, match="This case is closed"):
        actions.name_person(by=n.dana, case=as_listed, person=Person("sibling", name="Robin"))
