"""Pages that show what a case holds open only after the second check; reporting never asks for it."""

from uuid import uuid4

import pytest

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Person
from safeguarding.concerns.urls import urlpatterns
from tests.people import signed_in

from .given import IMAGE, SAID, a_case, a_report, filed
from .walker import Walker

WITHOUT = {"report", "mine", "receipt", "add", "technical_step", "action"}
# A device shows its number, place and keepers, and never its case, to whoever is asked to do something.
DEVICES = {"custody", "custody_item", "custody_label", "custody_offer", "hand_over"}
DOORS = {str(one.name): getattr(one.callback, "door", "") for one in urlpatterns}


def test_all_but_reporting_and_two_pages_without_content_have_that_door() -> None:
    assert {name for name, door in DOORS.items() if door != "case content"} == WITHOUT | DEVICES
    assert {DOORS[name] for name in WITHOUT} == {"members"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_it_no_page_with_content_opens(sunflowers: Nursery, method: str) -> None:
    n = sunflowers
    given = examples(n)
    browser = signed_in(n.dana, second_check=False)
    before = Concern.objects.waiting().count()
    for name in set(DOORS) - WITHOUT - DEVICES:
        link = n.setting.link_to(f"concerns:{name}", *arguments(name, given))
        answer = getattr(browser, method)(link)
        if answer.status_code != 405:  # a page that only shows, or a form without a page
            assert answer.status_code == 302, link
            assert "second-check" in answer["Location"], link
    assert Concern.objects.waiting().count() == before


def test_each_page_with_content_can_be_hidden_and_is_not_simply_printed(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    given, browser = examples(n), signed_in(n.dana)
    links = [n.setting.link_to(f"concerns:{name}", *arguments(name, given)) for name in _guarded()]
    answers = {link: browser.get(link) for link in links}
    pages = {at: one.content.decode() for at, one in answers.items() if one.status_code == 200}

    assert len(pages) > 20
    assert [at for at, page in pages.items() if "data-hide-screen" not in page] == []


def _guarded() -> list[str]:
    choices = {"pictures"}  # whether cases take photographs: nothing of a case
    return [name for name, door in DOORS.items() if door == "case content" and name not in choices]


def examples(n: Nursery) -> dict[str, object]:
    """Something real for the address of each page; for what is refused at the door, any id."""
    walker = Walker(n, a_case(n.sam, n.dana, a_report(IMAGE)))
    walker.walk(leaving_out=True, until="ask-advice")
    case = walker.case
    entry = case.entries.filter(referral__isnull=False)[0]
    named = actions.name_person(by=n.dana, case=case, person=Person("witness", child=n.kit))
    return {
        "concern_id": filed(n.priya).pk,
        "case_id": case.pk,
        "child_id": n.kit.pk,
        "run_id": walker.run.pk,
        "step_id": "tell-lead",
        "what": "entry",
        "entry_id": entry.pk,
        "referral_id": entry.referral.pk,
        "granted_id": case.need_to_know.all()[0].pk,
        "named_id": named.pk,
        **dict.fromkeys(("handover_id", "file_id", "item_id", "glass_id", "copy_id"), uuid4()),
        **dict.fromkeys(("frozen_id", "asked_id"), uuid4()),
    }


def arguments(name: str, given: dict[str, object]) -> list[object]:
    """What this page's address needs, in its order."""
    pattern = next(one for one in urlpatterns if one.name == name)
    return [given[one] for one in pattern.pattern.converters]


def test_with_it_they_open(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    link = n.setting.link_to("concerns:concern", concern.pk)

    assert SAID in signed_in(n.dana).get(link).content.decode()


@pytest.mark.parametrize("page", ["concerns:report", "concerns:mine", "today:today"])
def test_reporting_and_today_never_ask_for_it(sunflowers: Nursery, page: str) -> None:
    browser = signed_in(sunflowers.priya, second_check=False)

    assert browser.get(sunflowers.setting.link_to(page)).status_code == 200
