"""Today: what needs each person now, most urgent first, and nothing of anybody else's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions
from safeguarding.concerns.tests.given import (
    IMAGE,
    a_case,
    a_report,
    about,
    again,
    filed,
    opened,
)
from safeguarding.concerns.tests.walker import Walker
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Member
from safeguarding.today.context import navigation
from safeguarding.today.items import Item, to_do
from tests.budget import queries_of, shape
from tests.people import signed_in


def page(member: Member) -> str:
    browser = signed_in(member, second_check=False)
    return browser.get(member.setting.link_to("today:today")).content.decode()


def items(member: Member) -> list[Item]:
    return to_do(again(member), timezone.now(), checked=True)


def test_a_lead_sees_what_is_urgent_then_what_is_due_first(sunflowers: Nursery) -> None:
    n = sunflowers
    with time_machine.travel(timezone.now(), tick=False) as clock:
        a_case(n.sam, n.dana)
        filed(n.priya)
        clock.shift(timedelta(minutes=10))
        urgent = filed(n.priya, a_report(in_danger_now=True))
        shown = items(n.dana)

    assert shown[0].href == n.setting.link_to("concerns:concern", urgent.pk)
    assert [one.is_urgent for one in shown] == sorted(
        (one.is_urgent for one in shown), reverse=True
    )
    due = [one.due for one in shown if one.due and not one.is_urgent]
    assert due == sorted(due)
    assert len({one.href for one in shown}) == len(shown), "each thing stands there once"


def test_a_report_leaves_the_page_once_it_is_decided_on(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    link = n.setting.link_to("concerns:concern", concern.pk)
    assert link in [one.href for one in items(n.dana)]

    actions.read_concern(by=n.dana, concern=concern)
    actions.put_aside(by=n.dana, concern=concern, reasons="A cartoon.")

    assert items(n.dana) == []
    assert "Your report has been acted on." in page(n.priya)


def test_each_item_says_by_when_and_by_which_rule(sunflowers: Nursery) -> None:
    filed(sunflowers.priya)
    (item,) = items(sunflowers.dana)

    assert item.due is not None
    assert item.rule_shown == {"text": item.rule}
    assert "opens every new report" in page(sunflowers.dana)


def test_nothing_of_another_persons_is_shown_or_counted(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    n = sunflowers
    others = ("devi", "morgan", "wren", "cleo", "omar", "sam", "tariq", "vic")
    before = {who: page(n.people[who]) for who in others}
    opened(n.dana, filed(n.priya))
    filed(n.priya)

    for who in others:
        with subtests.test(who):
            assert items(n.people[who]) == []
            assert steady(page(n.people[who])) == steady(before[who])


def test_an_allegation_changes_nothing_for_the_accused_or_for_those_not_told(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    for who in ["sam", "devi", "priya"]:
        with subtests.test(who):
            n = sunflowers
            before = page(n.people[who])
            opened(n.dana, filed(n.vic, about(n.sam)))

            assert steady(page(n.people[who])) == steady(before)


@pytest.mark.parametrize("who", ["dana", "wren", "sam", "tariq"])
def test_what_waits_about_an_allegation_is_no_question_more_for_others(
    sunflowers: Nursery, who: str
) -> None:
    """Else the time a page takes would tell the accused that somebody asked something (R15)."""
    n, home = sunflowers, sunflowers.setting.link_to("today:today")
    case = opened(n.morgan, filed(n.priya, about(n.dana)), let_know=[n.devi])
    browser = signed_in(n.people[who])
    before = [shape(one) for one in queries_of(browser, home)]

    actions.ask_to_print_case(by=n.morgan, case=case, recipient="The LADO", purpose="Advice")

    assert Approval.objects.waiting(timezone.now()).exists()
    assert [shape(one) for one in queries_of(browser, home)] == before


def steady(text: str) -> str:
    """A page without what differs from one request to the next: its form keys and its sign for scripts."""
    return re.sub(r'[A-Za-z0-9]{64}|nonce="[^"]*"|data-words="[^"]*"', "key", text)


def test_a_technical_step_and_an_action_wait_for_their_owners(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.sam, n.dana, a_report(IMAGE)), yes=("on-our-systems",))
    walker.walk(leaving_out=True, until="block-access")

    (item,) = items(n.tariq)
    assert item.text.startswith("Block the named place")
    walker.walk(leaving_out=True)
    assert items(n.tariq) == []
    assert [one.text for one in items(n.priya)] == ["Teach it"]


def test_an_empty_page_teaches(sunflowers: Nursery) -> None:
    text = page(sunflowers.vic)

    assert "Nothing is waiting for you" in text
    assert "a step that is due" in text
    assert "Report a concern" in text


def test_a_message_leads_into_its_own_setting_from_wherever_it_is_read(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    """Somebody in two settings may hold a message of one while they look at the other."""
    n = sunflowers
    concern = filed(n.priya)
    message = Notification.objects.get(recipient=n.dana, subject_id=concern.pk)
    prefix = get_script_prefix()
    set_script_prefix(bluebells.setting.home)
    try:
        assert message.open_path == n.setting.link_to("notifications:open", message.pk)
    finally:
        set_script_prefix(prefix)


@pytest.mark.parametrize("who", ["dana", "cleo", "priya"])
def test_people_stands_in_the_menu_of_whoever_may_open_it(sunflowers: Nursery, who: str) -> None:
    """The committee lead confirms what takes two people, so she needs a way there."""
    member, sees = again(sunflowers.people[who]), who != "priya"
    link = sunflowers.setting.link_to("people:members")

    assert (link in [one["href"] for one in navigation(member, "/")]) == sees
    assert (signed_in(member).get(link).status_code == 200) == sees
