"""Carrying out the steps of a procedure that are not casework of their own."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.deadlines import due_on
from safeguarding.concerns.models import Case, Entry, ReviewAction
from safeguarding.concerns.permissions import is_shut_out_of_case, may_decide_on, may_write_on
from safeguarding.notifications.clocks import start_clock
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.models import Policy
from safeguarding.procedures.actions import answer_questions, leave_step_out
from safeguarding.procedures.models import Run
from safeguarding.procedures.schema import Definition

from ._prompting import prompt_policy
from ._writing import Details, Happened, StepRef, begin, write_entry

IN_THE_CHRONOLOGY = "The reason is in the chronology."


@transaction.atomic
def start_procedure(*, by: Member, case: Case, definition: Definition, reason: str) -> Run:
    """Follow a further procedure on a case."""
    require(may_decide_on, by, case)
    run = begin(case, definition, by, reason)
    record("case.procedure_started", case, by=by, definition=definition.id)
    return run


@transaction.atomic
def answer_step(
    *, by: Member, case: Case, step: StepRef, answers: Mapping[str, bool], text: str = ""
) -> Entry:
    """Answer the questions of a step. What follows from the answers opens, locks or becomes a must."""
    require(may_decide_on, by, case)
    asked = {question.id: question.ask for question in step.run.definition.questions}
    entry = write_entry(
        case,
        Entry.Kind.ANSWERS,
        by=by,
        text=text,
        details=[(asked[one], "Yes" if yes else "No") for one, yes in answers.items()],
        step=step,
        settle=lambda: answer_questions(
            by=by, leads=True, run=step.run, step_id=step.step_id, answers=answers
        ),
    )
    record("case.questions_answered", case, by=by, content=entry, step=step.step_id)
    return entry


@transaction.atomic
def record_details(
    *,
    by: Member,
    case: Case,
    kind: str,
    text: str,
    details: Details,
    step: StepRef,
    happened_at: Happened = None,
) -> Entry:
    """Record a step whose form asks several things, such as a risk assessment."""
    require(may_write_on, by, case)
    if kind == Entry.Kind.CUSTODY:
        raise RuleBroken("A device is taken into custody with a number and a log of its own.")
    entry = write_entry(
        case, kind, by=by, text=text, details=details, step=step, happened_at=happened_at
    )
    record("case.written_on", case, by=by, content=entry, entry=str(entry.pk), kind=kind)
    return entry


@transaction.atomic
def leave_out(*, by: Member, case: Case, step: StepRef, reason: str) -> Entry:
    """Decide against a step, or record that it does not apply, with the reason (a decision not to act)."""
    require(may_decide_on, by, case)
    state = step.run.state(step.step_id)
    if state is None:
        raise RuleBroken("This procedure has no such step.")
    # The words of a sealed record stand in its entries alone. No words are none there either.
    is_sealed = case.record_class == seals.SEALED and reason.strip()
    beside = IN_THE_CHRONOLOGY if is_sealed else reason
    entry = write_entry(
        case,
        Entry.Kind.LEFT_OUT,
        by=by,
        text=reason,
        details=[("Step", state.step.do)],
        step=step,
        settle=lambda: leave_step_out(
            by=by, leads=True, run=step.run, step_id=step.step_id, reason=beside
        ),
    )
    record("case.step_left_out", case, by=by, content=entry, step=step.step_id)
    return entry


@transaction.atomic
def review_handling(
    *,
    by: Member,
    case: Case,
    text: str,
    actions: Sequence[tuple[str, Member, date]],
    step: StepRef,
    policy: Policy | None = None,
) -> Entry:
    """Record how the case was handled, what was learnt, and who changes what by when.

    Where a policy should change, those who lead and may read the case are prompted to look at it.
    """
    require(may_decide_on, by, case)
    if any(is_shut_out_of_case(owner, case) for _, owner, _ in actions):
        raise RuleBroken("Somebody chosen for an action is named in the case or tied to it.")
    entry = write_entry(case, Entry.Kind.REVIEW, by=by, text=text, step=step)
    for words, owner, day in actions:
        action = ReviewAction.objects.create(
            setting=case.setting, entry=entry, text=words, owner=owner, due_on=day
        )
        start_clock(
            owner=owner,
            subject=("case", case.pk),
            key=f"action/{action.pk}",
            text=words,
            path=case.setting.link_to("concerns:action", action.pk),
            started_at=entry.created_at,
            due=due_on(day),
        )
    if policy is not None:
        prompt_policy(case, policy)
    record("case.reviewed", case, by=by, content=entry, actions=len(actions))
    return entry
