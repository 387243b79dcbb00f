"""Low-level concerns about the same adult, read together by those who were let into them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions, kinds, patterns
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from tests.budget import MOST, queries_of, shape
from tests.people import anew, signed_in

from .given import a_report, filed, opened
from .test_one_person_two_accounts_named import second_account
from .test_separate_records import said_of


def low_level(n: Nursery, *adults: Member, name: str = "") -> Case:
    """A low-level concern about these adults, taken forward."""
    people_in_it = [Person("alleged", member=one) for one in adults]
    if name:
        people_in_it.append(Person("alleged", name=name, works_here=True))
    report = a_report(kinds.LOW_LEVEL, *people_in_it)
    return opened(n.dana, filed(n.priya, report), let_know=[n.cleo])


def seen_by(member: Member) -> dict[str, int]:
    return {one.person: len(one.noted) for one in patterns.of_everybody(member)}


def test_concerns_stand_together_by_the_adult_they_are_about(sunflowers: Nursery) -> None:
    n = sunflowers
    low_level(n, n.sam)
    low_level(n, n.sam, n.vic)
    low_level(n, name="the cook, Ann")
    low_level(n, name="Ann the cook,")

    assert seen_by(n.dana) == {"Sam Whitlock": 2, "Vic Jarman": 1, "Ann the cook,": 2}


def test_one_adult_is_one_by_whatever_account_or_writing_of_the_name(sunflowers: Nursery) -> None:
    """Else two within the time stand apart, and nobody is told that there are several."""
    n = sunflowers
    low_level(n, n.sam)
    low_level(n, name="whitlock, Sam")

    [pattern] = patterns.of_everybody(n.dana)
    assert (pattern.person, len(pattern.close_together)) == ("whitlock, Sam", 2)
    other = second_account(n, n.sam)
    other.name, other.user.email = "Sam Jarvis", n.sam.user.email.replace("@", "+new@")
    other.user.save()
    other.save()
    low_level(n, other)
    [pattern] = patterns.of_everybody(n.dana)
    assert len(pattern.noted) == 3


def test_who_raised_it_through_the_public_form_is_said_in_words(sunflowers: Nursery) -> None:
    n = sunflowers
    case = low_level(n, n.sam)
    Concern.objects.filter(gathered__case=case).update(
        reported_by=None, told_as="parent", told_lead=""
    )

    page = signed_in(n.dana).get(n.setting.link_to("concerns:pattern", case.pk)).content.decode()
    assert "Raised by A parent or carer, through the public form." in page


@pytest.mark.parametrize(("apart", "close"), [(150, 2), (200, 0)])
def test_several_within_the_rules_time_are_pointed_out_and_nothing_is_decided(
    sunflowers: Nursery, apart: int, close: int
) -> None:
    n = sunflowers
    low_level(n, n.sam)
    with time_machine.travel(timezone.now() + timedelta(days=apart), tick=True):
        case = low_level(n, n.sam)
        link = n.setting.link_to("concerns:pattern", case.pk)
        page = signed_in(n.dana).get(link).content.decode()

    [pattern] = patterns.of_everybody(n.dana)
    assert len(pattern.close_together) == close
    assert ("only a suggestion" in page) == bool(close)
    assert n.setting.link_to("concerns:start_from_case", case.pk) in page
    assert Case.objects.filter(record_class="C3").count() == 2


def test_neither_the_adult_nor_anyone_close_to_them_reads_any_of_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = low_level(n, n.morgan)
    low_level(n, n.sam)
    people.declare_relationship(by=n.cleo, about=n.cleo, kind="close", other_member=n.morgan)

    assert seen_by(n.dana) == {"Morgan Hughes": 1, "Sam Whitlock": 1}
    assert seen_by(n.morgan) == {"Sam Whitlock": 1}
    assert seen_by(anew(n.cleo)) == {"Sam Whitlock": 1}
    link = n.setting.link_to("concerns:pattern", case.pk)
    for one in (n.morgan, n.cleo):
        assert signed_in(one).get(link).status_code == 404
        shown = signed_in(one).get(n.setting.link_to("concerns:low_level")).content.decode()
        assert "Morgan Hughes" not in shown.partition("<main")[2].partition("</main>")[0]


def test_whoever_was_not_let_in_sees_nothing_and_whoever_may_not_is_refused(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    low_level(n, n.sam)

    assert seen_by(n.devi) == {}
    link = n.setting.link_to("concerns:low_level")
    assert signed_in(n.devi).get(link).status_code == 200
    for one in (n.priya, n.wren, n.tariq, n.sam):
        assert signed_in(one).get(link).status_code == 403, one


def test_reading_it_is_on_record(sunflowers: Nursery) -> None:
    n = sunflowers
    case = low_level(n, n.sam)
    browser = signed_in(n.dana)
    browser.get(n.setting.link_to("concerns:low_level"))
    browser.get(n.setting.link_to("concerns:pattern", case.pk))

    events = Line.objects.filter(event__startswith="low_level.", actor_id=n.dana.pk)
    assert sorted(line.event for line in events) == ["low_level.listed", "low_level.read"]


def test_what_followed_stands_beside_each(sunflowers: Nursery) -> None:
    n = sunflowers
    case = low_level(n, n.sam)
    concern = actions.start_allegation(
        by=n.dana, source=case, key=case.pk, report=said_of(n.sam, saw="Again.")
    )
    record = Case.objects.get(gathered__concern=concern)

    assert record.aware_at > case.aware_at, "its clocks run from when it was begun"
    [pattern] = patterns.of_everybody(n.dana)
    assert pattern.newest.moved_up
    assert [run.definition_id for run in record.runs] == [kinds.ALLEGATION]


@pytest.mark.parametrize("page", ["low_level", "pattern"])
def test_the_page_costs_the_same_for_few_concerns_and_for_many(
    sunflowers: Nursery, page: str
) -> None:
    n = sunflowers
    case = low_level(n, n.sam)
    browser = signed_in(n.dana)
    browser.get(n.setting.link_to("directory:contacts"))
    link = n.setting.link_to(f"concerns:{page}", *([case.pk] if page == "pattern" else []))
    few = queries_of(browser, link)
    for _ in range(5):
        low_level(n, n.sam, n.vic)

    many = queries_of(browser, link)
    assert [shape(one) for one in few] == [shape(one) for one in many]
    assert len(many) <= MOST
