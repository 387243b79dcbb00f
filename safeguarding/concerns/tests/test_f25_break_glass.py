"""F25: the glass is broken for one child, for an hour, to read and to add; nobody makes it more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.jobs.worker import run_ready
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people import actions as people
from safeguarding.people.models import BreakGlass, Child, Member
from tests.people import anew, signed_in

from .given import IMAGE, a_case, a_report, about, filed, leave_alone, opened

WHY = "She is at the door with a bruise and nobody answers."


def broken(by: Member, child: Child, **changes: Any) -> BreakGlass:
    said = {"code": "in_danger", "reason": WHY} | changes
    return actions.break_glass(by=anew(by), child=child, **said)


def harmed(n: Nursery, child: Child, kind: str = "welfare-concern") -> Case:
    return a_case(n.priya, n.dana, a_report(kind, Person("harmed", child=child)))


def reads(member: Member, case: Case) -> bool:
    return Case.objects.readable_by(anew(member)).filter(pk=case.pk).exists()


def later(**how: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**how))


def test_f25_it_opens_one_childs_ordinary_cases_for_an_hour(sunflowers: Nursery) -> None:
    n = sunflowers
    kits, noors = harmed(n, n.kit), harmed(n, n.noor)
    pictures = harmed(n, n.kit, IMAGE)
    assert not reads(n.morgan, kits)
    broken(n.morgan, n.kit)

    assert reads(n.morgan, kits)
    assert not reads(n.morgan, noors), "another child"
    assert not reads(n.morgan, pictures), "never an imagery case"
    with later(minutes=61):
        assert not reads(n.morgan, kits)


def test_f25_it_reads_and_adds_and_nothing_else(sunflowers: Nursery) -> None:
    n = sunflowers
    case = harmed(n, n.kit)
    broken(n.morgan, n.kit)
    morgan = anew(n.morgan)
    actions.add_entry(by=morgan, case=case, text="The ambulance is here.")
    refused: list[Callable[[], object]] = [
        lambda: actions.ask_to_print_case(by=morgan, case=case, recipient="A", purpose="B"),
        lambda: actions.ask_to_print_file(by=morgan, child=n.kit, recipient="A", purpose="B"),
        lambda: actions.let_know(by=morgan, case=case, member=n.wren, reason="x"),
        lambda: actions.decide(by=morgan, case=case, to_act=False, text="No.", reasons="x"),
        lambda: actions.close_case(by=morgan, case=case, outcome="x"),
        lambda: actions.reclassify_case(by=morgan, case=case, record_class="C2", reason="x"),
    ]
    for one in refused:
        with pytest.raises(PermissionDenied):
            one()


def test_f25_nothing_of_it_can_be_changed_once_it_is_given(sunflowers: Nursery) -> None:
    n = sunflowers
    given = broken(n.morgan, n.kit)
    changes: list[dict[str, Any]] = [
        {"ends_at": timezone.now() + timedelta(days=1)},
        {"child": n.noor},
        {"member": n.sam},
        {"reason": "Another."},
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            BreakGlass.objects.filter(pk=given.pk).update(**change)


def test_f25_it_is_not_extended_widened_or_chained(sunflowers: Nursery) -> None:
    n = sunflowers
    broken(n.morgan, n.kit)
    for child in (n.kit, n.noor):
        with pytest.raises(RuleBroken, match="still running"):
            broken(n.morgan, child)
    with later(minutes=61):
        with pytest.raises(RuleBroken, match="review the last time first"):
            broken(n.morgan, n.kit)
        broken(n.morgan, n.noor)
    with later(minutes=130):
        broken(n.morgan, n.isla)
    with later(days=2), pytest.raises(RuleBroken, match="3 times in 30 days"):
        broken(n.morgan, n.children["theo"])
    with later(days=31):
        broken(n.morgan, n.children["theo"])


def test_f25_who_broke_it_does_not_review_it(sunflowers: Nursery) -> None:
    n = sunflowers
    given = broken(n.morgan, n.kit)
    review = {"was_right": True, "note": "It was right."}
    for who in (n.morgan, n.devi, n.priya):
        with pytest.raises(PermissionDenied):
            actions.review_glass(by=anew(who), broken=given, **review)  # type: ignore[arg-type]
    people.declare_relationship(by=n.cleo, about=n.cleo, kind="close", other_member=n.morgan)
    with pytest.raises(PermissionDenied):
        actions.review_glass(by=anew(n.cleo), broken=given, **review)  # type: ignore[arg-type]
    actions.review_glass(by=n.dana, broken=given, **review)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="reviewed this already"):
        actions.review_glass(by=n.dana, broken=given, **review)  # type: ignore[arg-type]
    assert not Clock.objects.running().filter(subject_id=given.pk).exists()


def test_f25_about_themselves_and_theirs_it_opens_nothing(sunflowers: Nursery) -> None:
    """A child they are close to is not there; an allegation is not there, and makes no difference."""
    n = sunflowers
    people.declare_relationship(by=n.morgan, about=n.morgan, kind="relative", child=n.noor)
    browser = signed_in(n.morgan)
    for child_id in (n.noor.pk, n.dana.pk):
        link = n.setting.link_to("concerns:break_glass", child_id)
        sent = {"code": "in_danger", "reason": WHY}
        assert browser.get(link).status_code == browser.post(link, sent).status_code == 404
    with pytest.raises(PermissionDenied):
        broken(n.morgan, n.noor)

    report = a_report(
        "welfare-concern", Person("alleged", member=n.morgan), Person("harmed", child=n.kit)
    )
    allegation = opened(n.dana, filed(n.priya, report))
    ordinary = harmed(n, n.kit)
    broken(n.morgan, n.kit)
    assert reads(n.morgan, ordinary)
    assert not reads(n.morgan, allegation)


def test_f25_an_allegation_about_another_stays_shut(sunflowers: Nursery) -> None:
    n = sunflowers
    allegation = opened(n.dana, filed(n.priya, about(n.sam)))
    leave_alone(n.dana, allegation)
    actions.name_person(by=n.dana, case=allegation, person=Person("harmed", child=n.kit))
    broken(n.morgan, n.kit)

    assert not reads(n.morgan, allegation)


@pytest.mark.parametrize("who", ["dana", "wren", "priya", "cleo", "tariq", "pat"])
def test_f25_only_a_deputy_or_the_manager_can(sunflowers: Nursery, who: str) -> None:
    n = sunflowers
    link = n.setting.link_to("concerns:break_glass", n.kit.pk)

    assert signed_in(n.people[who]).get(link).status_code == 404
    with pytest.raises(PermissionDenied):
        broken(n.people[who], n.kit)


@pytest.mark.parametrize(
    "changes", [{"reason": "Too short a thing"}, {"reason": " " * 40}, {"code": "x"}]
)
def test_f25_it_asks_why(sunflowers: Nursery, changes: dict[str, str]) -> None:
    with pytest.raises(RuleBroken):
        broken(sunflowers.morgan, sunflowers.kit, **changes)
    assert not BreakGlass.objects.exists()


def test_f25_the_lead_and_the_committee_lead_hear_at_once_and_it_is_chased(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    given = broken(n.morgan, n.kit)
    told = Notification.objects.filter(kind="glass_broken", subject_id=given.pk)

    assert {one.recipient for one in told} == {n.dana, n.cleo}
    assert all(one.is_urgent for one in told)
    run_ready()
    assert {one.to[0] for one in mail.outbox} == {n.dana.user.email, n.cleo.user.email}
    assert all("Kit" not in f"{one.subject}{one.body}" for one in mail.outbox)
    clock = Clock.objects.running().get(subject_id=given.pk)
    assert clock.owner == n.dana
    with time_machine.travel(clock.due_at + timedelta(minutes=1)):
        escalate_missed.call()
    with time_machine.travel(clock.due_at + timedelta(minutes=40)):
        escalate_missed.call()
    chased = Notification.objects.filter(kind="glass_unreviewed")
    assert {one.recipient for one in chased} == {n.dana, n.cleo}


def test_f25_it_is_as_if_it_never_was_when_the_alert_cannot_be_written(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise OSError

    monkeypatch.setattr("safeguarding.concerns.actions.glass.notify", fails)
    with pytest.raises(OSError), transaction.atomic():
        broken(sunflowers.morgan, sunflowers.kit)
    assert not BreakGlass.objects.exists()


def test_f25_each_page_read_under_it_is_marked_and_shown_to_who_reviews(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = harmed(n, n.kit)
    given = broken(n.morgan, n.kit)
    browser = signed_in(n.morgan)
    for page in ("case", "chronology", "people"):
        assert browser.get(n.setting.link_to(f"concerns:{page}", case.pk)).status_code == 200
    marks = Line.objects.filter(event="glass.page_read", subject_id=given.pk)

    assert [one.details["of"] for one in marks] == [str(case.pk)] * 3
    text = (
        signed_in(n.dana).get(n.setting.link_to("concerns:broken_glass", given.pk)).content.decode()
    )
    assert f"chronology ({case})" in text
    assert WHY in text


def test_f25_with_the_role_goes_the_hour(sunflowers: Nursery) -> None:
    n = sunflowers
    case = harmed(n, n.kit)
    case = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=case.pk).update(record_class="C2")
    broken(n.devi, n.kit)
    assert reads(n.devi, case)
    people.end_role(by=n.devi, held=n.devi.roles_held.get(role="deputy"), reason="Too much.")

    assert not reads(n.devi, case)


def test_f25_what_else_is_read_within_the_hour_is_not_told_to_who_reviews(
    sunflowers: Nursery,
) -> None:
    """Or the lead would learn from the review that there is an allegation about her (rule R15)."""
    n = sunflowers
    allegation = opened(n.morgan, filed(n.priya, about(n.dana)))
    given = broken(n.morgan, n.kit)
    browser = signed_in(n.morgan)
    for page in ("case", "chronology"):
        link = n.setting.link_to(f"concerns:{page}", allegation.pk)
        assert browser.get(link).status_code == 200
    text = signed_in(n.dana).get(n.setting.link_to("concerns:broken_glass", given.pk)).content

    assert b"Nothing yet." in text
    assert not Line.objects.filter(event="glass.page_read").exists()


def test_f25_no_gate_of_a_procedure_is_opened_with_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = harmed(n, n.kit)
    run = case.runs.get()
    facts = {one: one == "other-setting" for one in run.definition.by_id["first-facts"].asks}
    actions.answer_step(by=n.dana, case=case, step=StepRef(run, "first-facts"), answers=facts)
    said: dict[str, Any] = {
        "kind": "advice",
        "text": "Wait.",
        "details": [("Who gave the advice?", "Police")],
    }
    ref = StepRef(run, "advice-other-setting")
    actions.record_details(by=n.dana, case=case, step=ref, **said)
    broken(n.morgan, n.kit)

    agreed = {"other-setting-agreed": True}
    ref = StepRef(run, "agree-other-setting")
    with pytest.raises(PermissionDenied):
        actions.answer_step(by=anew(n.morgan), case=case, step=ref, answers=agreed)
    with pytest.raises(PermissionDenied):
        actions.add_entry(by=anew(n.morgan), case=case, text="x", step=StepRef(run, "tell-lead"))
