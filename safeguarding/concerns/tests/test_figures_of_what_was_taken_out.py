"""What figures say of a report that was taken out of a case: from then on, and of the days before."""

from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.evidence import (
    EACH_CHILD,
    KEEPING,
    SVH,
    each_child_supported,
    reports_decided_on,
)
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person

from .given import a_case, a_report, filed
from .test_taking_out import taken_out, wrong

__all__ = ["wrong"]


def test_figures_count_it_as_not_decided_on(sunflowers: Nursery, wrong: Case) -> None:
    n = sunflowers
    before = timezone.now()
    with time_machine.travel(before + timedelta(minutes=5)):
        taken_out(n, wrong)

    def found(at: object) -> tuple[int, int]:
        one = reports_decided_on([n.setting.pk], at)[KEEPING[0]][n.setting.pk]  # type: ignore[arg-type]
        return one.kept, one.owed

    assert found(before + timedelta(hours=1)) == (1, 1)
    assert found(before) == (2, 0), "as it was then"


def owed(n: Nursery, at: datetime) -> int:
    found = each_child_supported([n.setting.pk], at)[EACH_CHILD[0]].get(n.setting.pk)
    return found.owed if found else 0


def test_who_was_named_in_error_counts_on_the_days_before_that_was_said(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    first, again = (Person("harmed", child=one) for one in (n.kit, n.children["maya"]))
    case = a_case(n.priya, n.dana, a_report(SVH, first, again))
    before = timezone.now()
    named = case.everyone_involved().get(child=n.kit)
    with time_machine.travel(before + timedelta(minutes=5)):
        actions.say_named_in_error(by=n.dana, case=case, named=named, reason="It was Maya.")

    assert owed(n, before) == 2, "as it was then"
    assert owed(n, before + timedelta(minutes=6)) == 1


def test_who_was_named_in_error_in_a_report_that_left_its_case_counts_as_it_was_known_then(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(SVH, Person("harmed", child=n.kit)))
    maya = Person("harmed", child=n.children["maya"])
    concern = filed(n.sam, a_report(SVH, maya))
    actions.gather(by=n.dana, concern=concern, case=case)
    start = timezone.now()
    named = case.everyone_involved().get(child=n.children["maya"])
    with time_machine.travel(start + timedelta(minutes=5)):
        actions.say_named_in_error(by=n.dana, case=case, named=named, reason="Not her.")
    with time_machine.travel(start + timedelta(minutes=15)):
        taken_out(n, case)
    with time_machine.travel(start + timedelta(minutes=25)):
        actions.gather(by=n.dana, concern=concern, case=case)

    minutes = (0, 10, 20, 30)
    found = [owed(n, start + timedelta(minutes=one)) for one in minutes]
    assert found == [2, 1, 1, 2]


def test_its_children_are_owed_no_support_from_then_on_and_the_figures_of_before_stay(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(SVH, Person("harmed", child=n.kit)))
    maya = Person("harmed", child=n.children["maya"])
    actions.gather(by=n.dana, concern=filed(n.sam, a_report(SVH, maya)), case=case)
    before = timezone.now()
    with time_machine.travel(before + timedelta(minutes=5)):
        taken_out(n, case)

    assert owed(n, before + timedelta(hours=1)) == 1
    assert owed(n, before) == 2, "as it was then"
