"""Looking for something in a chronology: by kind, author, days and words, which never stand in an address."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Mark, Person
from safeguarding.law.calendar import LONDON
from safeguarding.today.tests import many
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

from .given import WELFARE, a_case, a_report, filed

TODAY = timezone.localdate


@built_once
def case(sunflowers: Nursery) -> Case:
    """A case with a call, a meeting and a decision, by two people, on three days."""
    n = sunflowers
    case = a_case(n.priya, n.dana)
    for days, by, kind, text in (
        (3, n.dana, "call", "Her mother rang about the tablet."),
        (2, n.devi, "meeting", "We met in the office. Zoë was there."),
    ):
        moment = timezone.now() - timedelta(days=days)
        actions.add_entry(by=by, case=case, kind=kind, text=text, happened_at=moment)
    actions.decide(by=n.dana, case=case, to_act=False, text="We wait.", reasons="The police asked.")
    return case


def shown(n: Nursery, case: Case, **asked: str) -> list[str]:
    """Which of the texts stand on the page, asked for as the form is sent."""
    link = n.setting.link_to("concerns:chronology", case.pk)
    page = signed_in(n.dana).post(link, asked, follow=True).content.decode()
    texts = ("It has to be looked into.", "rang about", "met in the office", "We wait.")
    return [one for one in texts if one in page]


def day(name: str, of: date) -> dict[str, str]:
    return {
        f"{name}_day": str(of.day),
        f"{name}_month": str(of.month),
        f"{name}_year": str(of.year),
    }


def test_everything_is_shown_when_nothing_is_asked(sunflowers: Nursery, case: Case) -> None:
    assert len(shown(sunflowers, case)) == 4


def test_a_kind_and_an_author_are_kept_in_the_address(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    assert shown(n, case, kind="call") == ["rang about"]
    assert shown(n, case, author=str(n.devi.pk)) == ["met in the office"]

    link = n.setting.link_to("concerns:chronology", case.pk)
    answer = signed_in(n.dana).post(link, {"kind": "call"})
    assert answer["Location"] == f"{link}?kind=call"


def test_days_count_from_midnight_to_midnight_in_london(sunflowers: Nursery, case: Case) -> None:
    n, today = sunflowers, timezone.localdate()
    two_ago = today - timedelta(days=2)

    assert shown(n, case, **day("until", two_ago)) == ["rang about", "met in the office"]
    assert shown(n, case, **day("since", two_ago), **day("until", two_ago)) == ["met in the office"]


def test_the_last_minute_of_a_day_belongs_to_it(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    late = datetime(2026, 3, 3, 23, 59, tzinfo=LONDON)
    actions.add_entry(by=n.dana, case=case, text="We wait. At night.", happened_at=late)

    found = shown(n, case, **day("since", late.date()), **day("until", late.date()))
    assert found == ["We wait."]
    assert shown(n, case, **day("until", date(2026, 3, 2))) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TABLET rang", ["rang about"]),
        ("zoë", ["met in the office"]),
        ("police", ["We wait."]),
        ("tablet police", []),
    ],
)
def test_words_are_looked_for_wherever_they_were_written(
    sunflowers: Nursery, case: Case, words: str, found: list[str]
) -> None:
    assert shown(sunflowers, case, words=words) == found


@pytest.mark.parametrize("words", ["purple BRUISE", "left knee", "letter-gp", "gate code", "noor"])
def test_words_are_found_in_all_that_stands_with_an_entry(sunflowers: Nursery, words: str) -> None:
    """Marks, names of files, actions, and for whom support was: a search that misses them misleads."""
    n = sunflowers
    case = a_case(n.priya, n.dana)
    bruise = Mark("front-left-knee", colour="purple", words="a bruise")
    actions.record_marks(by=n.dana, case=case, marks=[bruise], text="Seen at lunch.")
    actions.add_file(by=n.dana, case=case, name="letter-GP.txt", content=b"Words.", text="Came.")
    review = case.entries.create(
        setting=n.setting, kind="review", written_by=n.dana, happened_at=timezone.now()
    )
    review.actions.create(
        setting=n.setting, text="Change the gate code.", owner=n.dana, due_on=TODAY()
    )
    actions.give_support(by=n.dana, case=case, text="A quiet corner.", child=n.noor)
    link = n.setting.link_to("concerns:chronology", case.pk)

    page = signed_in(n.dana).post(link, {"words": words}).content.decode()
    assert page.count("hr-timeline__item") == 1


@pytest.mark.parametrize("words", ["limped", "no need"])
def test_words_are_found_in_what_was_added_to_a_report_and_why_it_needs_no_case(
    sunflowers: Nursery, words: str
) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    actions.add_to_report(by=n.priya, concern=concern, text="He limped.", fingerprint="1")
    actions.put_aside(by=n.dana, concern=concern, reasons="No need: he fell on the way here.")
    link = n.setting.link_to("concerns:childs_file", n.kit.pk)

    page = signed_in(n.dana).post(link, {"words": words}).content.decode()
    assert page.count("hr-timeline__item") == 1


def test_words_never_come_to_stand_in_an_address(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    link, browser = n.setting.link_to("concerns:chronology", case.pk), signed_in(n.dana)
    answer = browser.post(link, {"words": "rang", "kind": "call"})

    assert answer.status_code == 200, "no address to go to"
    assert "?words=" not in answer.content.decode()
    assert "met in the office" in browser.get(f"{link}?words=rang&kind=").content.decode(), (
        "not taken"
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            {"since_day": "31", "since_month": "2", "since_year": "2026"},
            "31 February is not a date",
        ),
        ({"since_day": "3"}, "still needs a month and a year"),
        ({**day("since", date(2026, 3, 3)), **day("until", date(2026, 3, 2))}, "before the first"),
        ({"kind": "nonsense"}, "not one of those on the page"),
    ],
)
def test_a_date_that_is_none_is_named_and_everything_stays_shown(
    sunflowers: Nursery, case: Case, asked: dict[str, str], says: str
) -> None:
    n = sunflowers
    link, browser = n.setting.link_to("concerns:chronology", case.pk), signed_in(n.dana)
    for answer in (browser.post(link, asked), browser.get(link, asked)):
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert "rang about" in answer.content.decode()


@pytest.mark.parametrize("asked", [{}, {"words": "done"}, {"kind": "note"}])
def test_a_long_chronology_comes_in_pages_and_costs_the_same(
    sunflowers: Nursery, asked: dict[str, str]
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    browser, link = signed_in(n.dana), n.setting.link_to("concerns:chronology", case.pk)
    browser.get(link)
    many.work(n, 50)
    few = len(queries_of(browser, link))
    many.work(n, 350)

    assert few == len(queries_of(browser, link)) <= MOST
    pages = [browser.post(link, {**asked, "page": str(number)}, follow=True) for number in (1, 2)]
    first, second = (page.content.decode().count("hr-timeline__item") for page in pages)
    assert first == 50
    assert second == 50
    assert "Later" in pages[0].content.decode()
