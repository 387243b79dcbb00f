"""A procedure that was begun by a slip: two people set it aside, and one alone takes it up again."""

from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals import actions as asking
from safeguarding.approvals.asked import those_asked
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef, _prompting
from safeguarding.concerns.evidence import EACH_CHILD, SVH, each_child_supported
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.papers.case import content_of
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.procedures.evidence import steps_carried_out
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Run
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

from .given import WELFARE, a_case, a_report, agreed, ended, filed, opened, url
from .test_when_nobody_answers import clock as clock
from .test_when_nobody_answers import later, reminded
from .walker import Walker

FILTER, HATE, DEVICE = "filtering-breach", "online-hate", "child-device-brought-in"
WHY = "The line above the right one was chosen."
pytestmark = pytest.mark.django_db


@built_once
def case(sunflowers: Nursery) -> Case:
    """A case of a welfare concern that follows one procedure too many."""
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    return opened(n.dana, concern, procedures=[WELFARE, FILTER])


def run_of(case: Case, definition: str = FILTER) -> Run:
    return Run.objects.get(subject_id=case.pk, definition_id=definition)


def asked(n: Nursery, case: Case, run: Run | None = None, reason: str = WHY) -> Approval:
    return actions.ask_to_set_aside(by=n.dana, case=case, run=run or run_of(case), reason=reason)


def set_aside(n: Nursery, case: Case, definition: str = FILTER) -> Entry:
    agreed(asked(n, case, run_of(case, definition)))
    return case.entries.filter(kind="set_aside").latest("created_at")


def started(n: Nursery, case: Case, definition: str) -> Run:
    how: Any = {"case": case, "definition": definitions()[definition], "reason": "It may be."}
    return actions.start_procedure(by=n.dana, **how)


def owed(case: Case, definition: str = FILTER) -> set[str]:
    rows = Clock.objects.running().filter(subject_id=case.pk, key__startswith=f"{definition}/")
    return set(rows.values_list("key", flat=True))


def carried_out(n: Nursery, case: Case, definition: str, kind: str = "") -> StepRef:
    """The first open step of a kind, done."""
    walker = Walker.__new__(Walker)
    walker.nursery, walker.case, walker.yes = n, case, set()
    walker.lead, walker.helper, walker.run = n.dana, n.tariq, run_of(case, definition)
    walker.helper = None
    states = [one for one in walker.now.values() if one.status == "open"]
    step = next(one.step for one in states if not kind or one.step.records == kind)
    walker.carry_out(step, by=n.dana)
    return StepRef(walker.run, step.id)


