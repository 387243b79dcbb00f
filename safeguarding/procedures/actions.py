"""What can be done to a run, and what a setting can change in its procedures.

For a run, `concerns` calls these once it has asked whether the case may be worked on; `leads` says
whether the member leads the case, which only the case can tell.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.directory.models import Contact
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import require
from safeguarding.people.roles import LEADS, Role

from .adapting import OWN, adapt, changed, refuse_unknown_agencies
from .engine import StepState
from .library import definitions, digest
from .models import Adaptation, Outcome, Run, TakenBack
from .ours import adapted
from .permissions import may_adapt, may_carry_out, may_end, may_start_run
from .schema import Definition, Step

SET_ASIDE = (
    "This procedure was set aside as begun by mistake, so nothing was recorded for it. If it has to be "
    "followed after all, whoever leads the case starts it again."
)


@transaction.atomic
def start_run(
    *,
    by: Member,
    leads: bool,
    subject_id: UUID,
    definition: Definition,
    facts: Collection[str],
    aware_at: datetime,
    own_changes: Sequence[str] = (),
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
        own_changes=list(own_changes),
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


@transaction.atomic
def set_run_aside(*, by: Member, leads: bool, run: Run, reason: str) -> Outcome:
    """Say that a procedure was begun by mistake: what it still asks for is owed no more."""
    require(may_start_run, by, leads=leads)
    locked = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if locked.set_aside:
        raise RuleBroken("This procedure is set aside already. Nothing was changed.")
    if locked.first_done:
        raise RuleBroken("Something was done in this procedure. Nothing was changed.")
    outcome = _settle(locked, "", by, how=Outcome.How.SET_ASIDE, reason=reason)
    record("run.set_aside", run, by=by)
    return outcome


@transaction.atomic
def take_step_back(*, by: Member, leads: bool, outcome: Outcome) -> TakenBack:
    """Say that a step was settled in error: it stands as it did before. Why is kept by the caller."""
    require(may_start_run, by, leads=leads)
    run = Run.objects.select_for_update(no_key=True).get(pk=outcome.run_id)
    if TakenBack.objects.filter(outcome=outcome).exists():
        raise RuleBroken("This step was taken back already. Nothing was changed.")
    taken_back = TakenBack.objects.create(
        setting=outcome.setting, outcome=outcome, taken_back_by=by
    )
    record("run.step_taken_back", run, by=by, step=outcome.step)
    return taken_back


def _recordable(run: Run, step_id: str, by: Member) -> StepState:
    """The step, if it can be recorded now. Locks the run so that two people cannot settle it at once."""
    locked = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    state = locked.state(step_id)
    if state is None:
        raise RuleBroken("This procedure has no such step.")
    if locked.set_aside:
        raise RuleBroken(SET_ASIDE)
    if state.status == "locked":
        raise RuleBroken("This step is locked. " + " ".join(state.locked_by))
    if not state.may_be_recorded:
        raise RuleBroken("This step is already settled. Add an entry to the case instead.")
    _refuse_both_parts(locked, state.step, by)
    return state


def _refuse_both_parts(run: Run, step: Step, by: Member) -> None:
    """Stop whoever did the other part of what two do; the first part may be recorded after the second."""
    later = (one.id for one in run.definition.steps if step.id in one.apart_from)
    apart = {*step.apart_from, *later}
    others = run.outcomes.standing().filter(step__in=apart).select_related("settled_by__user")
    if apart and any(is_one_person(by, one.settled_by) for one in others):
        raise RuleBroken(
            "Two different people do this, and you have done the other part. Nothing was changed. "
            "Please ask the other person to record this step."
        )


def _settle(run: Run, step_id: str, by: Member, **how: Any) -> Outcome:
    """The next outcome of a run, which its caller has locked."""
    before = Outcome.objects.filter(setting=run.setting_id, run=run.pk).count()
    given = {"how": Outcome.How.DONE, "number": before + 1, **how}
    return Outcome.objects.create(
        setting=run.setting, run=run, step=step_id, settled_by=by, **given
    )


@transaction.atomic
def add_step(
    *, by: Member, definition: Definition, step: Mapping[str, Any], place: str, reason: str
) -> Adaptation:
    """Add a step of the setting's own to a procedure, right after another one, for future cases.

    A step that comes without a name (`id`) is given the next one.
    """
    require(may_adapt, by)
    _wait_for_others(by)
    agencies = Contact.objects.readable_by(by).takes_referrals().values_list("slug", flat=True)
    refuse_unknown_agencies(step, set(agencies))
    named = {"id": _next_name(by, definition), **step}
    change = {"step": named, "place": place}
    row = _adapted(by, definition, Adaptation.Kind.ADDS, named["id"], change, reason)
    record("procedure.step_added", row, by=by, definition=definition.id, step=row.step)
    _tell_of(row, by)
    return row


@transaction.atomic
def tighten_deadline(
    *, by: Member, definition: Definition, step_id: str, within: str, reason: str
) -> Adaptation:
    """Give a step an earlier deadline in this setting, for future cases."""
    require(may_adapt, by)
    _wait_for_others(by)
    change = {"within": within or None}
    row = _adapted(by, definition, Adaptation.Kind.SOONER, step_id, change, reason)
    record("procedure.deadline_tightened", row, by=by, definition=definition.id, step=step_id)
    _tell_of(row, by)
    return row


@transaction.atomic
def end_adaptation(*, by: Member, adaptation: Adaptation, reason: str) -> Adaptation:
    """End a change of the setting's own. Cases under way keep what they began with."""
    require(may_end, by, adaptation)
    _wait_for_others(by)
    _refuse_end(adaptation)
    _refuse_without_reason(reason)
    row = Adaptation.objects.create(
        setting=by.setting,
        definition_id=adaptation.definition_id,
        made_for=adaptation.made_for,
        kind=Adaptation.Kind.ENDS,
        step=adaptation.step,
        reason=reason,
        made_by=by,
        ends=adaptation,
    )
    record("procedure.adaptation_ended", row, by=by, step=row.step, ended=str(adaptation.pk))
    _tell_of(row, by)
    return row


