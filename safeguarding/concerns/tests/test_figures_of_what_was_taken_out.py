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

    def owed(at: datetime) -> int:
        return each_child_supported([n.setting.pk], at)[EACH_CHILD[0]][n.setting.pk].owed

    assert owed(before + timedelta(hours=1)) == 1
    assert owed(before) == 2, "as it was then"
