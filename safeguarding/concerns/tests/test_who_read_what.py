"""Who read what in a week, for the lead; and never a sign of what she may not know (rules T1, T11, R15)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from demo.cast import Nursery
from safeguarding.audit.trail import record, record_knock
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.concerns.readings import Reader, monday_of, of_leads, of_week
from safeguarding.concerns.report import Person
from safeguarding.concerns.tasks import tell_of_last_week
from safeguarding.law.calendar import LONDON
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Member, OpeningHours
from tests.budget import MOST, queries_of
from tests.people import anew, signed_in

from .given import a_case, a_report, about, filed, opened

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=LONDON)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def wednesday(sunflowers: Nursery) -> Iterator[Nursery]:
    """In the middle of a week, within opening hours."""
    with time_machine.travel(WEDNESDAY):
        yield sunflowers


def read(by: Member, case: Case, times: int = 1) -> None:
    for _ in range(times):
        record("case.read", case, by=by)


def row(readers: list[Reader], name: str) -> Reader:
    return next(one for one in readers if one.name.startswith(name))


def a_childs_case(n: Nursery) -> Case:
    return a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))


def test_nothing_is_out_of_hours_that_nobody_wrote_down(wednesday: Nursery) -> None:
    n = wednesday
    OpeningHours.objects.filter(setting=n.setting).delete()
    read(n.devi, a_childs_case(n))

    assert row(of_week(anew(n.dana), MONDAY), "Devi").out_of_hours is None
    page = signed_in(n.dana).get(n.setting.link_to("concerns:readings") + f"?week={MONDAY}")
    assert "Not known" in page.text
    assert "when this setting is open" in page.text


def test_a_bank_holiday_is_no_opening_hour(wednesday: Nursery) -> None:
    n, monday = wednesday, datetime(2026, 12, 28, 10, tzinfo=LONDON)  # for Boxing Day
    case = a_childs_case(n)
    for day in (monday, monday + timedelta(days=1)):
        with time_machine.travel(day):
            read(n.devi, case)

    assert row(of_week(anew(n.dana), monday.date()), "Devi").out_of_hours == 1


def test_it_counts_by_person_what_the_lead_reads_too(wednesday: Nursery) -> None:
    n = wednesday
    one, other = a_childs_case(n), a_childs_case(n)
    read(n.devi, one, 2)
    read(n.devi, other)
    with time_machine.travel(WEDNESDAY.replace(hour=22)):
        read(n.devi, one)
    with time_machine.travel(WEDNESDAY - timedelta(days=7)):
        read(n.wren, one)
    found = of_week(anew(n.dana), MONDAY)
    devi = row(found, "Devi")

    assert (devi.records, devi.pages, devi.out_of_hours) == (2, 4, 1)
    assert not [reader for reader in found if reader.name.startswith("Wren")], "another week"


def test_the_same_one_again_is_not_another_and_many_in_an_hour_are_noticed(
    wednesday: Nursery,
) -> None:
    n = wednesday
    cases = [a_childs_case(n) for _ in range(11)]
    read(n.devi, cases[0], 20)
    assert not row(of_week(anew(n.dana), MONDAY), "Devi").is_many
    for one in cases:
        read(n.devi, one)
    devi = row(of_week(anew(n.dana), MONDAY), "Devi")

    assert devi.most_in_an_hour == 11
    assert devi.is_many
    page = signed_in(n.dana).get(n.setting.link_to("concerns:readings") + f"?week={MONDAY}")
    assert ">Many<" in page.content.decode()


def test_over_the_hours_of_a_day_the_same_number_is_nothing_to_ask_about(
    wednesday: Nursery,
) -> None:
    n = wednesday
    for hour in range(11):
        with time_machine.travel(WEDNESDAY + timedelta(hours=hour)):
            read(n.devi, a_childs_case(n))
    assert not row(of_week(anew(n.dana), MONDAY), "Devi").is_many


def test_what_the_lead_may_not_know_of_counts_nowhere(wednesday: Nursery) -> None:
    """Neither that an allegation was read, nor that somebody was refused it."""
    n = wednesday
    before = [vars(one) for one in of_week(anew(n.dana), MONDAY)]
    case = opened(n.morgan, filed(n.priya, about(n.dana)))
    read(n.morgan, case, 3)
    record_knock("case.refused", case.pk, by=n.tariq)
    assert [vars(one) for one in of_week(anew(n.dana), MONDAY)] == before

    record_knock("custodyitem.refused", uuid4(), by=n.tariq)  # perhaps of that case
    record_knock("case.refused", n.kit.pk, by=n.tariq)
    assert row(of_week(anew(n.dana), MONDAY), "Tariq").refused == 1


def test_a_letter_that_was_opened_is_a_page_of_its_case(wednesday: Nursery) -> None:
    n = wednesday
    case = a_childs_case(n)
    kept = actions.add_file(by=n.dana, case=case, name="gp.txt", content=b"Words.", text="Came.")
    read(n.devi, case)
    for _ in range(2):
        actions.read_file(by=anew(n.devi), case_file=kept)

    for reader, seen in ((n.dana, of_week), (n.morgan, of_leads)):
        devi = row(seen(anew(reader), MONDAY), "Devi")
        assert (devi.records, devi.pages) == (1, 3)


def test_broken_glass_is_counted(wednesday: Nursery) -> None:
    n = wednesday
    case = a_childs_case(n)
    why = "The hospital is on the telephone and asks."
    actions.break_glass(by=anew(n.morgan), child=n.kit, code="agency", reason=why)
    signed_in(n.morgan).get(case.path)

    assert row(of_week(anew(n.dana), MONDAY), "Morgan").under_glass == 1


def test_the_manager_and_the_committee_lead_see_how_much_the_leads_read_and_not_what(
    wednesday: Nursery,
) -> None:
    n = wednesday
    ordinary, closer = a_childs_case(n), a_childs_case(n)
    Case.objects.filter(pk=closer.pk).update(record_class="C2")
    for case in (ordinary, closer):
        read(n.dana, case)
        read(n.priya, case)
    for who in (n.morgan, n.cleo):
        found = of_leads(anew(who), MONDAY)
        assert [(one.name, one.records) for one in found] == [("Dana Okafor", 1)]
        page = signed_in(who).get(n.setting.link_to("concerns:readings") + f"?week={MONDAY}")
        assert "Dana Okafor" in page.content.decode()
        assert "Priya" not in page.content.decode()


@pytest.mark.parametrize("who", ["devi", "wren", "priya", "tariq", "pat"])
def test_nobody_else_sees_it(sunflowers: Nursery, who: str) -> None:
    link = sunflowers.setting.link_to("concerns:readings")
    assert signed_in(sunflowers.people[who]).get(link).status_code == 403


def test_the_page_asks_little_however_much_was_read(wednesday: Nursery) -> None:
    n = wednesday
    link = n.setting.link_to("concerns:readings") + f"?week={MONDAY}"
    browser = signed_in(n.dana)
    browser.get(link)
    few = len(queries_of(browser, link))
    case = a_childs_case(n)
    for who in n.people.values():
        read(who, case, 30)
    assert len(queries_of(browser, link)) == few <= MOST


@pytest.mark.parametrize("week", ["", "x", "9999-99-99", "0001-01-01", "2999-01-01"])
def test_any_week_can_be_asked_for(sunflowers: Nursery, week: str) -> None:
    link = sunflowers.setting.link_to("concerns:readings")
    assert signed_in(sunflowers.dana).get(f"{link}?week={week}").status_code == 200


def test_the_lead_hears_once_a_week_without_content(wednesday: Nursery) -> None:
    n = wednesday
    tell_of_last_week.call()
    tell_of_last_week.call()
    told = Notification.objects.get(kind="readings_ready", setting=n.setting)

    assert told.recipient == n.dana
    assert told.path.endswith(f"?week={monday_of(MONDAY) - timedelta(days=7)}")
    with time_machine.travel(WEDNESDAY + timedelta(days=7)):
        tell_of_last_week.call()
    assert Notification.objects.filter(kind="readings_ready", setting=n.setting).count() == 2
