"""Who is asked to be the second person, what they are shown, and what never waits for one (rule R24)."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.approvals.actions import approve, refuse, widen
from safeguarding.approvals.asked import those_asked
from safeguarding.approvals.models import Answer, Approval
from safeguarding.approvals.tasks import say_what_ran_out, widen_unanswered
from safeguarding.audit.models import Entry as Line
from safeguarding.audit.trail import System
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, PaperCopy
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import IMAGE, a_case, a_report, filed, leave_alone
from safeguarding.notifications.models import Notification
from safeguarding.people.models import Absence, Member
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

SENT: dict[str, Any] = {"recipient": "Ruth Field, social care", "purpose": "Strategy meeting"}


@built_once
def case(sunflowers: Nursery) -> Case:
    return a_case(
        sunflowers.priya,
        sunflowers.dana,
        a_report("welfare-concern", Person("harmed", child=sunflowers.kit)),
    )


@built_once
def asked(sunflowers: Nursery, case: Case) -> Approval:
    """The lead asks to give out a case."""
    return actions.ask_to_print_case(by=sunflowers.dana, case=case, **SENT)


def yes(by: Member, approval: Approval) -> Answer:
    return approve(by=by, approval=approval, seen=approval.digest)


def nothing_went_out() -> bool:
    return not PaperCopy.objects.exists() and not Line.objects.filter(event="case.printed").exists()


def first_names(approval: Approval) -> set[str]:
    return {one.name.split()[0] for one in those_asked(approval)}


def test_with_one_adult_there_it_waits_for_the_committee_lead(sunflowers: Nursery) -> None:
    """Rule R24: queued, never waived."""
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(IMAGE))
    leave_alone(n.dana, case)
    approval = actions.ask_to_print_case(by=n.dana, case=case, **SENT)

    assert hasattr(approval, "widened"), "nobody else is on the list"
    assert first_names(approval) == {"Cleo", "Wren"}
    yes(n.cleo, approval)
    assert PaperCopy.objects.get().approval == approval


def test_what_nobody_answers_for_a_day_goes_to_those_who_are_asked_last(
    sunflowers: Nursery, asked: Approval
) -> None:
    n = sunflowers
    assert first_names(asked) == {"Devi", "Morgan"}
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        widen_unanswered.call()
        assert first_names(asked) == {"Devi", "Morgan", "Cleo", "Wren"}
    assert Notification.objects.filter(recipient=n.cleo, kind="approval_wanted").count() == 1


def test_those_who_are_asked_last_hear_of_nothing_that_is_answered_in_that_moment(
    sunflowers: Nursery, asked: Approval
) -> None:
    by = System("asking more widely", sunflowers.setting.pk)
    found = Approval.objects.get(pk=asked.pk)
    refuse(by=sunflowers.morgan, approval=asked, reason="Ask them to come here.")
    widen(by=by, approval=found)

    assert not Notification.objects.filter(recipient=sunflowers.cleo).exists()
    assert not Line.objects.filter(event="approval.widened").exists()


def test_whoever_asked_hears_once_that_nobody_answered_in_time(
    sunflowers: Nursery, asked: Approval
) -> None:
    """And nothing of what it is about."""
    n = sunflowers
    told = Notification.objects.filter(recipient=n.dana, kind="approval_ran_out")
    with time_machine.travel(timezone.now() + timedelta(hours=71)):
        say_what_ran_out.call()
        assert not told.exists()
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        for _ in range(2):
            say_what_ran_out.call()

        assert (
            told.get().sentence == "Nobody answered in time what you asked for. Please look at it."
        )
    assert Line.objects.filter(event="approval.ran_out", subject_id=asked.pk).count() == 1


def test_whoever_asked_hears_of_nothing_that_was_answered(
    sunflowers: Nursery, asked: Approval
) -> None:
    yes(sunflowers.morgan, asked)
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        say_what_ran_out.call()

    assert not Notification.objects.filter(kind="approval_ran_out").exists()


def test_who_is_away_is_not_waited_for(sunflowers: Nursery, case: Case) -> None:
    n, today = sunflowers, timezone.localdate()
    for who in (n.devi, n.morgan):
        Absence.objects.create(
            setting=n.setting, member=who, starts=today, ends=today, recorded_by=n.dana
        )
    approval = actions.ask_to_print_case(by=n.dana, case=case, **SENT)

    assert "Cleo" in first_names(approval)


def test_safety_never_waits_for_a_second_person(sunflowers: Nursery, case: Case) -> None:
    """Rule R24: reporting, referring, adding and reading one's own list."""
    n = sunflowers
    filed(n.priya)
    actions.add_entry(by=n.dana, case=case, text="Rang.")
    assert signed_in(n.priya).get(n.setting.link_to("concerns:mine")).status_code == 200
    assert not Approval.objects.exists()


def test_the_page_says_in_full_what_will_happen_and_today_leads_there(
    sunflowers: Nursery, asked: Approval, case: Case
) -> None:
    n = sunflowers
    browser = signed_in(n.morgan)
    assert "Somebody asks for your yes or no" in browser.get(n.setting.home).content.decode()
    text = browser.get(asked.get_absolute_url()).content.decode()
    for words in (*SENT.values(), case.reference, asked.digest, "Dana Okafor"):
        assert words in text
    assert case.title not in text, "she does not read the case"
    told = Notification.objects.get(recipient=n.morgan, kind="approval_wanted")
    assert "Ruth" not in told.sentence
    assert (
        browser.post(
            n.setting.link_to("approvals:approve", asked.pk), {"seen": asked.digest}
        ).status_code
        == 302
    )
    assert "Somebody asks" not in browser.get(n.setting.home).content.decode()


def test_a_no_has_a_reason_and_nothing_is_done(sunflowers: Nursery, asked: Approval) -> None:
    n = sunflowers
    link = n.setting.link_to("approvals:refuse", asked.pk)
    browser = signed_in(n.morgan)
    assert browser.post(link, {"reason": ""}).status_code == 422
    assert browser.post(link, {"reason": "Ring me first."}).status_code == 302

    page = signed_in(n.dana).get(asked.get_absolute_url()).content.decode()
    assert "Ring me first." in page
    assert nothing_went_out()
    events = set(Line.objects.filter(subject_id=asked.pk).values_list("event", flat=True))
    assert events >= {"approval.asked", "approval.declined"}


def test_the_list_asks_little_however_much_waits(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    link, browser = n.setting.link_to("approvals:waiting"), signed_in(n.morgan)
    browser.get(link)
    actions.ask_to_print_case(by=n.dana, case=case, recipient="One", purpose="x")
    few = len(queries_of(browser, link))
    for number in range(12):
        actions.ask_to_print_case(by=n.dana, case=case, recipient=f"{number}", purpose="x")

    assert len(queries_of(browser, link)) == few <= MOST
    assert len(queries_of(browser, n.setting.home)) <= MOST


def test_who_was_asked_as_well_sees_that_another_answered(
    sunflowers: Nursery, asked: Approval
) -> None:
    n = sunflowers
    yes(n.morgan, asked)
    page = signed_in(n.devi).get(asked.get_absolute_url()).content.decode()

    assert "Morgan Hughes said yes" in page
    assert "Yes, do this" not in page