def test_two_people_set_it_aside_and_the_case_goes_on_without_it(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    before = owed(case)
    assert before
    browser, page = signed_in(n.dana), url(n, "set_aside", case.pk, run_of(case).pk)
    assert page in browser.get(case.path).text
    assert browser.post(page, {"reason": ""}).status_code == 422
    assert len(queries_of(browser, page)) <= MOST
    waits = browser.post(page, {"reason": WHY})["Location"]
    assert "It waits for a second person" in browser.get(page).text
    assert len(queries_of(browser, page)) <= MOST
    assert owed(case) == before, "nothing changes before the yes"
    assert definitions()[FILTER].title in signed_in(n.devi).get(waits).text

    agreed(Approval.objects.get())

    assert owed(case) == set()
    entry = case.entries.get(kind="set_aside")
    assert WHY in entry.text
    assert definitions()[FILTER].title in entry.text
    for shown in (case.path, page, url(n, "chronology", case.pk), url(n, "childs_file", n.kit.pk)):
        assert "set aside" in browser.get(shown).text
        assert len(queries_of(browser, shown)) <= MOST, shown
    assert "set aside: it was begun by mistake" in str(content_of(case)["facts"])


def test_the_case_can_be_closed_without_it(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    started(n, walker.case, HATE)
    with pytest.raises(RuleBroken, match="cannot be closed yet"):
        ended(n.dana, walker.case)
    entry = set_aside(n, walker.case, HATE)
    assert [label for label, _ in entry.details] == ["Second person"]
    ended(n.dana, walker.case)
    assert not Case.objects.get(pk=walker.case.pk).is_open


def test_nothing_is_recorded_for_it_any_more(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    answered = carried_out(n, case, WELFARE, "answers")
    run = run_of(case, WELFARE)
    set_aside(n, case, WELFARE)
    assert {one.status for one in Run.objects.get(pk=run.pk).states()} <= {
        "does_not_apply",
        "not_needed",
    }
    for step in run.definition.steps:
        with pytest.raises(RuleBroken, match="set aside"):
            actions.leave_out(by=n.dana, case=case, step=StepRef(run, step.id), reason="No.")
    yes = dict.fromkeys(run.definition.by_id[answered.step_id].asks, True)
    with pytest.raises(RuleBroken, match="set aside"):
        actions.answer_step(by=n.dana, case=case, step=answered, answers=yes)
    browser = signed_in(n.dana)
    assert browser.get(case.path).text.count("steps settled.") == 1, "of the other procedure"
    assert "It is set aside" in browser.get(url(n, "set_aside", case.pk, run.pk)).text
    for page in (
        url(n, "step", case.pk, run.pk, answered.step_id),
        url(n, "drawing", case.pk, run.pk),
    ):
        assert "set aside" in browser.get(page).text
    with pytest.raises(RuleBroken, match="set aside already"):
        asked(n, case, run)


def test_its_steps_are_no_duties_done(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    here, before = [n.setting.pk], timezone.now()
    carried_out(n, case, WELFARE, "answers")
    moment = timezone.now()

    def kept(at: Any) -> int:
        return sum(one.kept for of in steps_carried_out(here, at).values() for one in of.values())

    done = kept(moment)
    set_aside(n, case, WELFARE)
    assert done >= kept(timezone.now()) == kept(before)
    assert kept(moment) == done, "what was known then stays"


def test_no_child_in_it_waits_for_support_and_no_policy_is_prompted(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers

    def waiting(at: datetime) -> int:
        found = each_child_supported([n.setting.pk], at)[EACH_CHILD[0]].get(n.setting.pk)
        return found.owed if found else 0

    started(n, case, SVH)
    moment = timezone.now()
    assert waiting(moment) == 1
    set_aside(n, case, SVH)
    assert (waiting(timezone.now()), waiting(moment)) == (0, 1)
    set_aside(n, case)
    with patch.object(_prompting, "holding") as asked_for:
        _prompting.prompt_if_filter_failed(case)
    asked_for.assert_not_called()


def test_nobody_is_reminded_of_it(
    sunflowers: Nursery, case: Case, clock: time_machine.Traveller
) -> None:
    keys = owed(case)
    Clock.objects.exclude(key__in=keys).update(stopped_at=timezone.now(), escalate_at=None)
    set_aside(sunflowers, case)
    later(clock, hours=100)
    assert reminded() == []


def test_technical_staff_are_asked_no_more(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    steps = [one for one in run_of(case).definition.steps if one.by == "technical"]
    waiting = Notification.objects.filter(recipient=n.tariq, kind="technical_step")
    assert waiting.filter(seen_at__isnull=True).exists()
    set_aside(n, case)
    assert not waiting.filter(seen_at__isnull=True).exists()
    page = signed_in(n.tariq).get(url(n, "technical_step", run_of(case).pk, steps[0].id)).text
    assert "Not needed any more" in page


@pytest.mark.parametrize("how", ["struck", "started"])
def test_it_is_taken_up_again_alone(sunflowers: Nursery, case: Case, how: str) -> None:
    n = sunflowers
    definition = FILTER
    before = owed(case, definition)
    entry = set_aside(n, case, definition)
    if how == "struck":
        page = url(n, "recorded_in_error", case.pk, entry.pk)
        assert "Take this procedure up again" in signed_in(n.dana).get(page).text
        assert signed_in(n.dana).post(page, {"reason": "It failed."}).status_code == 302
    else:
        form = url(n, "start_procedure", case.pk)
        sent = {"procedure": definition, "reason": "It failed."}
        assert signed_in(n.dana).post(form, sent).status_code == 302

    assert owed(case, definition) == before
    assert Run.objects.filter(subject_id=case.pk, definition_id=definition).count() == 1
    said = case.entries.get(kind="in_error")
    assert (said.text, said.corrects) == ("It failed.", entry)
    with pytest.raises(RuleBroken, match="already under way"):
        started(n, case, definition)
    set_aside(n, case, definition)
    assert owed(case, definition) == set()


def test_a_step_that_begins_it_takes_it_up_again(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(DEVICE, Person("harmed", child=n.kit)))
    walker, begins = Walker(n, case, yes={"worrying-content"}), "welfare-concern"
    started(n, case, begins)
    set_aside(n, case, begins)
    [step] = [one for one in walker.run.definition.steps if begins in one.starts]
    walker.walk(leaving_out=True, until=step.id)
    walker.carry_out(step)

    assert owed(case, begins)
    refused_run = run_of(case, begins)
    with pytest.raises(RuleBroken, match="A step of"):
        asked(n, case, refused_run)


def test_what_was_answered_in_it_since_makes_the_yes_void(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    approval = asked(n, case, run_of(case, WELFARE))
    carried_out(n, case, WELFARE, "answers")
    with pytest.raises(RuleBroken, match="nobody has said yes to exactly this"):
        agreed(approval)
    assert owed(case, WELFARE)


def test_the_others_who_lead_are_told(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    approval = asked(n, case)
    second = next(one for one in those_asked(approval) if one.pk != n.devi.pk)
    asking.approve(by=second, approval=approval, seen=approval.digest)
    told = Notification.objects.filter(kind="procedure_set_aside")
    assert [one.recipient for one in told] == [n.devi]
