"""Where one person leads a case alone, somebody else still comes to know of what they strike."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.in_error import struck
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from tests.people import signed_in

from .given import a_case, a_report, about, again, leave_alone, url

pytestmark = pytest.mark.django_db


def led_alone(n: Nursery) -> Case:
    """A case about Kit that Dana alone leads, and of whose list she alone is: Devi is close to Kit."""
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.kit)
    case = a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))
    leave_alone(n.dana, case)
    return case


def strike(n: Nursery, case: Case) -> Entry:
    entry = actions.add_entry(by=n.dana, case=case, text="She rang.", kind=Entry.Kind.CALL)
    return actions.say_recorded_in_error(by=n.dana, case=case, entry=entry, reason="Other case.")


def told() -> dict[str, str]:
    rows = Notification.objects.filter(kind__startswith="recorded_in_error")
    return {one.recipient.display_name.split()[0]: one.kind for one in rows}


def figure(n: Nursery) -> int:
    now = timezone.now()
    return struck(n.setting.pk, now - timedelta(days=1), now + timedelta(days=1))


def test_the_manager_hears_where_they_read_the_case(sunflowers: Nursery) -> None:
    n = sunflowers
    case = led_alone(n)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="The manager helps.")
    strike(n, case)
    assert told() == {"Morgan": "recorded_in_error_alone"}
    [message] = Notification.objects.filter(kind="recorded_in_error_alone")
    assert signed_in(n.morgan).get(message.path).status_code == 200


def test_whoever_strikes_it_reads_before_who_will_hear(sunflowers: Nursery) -> None:
    n = sunflowers
    case = led_alone(n)
    entry = actions.add_entry(by=n.dana, case=case, text="She rang.", kind=Entry.Kind.CALL)
    page = url(n, "recorded_in_error", case.pk, entry.pk)
    assert "the next by role who reads it" in signed_in(n.dana).get(page).text


def test_nobody_hears_who_does_not_read_it_and_the_figure_says_so(sunflowers: Nursery) -> None:
    n = sunflowers
    case = led_alone(n)
    strike(n, case)
    assert told() == {}
    assert figure(n) == 1


def test_nobody_hears_who_is_close_to_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = led_alone(n)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="The manager helps.")
    people.declare_relationship(by=n.morgan, about=n.morgan, kind="relative", child=n.kit)
    strike(n, case)
    assert told() == {}


def test_where_another_leads_only_they_hear(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="The manager helps.")
    strike(n, case)
    assert told() == {"Devi": "recorded_in_error"}


def test_a_second_account_of_theirs_is_nobody_else(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="The manager helps.")
    n.devi.name = n.dana.name
    n.devi.save(update_fields=["name"])
    assert again(n.devi).roles
    strike(n, case)
    assert told() == {"Morgan": "recorded_in_error_alone"}


def test_an_allegation_a_picture_and_what_is_taken_up_again_move_no_figure(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    strike(n, a_case(n.priya, n.dana, about(n.sam)))
    picture = a_case(n.priya, n.dana)
    actions.reclassify_case(by=n.dana, case=picture, record_class="C4", reason="One, perhaps.")
    strike(n, picture)
    assert figure(n) == 0


def test_the_board_says_it_by_the_term_and_rounded_to_the_committee(sunflowers: Nursery) -> None:
    n = sunflowers
    strike(n, a_case(n.priya, n.dana))
    board = n.setting.link_to("governance:board")
    assert "said to be recorded in error: <strong>1</strong>" in signed_in(n.morgan).get(board).text
    assert "<strong>0 to 4</strong>" in signed_in(n.cleo).get(board).text


@pytest.mark.parametrize(
    ("day", "began"),
    [
        (date(2026, 11, 20), date(2026, 9, 1)),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 8, 31), date(2026, 4, 1)),
    ],
)
def test_without_terms_the_thirds_of_the_year_are_terms(
    sunflowers: Nursery, day: date, began: date
) -> None:
    sunflowers.setting.terms().delete()
    with time_machine.travel(day):
        assert sunflowers.setting.term_began(day) == began


def test_who_reads_the_chronology_finds_it_there(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    strike(n, case)
    assert "Other case." in signed_in(n.devi).get(url(n, "chronology", case.pk)).text
