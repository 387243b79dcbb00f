"""What can be done to a run.

`concerns` calls these once it has asked whether the case may be worked on; `leads` says whether the
member leads the case, which only the case can tell.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from .engine import StepState
from .library import digest
from .models import Outcome, Run
from .permissions import may_carry_out, may_start_run
from .schema import Definition


@transaction.atomic
def start_run(
    *,
    by: Member,
    leads: bool,
    subject_id: UUID,
    definition: Definition,
    facts: Collection[str],
    aware_at: datetime,
) -> Run:
    """Begin a procedure on a case, keeping the definition as it is today. Once for each case."""
    require(may_start_run, by, leads=leads)
    if Run.objects.filter(
        setting=by.setting, subject_id=subject_id, definition_id=definition.id
    ).exists():
        raise RuleBroken(f"“{definition.title}” is already under way on this case.")
    run = Run.objects.create(
        setting=by.setting,
        subject_id=subject_id,
        definition_id=definition.id,
        version=definition.version,
        title=definition.title,
        snapshot=definition.model_dump(mode="json"),
        digest=digest(definition),
        facts=sorted(facts),
        aware_at=aware_at,
        started_by=by,
    )
    record("run.started", run, by=by, definition=definition.id, digest=run.digest)
    return run


@transaction.atomic
def answer_questions(
    *, by: Member, leads: bool, run: Run, step_id: str, answers: Mapping[str, bool]
) -> Outcome:
    """Answer the questions of one step. Answering again is allowed: the newest answer counts."""
    state = _recordable(run, step_id, by)
    require(may_carry_out, by, state.step.by, leads=leads)
    if set(answers) != set(state.step.asks):
        raise RuleBroken("Answer every question of this step, yes or no.")
    outcome = _settle(run, step_id, by, answers=dict(answers))
    record("run.answered", run, by=by, step=step_id)
    return outcome


@transaction.atomic
def complete_step(*, by: Member, leads: bool, run: Run, step_id: str) -> Outcome:
    """Settle a step as done. What was recorded for it is kept by the caller, in the same transaction."""
    state = _recordable(run, step_id, by)
    require(may_carry_out, by, state.step.by, leads=leads)
    if state.step.asks:
        raise RuleBroken("Answer every question of this step, yes or no.")
    outcome = _settle(run, step_id, by)
    record("run.step_done", run, by=by, step=step_id)
    return outcome


@transaction.atomic
def leave_step_out(*, by: Member, leads: bool, run: Run, step_id: str, reason: str) -> Outcome:
    """Decide against a step, or find that it does not apply: only where allowed, and with a reason."""
    state = _recordable(run, step_id, by)
    require(may_carry_out, by, state.step.by, leads=leads)
    if state.way_out is None:
        raise RuleBroken("This step must be done. It cannot be left out.")
    if not reason.strip():
        raise RuleBroken("Say why this step is left out. The reason is part of the record.")
    outcome = _settle(run, step_id, by, how=state.way_out, reason=reason)
    record("run.step_left_out", run, by=by, step=step_id, how=state.way_out)
    return outcome


def _recordable(run: Run, step_id: str, by: Member) -> StepState:
    """The step, if it can be recorded now. Locks the run so that two people cannot settle it at once."""
    locked = Run.objects.select_for_update().get(pk=run.pk)
    state = locked.state(step_id)
    if state is None:
        raise RuleBroken("This procedure has no such step.")
    if state.status == "locked":
        raise RuleBroken("This step is locked. " + " ".join(state.locked_by))
    if not state.may_be_recorded:
        raise RuleBroken("This step is already settled. Add an entry to the case instead.")
    theirs = locked.outcomes.filter(step__in=state.step.apart_from, settled_by=by)
    if state.step.apart_from and theirs.exists():
        raise RuleBroken(
            "Two different people do this, and you have done the other part. Nothing was changed. "
            "Please ask the other person to record this step."
        )
    return state


def _settle(run: Run, step_id: str, by: Member, **how: Any) -> Outcome:
    given = {"how": Outcome.How.DONE, **how}
    return Outcome.objects.create(
        setting=run.setting, run=run, step=step_id, settled_by=by, **given
    )
