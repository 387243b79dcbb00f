"""Who is away, by whose word, and who is told of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.models import Absence, Member
from tests.people import signed_in

from .cast import Place


def days(first: int, last: int) -> dict[str, date]:
    today = timezone.localdate()
    return {"starts": today + timedelta(days=first), "ends": today + timedelta(days=last)}


def away(n: Place) -> set[Member]:
    ids = Absence.away_from(n.setting, timezone.localdate())
    return {member for member in n.people.values() if member.pk in ids}


def typed(about: Member, first: int, last: int) -> dict[str, str]:
    given = days(first, last)
    return {"about": str(about.pk)} | {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in given.items()
        for part in ("day", "month", "year")
    }


def test_an_absence_counts_from_its_first_day_to_its_last(sunflowers: Place) -> None:
    dana, devi = sunflowers.member("Dana"), sunflowers.member("Devi")
    actions.record_absence(by=dana, about=dana, **days(0, 0))
    actions.record_absence(by=devi, about=devi, **days(1, 5))

    assert away(sunflowers) == {dana}


def test_somebody_is_back_by_a_further_row_and_only_once(sunflowers: Place) -> None:
    n = sunflowers
    absence = actions.record_absence(by=n.member("Mo"), about=n.member("Dana"), **days(0, 9))
    actions.end_absence(by=n.member("Dana"), absence=absence)

    assert away(n) == set()
    with pytest.raises(RuleBroken, match="already on record"):
        actions.end_absence(by=n.member("Dana"), absence=absence)
    assert Absence.objects.get() == absence


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-9, -2)])
def test_days_that_make_no_sense_are_refused(sunflowers: Place, first: int, last: int) -> None:
    with pytest.raises(RuleBroken):
        actions.record_absence(
            by=sunflowers.member("Dana"), about=sunflowers.member("Dana"), **days(first, last)
        )


def test_a_practitioner_says_it_of_nobody_but_themselves(
    sunflowers: Place, bluebells: Place
) -> None:
    n = sunflowers
    actions.record_absence(by=n.member("Priya"), about=n.member("Priya"), **days(0, 1))
    for about in (n.member("Dana"), bluebells.member("Priya")):
        with pytest.raises(PermissionDenied):
            actions.record_absence(by=n.member("Priya"), about=about, **days(0, 1))


def test_whoever_is_said_to_be_away_sees_it_first_and_says_they_are_here(
    sunflowers: Place,
) -> None:
    n = sunflowers
    actions.record_absence(by=n.member("Devi"), about=n.member("Devi"), **days(0, 3))
    actions.record_absence(by=n.member("Priya"), about=n.member("Priya"), **days(0, 3))
    absence = actions.record_absence(by=n.member("Mo"), about=n.member("Dana"), **days(0, 3))
    browser = signed_in(n.member("Dana"))

    today = browser.get(n.setting.link_to("today:today"))
    seen = [one.member for one in today.context["away"]]
    assert seen == [n.member(name) for name in ("Dana", "Devi", "Priya")]
    page = browser.get(n.setting.link_to("people:absences")).content.decode()
    assert "written down by Mo" in page
    browser.post(n.setting.link_to("people:end_absence", absence.pk))
    assert away(n) == {n.member("Devi"), n.member("Priya")}


def test_days_away_are_written_down_on_the_page(sunflowers: Place) -> None:
    n = sunflowers
    link = n.setting.link_to("people:absences")

    assert signed_in(n.member("Mo")).post(link, typed(n.member("Dana"), 0, 4)).status_code == 302
    assert signed_in(n.member("Mo")).post(link, typed(n.member("Dana"), 4, 0)).status_code == 422
    assert signed_in(n.member("Priya")).post(link, typed(n.member("Dana"), 0, 4)).status_code == 422
    assert away(n) == {n.member("Dana")}


def test_a_colleague_sees_nobody_elses_days(sunflowers: Place) -> None:
    n = sunflowers
    absence = actions.record_absence(by=n.member("Dana"), about=n.member("Dana"), **days(0, 4))
    browser = signed_in(n.member("Priya"))

    assert browser.get(n.setting.link_to("today:today")).context["away"] == []
    assert "Dana" not in browser.get(n.setting.link_to("people:absences")).content.decode()
    ended = browser.post(n.setting.link_to("people:end_absence", absence.pk))
    assert ended.status_code == 404
