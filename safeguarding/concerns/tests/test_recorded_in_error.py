"""What was recorded by a slip counts no more: its step, its clock and its duty stand as before."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.evidence import (
    EACH_CHILD,
    SUPPORT,
    SVH,
    each_child_supported,
    support_given,
)
from safeguarding.concerns.models import Case, Entry, Referral
from safeguarding.concerns.papers.case import content_of
from safeguarding.concerns.report import Person
from safeguarding.directory.models import Contact
from safeguarding.notifications.models import Clock, Notification
from safeguarding.procedures.evidence import steps_carried_out
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, a_report, agreed, ended, url
from .walker import Walker

FILTER, TIE = "filtering-breach", "relationship-declared"
WHY = "Pressed the wrong agency: nobody was rung."


@pytest.fixture
def walker(sunflowers: Nursery) -> Walker:
    """A picture case, followed to its end."""
    n = sunflowers
    report = a_report(IMAGE, Person("harmed", child=n.kit))
    walker = Walker(n, a_case(n.sam, n.dana, report), yes={"police-answered"})
    walker.walk(leaving_out=False)
    return walker


def in_error(n: Nursery, entry: Entry, reason: str = WHY) -> Entry:
    return actions.say_recorded_in_error(by=n.dana, case=entry.case, entry=entry, reason=reason)


def of_step(walker: Walker, records: str) -> Entry:
    """The first entry by which such a step was done that has to be."""
    steps = [one.step.id for one in walker.now.values() if one.need == "must"]
    rows = walker.case.entries.filter(outcome__step__in=steps, kind=records)
    return rows.order_by("created_at")[0]


def running(case: Case) -> set[str]:
    return set(Clock.objects.running().filter(subject_id=case.pk).values_list("key", flat=True))


def a_referral(n: Nursery, case: Case, **said: Any) -> Referral:
    agency = Contact.objects.readable_by(n.dana).takes_referrals()[0]
    due = timezone.now() + timedelta(days=1)
    values: dict[str, Any] = {"agency": agency, "route": "101", "text": "Rang.", "reply_due": due}
    return actions.refer(by=n.dana, case=case, **values | said)


def test_a_referral_that_was_not_made_is_owed_again_and_the_case_cannot_close(
    sunflowers: Nursery, walker: Walker
) -> None:
    n, case = sunflowers, walker.case
    entry = of_step(walker, "referral")
    step = entry.outcome.step  # type: ignore[union-attr]
    left = case.still_to_do()
    assert not any("step" in one for one in left)

    in_error(n, entry)

    assert walker.now[step].status == "open"
    assert f"{walker.run.definition_id}/{step}" in running(case)
    assert any("step" in one for one in Case.objects.get(pk=case.pk).still_to_do())
    with pytest.raises(RuleBroken, match="cannot be closed yet"):
        ended(n.dana, case)
    walker.carry_out(walker.now[step].step)
    assert walker.now[step].status == "done"
    assert Case.objects.get(pk=case.pk).still_to_do() == left


def test_it_waits_for_no_reply_and_takes_none(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana)
    referral = a_referral(n, case)
    assert f"reply/{referral.pk}" in running(case)

    in_error(n, referral.entry)

    assert f"reply/{referral.pk}" not in running(case)
    assert not any("Record the reply" in one for one in case.still_to_do())
    with pytest.raises(RuleBroken, match="waits for no reply"):
        actions.record_reply(by=n.dana, case=case, referral=referral, text="Thanks.")


def test_where_the_reply_was_not_one_the_referral_waits_again(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana)
    referral = a_referral(n, case)
    replies = [
        actions.record_reply(by=n.dana, case=case, referral=referral, text="Thanks.").entry
        for _ in range(2)
    ]

    in_error(n, replies[0])
    assert f"reply/{referral.pk}" not in running(case), "another one came"
    in_error(n, replies[1])

    assert f"reply/{referral.pk}" in running(case)
    assert any("Record the reply" in one for one in case.still_to_do())


@pytest.mark.parametrize("kind", ["parents_informed", "support", "custody", "answers", "review"])
def test_a_step_is_open_again_whatever_it_records(
    sunflowers: Nursery, walker: Walker, kind: str
) -> None:
    entry = walker.case.entries.filter(outcome__isnull=False, kind=kind)[0]
    step = entry.outcome.step  # type: ignore[union-attr]
    assert walker.now[step].status == "done"

    in_error(sunflowers, entry)

    assert walker.now[step].status in {"open", "locked"}


def test_a_step_left_out_by_a_slip_can_be_done(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana, a_report(IMAGE, Person("harmed", child=n.kit)))
    walker = Walker(n, case)
    walker.walk(leaving_out=True)
    entry = case.entries.filter(kind="left_out")[0]
    step = entry.outcome.step  # type: ignore[union-attr]
    with pytest.raises(RuleBroken, match="already settled"):
        walker.carry_out(walker.now[step].step)
    in_error(n, entry)
    assert walker.now[step].status == "open"
    walker.carry_out(walker.now[step].step)
    assert walker.now[step].status == "done"


def test_an_answer_that_opened_a_gate_shuts_it(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.sam, n.dana, a_report(FILTER)), yes={"correction-holds"})
    walker.walk(leaving_out=True)
    assert walker.now["review"].status == "done"

    [entry] = walker.case.entries.filter(outcome__step="test-filter")
    in_error(n, entry)

    assert (walker.now["test-filter"].status, walker.now["review"].status) == ("open", "locked")
    with pytest.raises(RuleBroken, match="cannot be closed yet"):
        ended(n.dana, walker.case)


def test_what_two_people_do_is_not_done_by_one_who_does_the_first_part_anew(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana, a_report(TIE, Person("alleged", member=n.sam)))
    walker = Walker(n, case)
    walker.walk(leaving_out=True)
    assert walker.now["manager-decides"].status == "done"
    [first] = case.entries.filter(outcome__step="lead-decides")

    in_error(n, first)

    with pytest.raises(RuleBroken, match="Two different people"):
        walker.carry_out(walker.now["lead-decides"].step, by=n.morgan)
    walker.carry_out(walker.now["lead-decides"].step, by=n.dana)


def test_no_duty_is_met_by_it_from_then_on(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(SVH, Person("harmed", child=n.kit)))
    walker = Walker(n, case)
    walker.walk(leaving_out=True, until="tell-parents")
    walker.carry_out(walker.now["tell-parents"].step)
    given = case.entries.get(kind="support")
    parents = case.entries.get(kind="parents_informed")
    before, moment = counted(n, parents), timezone.now()
    assert before[0] == (1, 0)

    in_error(n, given)
    in_error(n, parents)

    assert counted(n, parents)[0] == (0, 1)
    assert counted(n, parents)[1:] == (before[1] - 1, before[2] - 1)
    assert counted(n, parents, moment) == before, "what was known then stays"


def counted(n: Nursery, entry: Entry, at: datetime | None = None) -> tuple[Any, int, int]:
    """Support for each child, support given, and how often the step of an entry was done."""
    here, then = n.setting.pk, at or timezone.now()
    child = each_child_supported([here], then)[EACH_CHILD[0]][here]
    support = support_given([here], then)[SUPPORT[0]].get(here)
    step = entry.outcome and entry.case.runs.get().definition.by_id[entry.outcome.step]
    duty = step.obligations[0] if step else ""
    done = steps_carried_out([here], then)[duty][here].kept
    return (child.kept, child.owed), support.kept if support else 0, done


def test_it_stands_struck_with_the_reason_on_the_page_and_on_paper(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana, a_report(WELFARE, Person("harmed", child=n.kit)))
    referral = a_referral(n, case)
    dana = signed_in(n.dana)
    address = url(n, "recorded_in_error", case.pk, referral.entry.pk)
    assert address in dana.get(url(n, "chronology", case.pk)).text
    assert address in dana.get(url(n, "correct", case.pk, referral.entry.pk)).text
    assert dana.post(address, {"reason": ""}).status_code == 422

    assert dana.post(address, {"reason": WHY}).status_code == 302

    for page in (url(n, "chronology", case.pk), url(n, "childs_file", n.kit.pk), case.path):
        shown = dana.get(page).text
        assert "<del>" in shown
        assert WHY in shown
        assert url(n, "reply", case.pk, referral.pk) not in shown
        assert len(queries_of(dana, page)) <= MOST, page
    assert dana.get(address).status_code == 404
    struck = [one["in_error"] for one in content_of(case)["items"]]
    assert [one for one in struck if one] == [f"Recorded in error, see entry {len(struck)}: {WHY}"]
    approval = agreed(
        actions.ask_to_print_case(by=n.dana, case=case, recipient="LADO", purpose="x")
    )
    paper = dana.post(approval.of_kind.result(approval))
    assert paper.content.startswith(b"%PDF")


def test_the_others_who_lead_are_told_and_not_what(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana)
    in_error(n, a_referral(n, case).entry)
    told = Notification.objects.filter(kind="recorded_in_error")
    assert [one.recipient for one in told] == [n.devi]


def test_who_may_say_so_of_what_and_once(sunflowers: Nursery) -> None:
    n = sunflowers
    case, other = a_case(n.sam, n.dana), a_case(n.sam, n.dana)
    entry = a_referral(n, case).entry
    with pytest.raises(PermissionDenied):
        actions.say_recorded_in_error(by=n.sam, case=case, entry=entry, reason=WHY)
    with pytest.raises(RuleBroken, match="another case"):
        actions.say_recorded_in_error(by=n.dana, case=other, entry=entry, reason=WHY)
    with pytest.raises(RuleBroken, match="wrote this entry by itself"):
        in_error(n, case.entries.get(kind="opened"))
    with pytest.raises(RuleBroken, match="Say why"):
        in_error(n, entry, reason=" ")
    said = in_error(n, entry)
    for again in (entry, said):
        with pytest.raises(RuleBroken):
            in_error(n, again)


def test_a_closed_case_is_taken_up_again_first(sunflowers: Nursery, walker: Walker) -> None:
    n, case = sunflowers, walker.case
    walker.hand_devices_to_the_police()
    ended(n.dana, case)
    entry = of_step(walker, "referral")
    with pytest.raises(RuleBroken, match="Reopen it"):
        in_error(n, entry)
    actions.reopen_case(by=n.dana, case=case, reason="The referral was never made.")
    in_error(n, entry)
    with pytest.raises(RuleBroken, match="cannot be closed yet"):
        ended(n.dana, case)


def test_what_a_review_asked_for_is_asked_no_more(sunflowers: Nursery, walker: Walker) -> None:
    n = sunflowers
    review = walker.case.entries.get(kind="review")
    [action] = review.actions.all()
    assert f"action/{action.pk}" in running(walker.case)
    owner, page = signed_in(action.owner), url(n, "action", action.pk)
    assert "This is done" in owner.get(page).text
    in_error(n, review)
    assert f"action/{action.pk}" not in running(walker.case)
    assert "<del>Action: " in signed_in(n.dana).get(url(n, "chronology", walker.case.pk)).text
    shown = owner.get(page).text
    assert "Not asked for any more" in shown
    assert "This is done" not in shown
    with pytest.raises(RuleBroken, match="not asked for any more"):
        actions.complete_action(by=n.priya, action=action, note="Done.")
