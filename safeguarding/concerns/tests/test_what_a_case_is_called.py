"""A case's short name may hold a slip, or a child's full name: it is changed, the old one stays on record."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from tests.people import signed_in

from .given import a_case
from .sealed_records import PASSWORD, with_key
from .test_sealed_to_recipients import a_day


def test_whoever_leads_changes_it_and_the_old_one_stands_in_the_chronology(
    sunflowers: Nursery,
) -> None:
    n, case = sunflowers, a_case(sunflowers.priya, sunflowers.dana)
    before = case.title
    dana, page = signed_in(n.dana), n.setting.link_to("concerns:rename_case", case.pk)
    assert page in dana.get(case.path).text
    assert before in dana.get(page).text

    assert dana.post(page, {"title": "Game with a stranger"})["Location"] == case.path
    assert "Game with a stranger" in dana.get(n.setting.link_to("concerns:cases")).text
    chronology = dana.get(n.setting.link_to("concerns:chronology", case.pk)).text
    assert f"Before, it was called “{before}”." in chronology
    [line] = Line.objects.filter(event="case.renamed")
    assert "stranger" not in str(line.details)
    with pytest.raises(PermissionDenied):
        actions.rename_case(by=n.priya, case=case, title="Other")


def test_the_same_name_writes_nothing(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    actions.rename_case(by=sunflowers.dana, case=case, title=case.title)
    assert not Line.objects.filter(event="case.renamed").exists()


def test_the_name_of_an_allegation_stays_sealed_to_those_who_read_it(sunflowers: Nursery) -> None:
    n, dana = sunflowers, with_key(sunflowers.dana)
    case = a_day(n, dana)
    page = n.setting.link_to("concerns:rename_case", case.pk)
    assert signed_in(n.morgan).get(page).status_code == 404, "it is about them"
    browser = signed_in(n.dana)
    assert browser.post(page, {"title": "Late"}).status_code == 422, (
        "nobody writes over what is closed"
    )
    browser.post("/accounts/unlock/", {"passphrase": PASSWORD})
    assert browser.post(page, {"title": "Late from lunch"})["Location"] == case.path

    assert Case.objects.readable_by(dana).get(pk=case.pk).title == "Late from lunch"
    assert "Late" not in str(Case.objects.get(pk=case.pk).title)


def test_a_closed_case_keeps_its_name(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    case.closures.create(setting=case.setting, closed_by=sunflowers.dana, outcome="Done.")
    with pytest.raises(RuleBroken, match="closed"):
        actions.rename_case(by=sunflowers.dana, case=case, title="Other")


def test_of_two_who_change_it_the_second_says_what_the_first_called_it(
    sunflowers: Nursery,
) -> None:
    n, case = sunflowers, a_case(sunflowers.priya, sunflowers.dana)
    as_it_was = Case.objects.get(pk=case.pk)
    actions.rename_case(by=n.dana, case=case, title="First")
    actions.rename_case(by=n.devi, case=as_it_was, title="Second")

    said = [one.text for one in case.entries.order_by("-created_at")]
    assert said[0] == "The case is called “Second” from now. Before, it was called “First”."