def _wait_for_others(by: Member) -> None:
    """Of two who change procedures at the same moment, the second sees what the first one did."""
    Setting.objects.select_for_update(no_key=True).get(pk=by.setting_id)


def _adapted(
    by: Member, definition: Definition, kind: str, step: str, change: dict[str, Any], reason: str
) -> Adaptation:
    """The row of a change, once it fits what stands now."""
    _refuse_without_reason(reason)
    now = adapted(definition, by.setting_id)
    changed(now.definition, kind, step, change, now.rules)
    same = Adaptation.objects.filter(
        setting=by.setting, definition_id=definition.id, kind=kind, step=step
    )
    if kind == Adaptation.Kind.ADDS and same.exists():
        raise RuleBroken(f"A step of yours had the name “{step}” before. Give it another.")
    return Adaptation.objects.create(
        setting=by.setting,
        definition_id=definition.id,
        made_for=definition.version,
        kind=kind,
        step=step,
        change=change,
        reason=reason,
        made_by=by,
    )


def _next_name(by: Member, definition: Definition) -> str:
    """A name for a step that the setting never used before in this procedure."""
    added = Adaptation.objects.filter(
        setting=by.setting, definition_id=definition.id, kind=Adaptation.Kind.ADDS
    )
    taken = set(added.values_list("step", flat=True))
    return next(name for number in count(1) if (name := f"{OWN}{number}") not in taken)


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("Say why this changes. The reason is part of the record.")


def _refuse_end(adaptation: Adaptation) -> None:
    """Stop if it is no change, was ended already, or another change of the setting builds on it."""
    if adaptation.kind == Adaptation.Kind.ENDS:
        raise RuleBroken("That is an end, not a change. Make the change again instead.")
    if Adaptation.objects.filter(ends=adaptation).exists():
        raise RuleBroken("This change was ended already.")
    definition = definitions().get(adaptation.definition_id)
    if definition is None:
        return
    now = adapted(definition, adaptation.setting_id)
    left = [one for one in now.applied if one != adaptation]
    if adapt(definition, left, now.rules).skipped:
        raise RuleBroken("Another change of yours builds on this one. End that one first.")


def _tell_of(row: Adaptation, by: Member) -> None:
    """Tell the leads and the manager that a procedure of the setting was changed."""
    people = row.setting.holding(LEADS | {Role.MANAGER}, timezone.localdate())
    path = row.setting.link_to("procedures:ours", row.definition_id)
    others = [one for one in people if one.pk != by.pk]
    notify("procedure_adapted", others, subject_id=row.pk, path=path)
