"""What cannot be is asked about, and what is kept is shown as it was written."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.moments import Unreadable, read_date, say_date
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.models import Concern, Handover
from safeguarding.concerns.report import Person
from safeguarding.directory.models import Contact
from safeguarding.today.tests.test_first_set_up import PEOPLE, let_in
from tests.people import signed_in

from .given import GROOMING, a_case, a_report, day, filed, opened, typed, url
from .walker import Walker


def test_nobody_says_that_the_lead_was_told_of_what_is_said_of_the_lead(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    said = {"key": str(uuid4()), "who": f"member:{n.dana.pk}", "in_danger_now": "no", "saw": "x"}
    said |= day("happened_on")
    link = url(n, "start_from_case", case.pk)
    assert signed_in(n.devi).post(link, said).status_code == 422, "it is asked"
    signed_in(n.devi).post(link, said | {"told_lead": "not_yet"})

    assert Concern.objects.get(kind=kinds.ALLEGATION).told_lead == "not_yet"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("support", {"whom": "kit", "for_whom": "Jordan", "text": "x"}),
        ("parents", {"were_told": "no", "told_by": "Jordan", "text": "x"}),
    ],
)
def test_all_that_is_kept_of_an_entry_is_shown(
    sunflowers: Nursery, what: str, said: dict[str, str]
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING, Person("harmed", child=n.kit)))
    said = {k: str(n.kit.pk) if v == "kit" else v for k, v in said.items()}
    answer = signed_in(n.dana).post(url(n, "work", case.pk, what), {**said, **day()})
    page = signed_in(n.dana).get(url(n, "chronology", case.pk)).content.decode()

    assert answer.status_code == 302
    assert "Jordan" in page


def test_two_names_at_one_address_are_asked_about(db: None) -> None:
    browser = let_in()
    browser.post("/welcome/setting/", {"name": "Little Oaks", "kind": "preschool", "area": "kent"})
    answer = browser.post("/welcome/people/", PEOPLE | {"manager_email": PEOPLE["lead_email"]})

    assert answer.status_code == 422
    assert "Two names have this address" in answer.content.decode()


@pytest.mark.parametrize("name", ["chronology", "childs_file"])
def test_a_page_of_five_thousand_digits(sunflowers: Nursery, name: str) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING, Person("harmed", child=n.kit)))
    browser = signed_in(n.dana)
    browser.raise_request_exception = False
    pk = case.pk if name == "chronology" else n.kit.pk

    assert browser.post(url(n, name, pk), {"page": "9" * 5000, "words": "a"}).status_code < 500


@pytest.mark.parametrize("nothing", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u2800"])
def test_reasons_that_cannot_be_seen_are_none(sunflowers: Nursery, nothing: str) -> None:
    n = sunflowers
    concern = filed(n.priya)
    said = {"reasons": nothing * 3}

    assert signed_in(n.dana).post(url(n, "put_aside", concern.pk), said).status_code == 422


def test_a_reply_is_not_due_before_it_was_asked_for(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    slug = Contact.objects.readable_by(n.dana).takes_referrals()[0].slug
    said = {"agency": slug, "route": "tel", "text": "x", **day(), **day("reply_on", -400)}

    answer = signed_in(n.dana).post(url(n, "work", case.pk, "referral"), said)
    assert answer.status_code == 422
    assert "before the referral" in answer.content.decode()


def test_an_action_is_not_due_a_hundred_years_ago(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    last = walker.run.definition.steps[-1].id
    walker.walk(leaving_out=True, until=last)
    said = {"text": "ok", "actions-TOTAL_FORMS": "3", "actions-INITIAL_FORMS": "0"}
    said |= {"actions-0-text": "Train", "actions-0-owner": str(n.sam.pk)}
    said |= {
        "actions-0-due_on_day": "1",
        "actions-0-due_on_month": "1",
        "actions-0-due_on_year": "1926",
    }
    link = url(n, "step", walker.case.pk, walker.run.pk, last)

    answer = signed_in(n.dana).post(link, said)
    assert answer.status_code == 422
    assert "That day is over" in answer.content.decode()


@pytest.mark.parametrize("year", ["1900", "2006"])
def test_it_did_not_happen_before_the_child_was_born(sunflowers: Nursery, year: str) -> None:
    n = sunflowers
    row = {"who": f"child:{n.kit.pk}", "part": "harmed"}
    browser = signed_in(n.priya, second_check=False)
    answers = typed(people=[row], happened_on_year=year)

    answer = browser.post(url(n, "report"), answers)
    assert answer.status_code == 422
    assert "was born" in answer.content.decode()


def test_a_time_that_spring_skips_is_not_kept_as_another(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    said = {"kind": "note", "text": "x", "at": "1:30am"}
    said |= {"on_day": "29", "on_month": "3", "on_year": "2026"}
    answer = signed_in(n.dana).post(url(n, "work", case.pk, "entry"), said)

    assert answer.status_code == 422
    assert "clocks went forward" in answer.content.decode()


@pytest.mark.parametrize("month", ["...", "ju.", "ma."])
def test_a_month_that_is_none_or_one_of_two_is_not_guessed(month: str) -> None:
    with pytest.raises(Unreadable):
        read_date("3", month, "2026")


def test_ending_a_need_to_know_twice_is_a_sentence(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya), let_know=[n.devi])
    granted = case.need_to_know.get(member=n.devi)
    said: dict[str, Any] = {"by": n.dana, "case": case, "granted": granted, "reason": "x"}
    actions.end_need_to_know(**said)
    with pytest.raises(RuleBroken):
        actions.end_need_to_know(**said)


def test_what_nobody_knows_the_time_of_is_shown_with_its_day_alone(sunflowers: Nursery) -> None:
    n = sunflowers
    case, dana = a_case(n.priya, n.dana), signed_in(n.dana)
    for days in (0, -2):
        said = {"kind": "call", "text": "They rang.", **day(days=days)}
        assert dana.post(url(n, "work", case.pk, "entry"), said).status_code == 302
    page = dana.get(url(n, "chronology", case.pk)).content.decode()

    for days in (0, -2):
        on = timezone.localdate() + timedelta(days=days)
        assert f'<time datetime="{on}">{say_date(on)}, time not known</time>' in page
    assert "12pm" not in page


def test_from_when_somebody_has_a_device_is_told_to_the_minute(sunflowers: Nursery) -> None:
    n = sunflowers
    case, dana = a_case(n.priya, n.dana), signed_in(n.dana)
    said = {"what": "A tablet", "whose": "ours", "taken_from": "Desk", "place": "Safe"}
    link = url(n, "work", case.pk, "device")

    asked = dana.post(link, said | day(days=-1))
    assert asked.status_code == 422
    assert b"about what time it came to you" in asked.content
    assert dana.post(link, said | day(days=-1) | {"at": "9am"}).status_code == 302
    assert dana.post(link, said | day()).status_code == 302
    began = Handover.objects.order_by("began_at").values_list("began_at", flat=True)
    assert timezone.localtime(began[0]).hour == 9
    assert began[1] <= timezone.now()


def test_nobody_answered_before_they_were_asked(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    police = Contact.objects.filter(setting=n.setting, slug="police").current().get()
    asked = actions.refer(by=n.dana, case=case, agency=police, route="101", text="Rang them.")
    before = timezone.localdate() - timedelta(days=3)
    with pytest.raises(RuleBroken, match="before the referral"):
        actions.record_reply(by=n.dana, case=case, referral=asked, text="x", happened_at=before)
