"""What is asked from a later day on is seen before that day, and taken back where it was a mistake."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.templatetags.uk import uk_date
from safeguarding.people.roles import Role
from safeguarding.training import actions
from safeguarding.training.asked import asked_of
from safeguarding.training.models import Requirement
from tests.budget import MOST, queries_of
from tests.people import signed_in

TOPIC, PAGE = "filtering", "/at/sunflowers/training/topics/"


def to_come(n: Nursery, days: int = 30) -> Requirement:
    starts = timezone.localdate() + timedelta(days=days)
    return actions.ask_of_role(by=n.dana, topic=TOPIC, role=Role.VOLUNTEER, starts=starts)


def is_asked(n: Nursery, days: int) -> bool:
    at = timezone.now() + timedelta(days=days)
    return Role.VOLUNTEER in asked_of([n.setting.pk], at)[n.setting.pk][TOPIC].needs


def test_it_stands_on_its_page_and_is_taken_back_there(sunflowers: Nursery) -> None:
    n, one = sunflowers, to_come(sunflowers)
    assert (is_asked(n, 0), is_asked(n, 31)) == (False, True)
    dana, back = signed_in(n.dana), f"{PAGE}to-come/{one.pk}/taken-back/"
    said = f"From {uk_date(one.starts)}: needed by Volunteer"
    for browser in (dana, signed_in(n.sam)):
        assert said in browser.get(PAGE).text
    assert back not in signed_in(n.sam).get(PAGE).text
    assert said in dana.get(f"{PAGE}{TOPIC}/").text
    assert len(queries_of(dana, PAGE)) <= MOST
    assert back in dana.get(PAGE).text

    assert dana.post(back).status_code == 302

    assert not is_asked(n, 31)
    assert said not in dana.get(PAGE).text
    with pytest.raises(RuleBroken, match="taken back already"):
        actions.take_back_requirement(by=n.morgan, requirement=one)


def test_what_has_begun_stays_and_who_may_not_take_it_back(sunflowers: Nursery) -> None:
    n, one = sunflowers, to_come(sunflowers, days=1)
    for other in (n.devi, n.sam):
        with pytest.raises(PermissionDenied):
            actions.take_back_requirement(by=other, requirement=one)
    with (
        time_machine.travel(timezone.now() + timedelta(days=1)),
        pytest.raises(RuleBroken, match="has begun"),
    ):
        actions.take_back_requirement(by=n.dana, requirement=one)


def test_another_setting_takes_back_nothing_of_ours(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    one = to_come(sunflowers)
    with pytest.raises(PermissionDenied):
        actions.take_back_requirement(by=bluebells.dana, requirement=one)
    there = f"/at/bluebells/training/topics/to-come/{one.pk}/taken-back/"
    assert signed_in(bluebells.dana).post(there).status_code == 404


def test_a_day_before_it_was_taken_back_knew_of_it(sunflowers: Nursery) -> None:
    n, one = sunflowers, to_come(sunflowers, days=1)
    known = timezone.now()
    actions.take_back_requirement(by=n.dana, requirement=one)
    assert list(Requirement.objects.in_force(one.starts, known)) == [one]
    assert not Requirement.objects.in_force(one.starts, timezone.now())
