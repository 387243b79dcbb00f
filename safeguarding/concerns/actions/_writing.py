"""What several actions share: writing a line of the chronology, starting a procedure, guarding a case.

Only they use it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.prepared import prepared
from safeguarding.audit.trail import record
from safeguarding.concerns import kinds, seals
from safeguarding.concerns.deadlines import hand_over_clocks, sync_clocks
from safeguarding.concerns.models import (
    BodyMark,
    Case,
    Concern,
    Entry,
    NeedToKnow,
    Reclassification,
)
from safeguarding.concerns.permissions import may_decide_on
from safeguarding.concerns.report import Mark
from safeguarding.law.calendar import LONDON
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people import access
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.procedures.actions import complete_step, start_run, take_step_back
from safeguarding.procedures.library import definitions, may_follow
from safeguarding.procedures.models import Outcome, Run
from safeguarding.procedures.ours import adapted
from safeguarding.procedures.schema import Definition

from . import _quarantine

Details = Sequence[tuple[str, str]]
IN_QUARANTINE = "In quarantine from now, until the police advise: this case may be about a picture."
Happened = date | None  # a moment; a day, where nobody knows the time; or now


@dataclass(frozen=True)
class StepRef:
    """The step of a run that something is recorded for."""

    run: Run
    step_id: str


Settle = Callable[[], Outcome]


def write_entry(
    case: Case,
    kind: str,
    *,
    by: Member,
    text: str,
    happened_at: Happened = None,
    details: Details = (),
    step: StepRef | None = None,
    settle: Settle | None = None,
    corrects: UUID | None = None,
    of_report: UUID | None = None,
) -> Entry:
    """Add a line to the chronology; with a step, settle it first, which fails while it is locked."""
    now = timezone.now()
    moment = _moment_of(happened_at, now)
    hold(case)
    if not case.is_open and kind != Entry.Kind.REOPENED:
        raise RuleBroken("This case is closed. Reopen it, saying why, to add to it.")
    seals.ready(case, by)
    outcome = _settled(case, by, step, settle)
    entry = Entry.objects.create(
        setting=case.setting,
        case=case,
        kind=kind,
        written_by=by,
        text=text,
        happened_at=moment,
        time_known=happened_at is None or isinstance(happened_at, datetime),
        created_at=now,
        details=[list(pair) for pair in details],
        outcome=outcome,
        corrects_id=corrects,
        of_report_id=of_report,
    )
    if step:
        follow(case, step.run)
        _start_what_follows(case, by, step, outcome)
    return entry


def hold(*cases: Case) -> None:
    """Nobody closes these, nor writes on them, before this is on record or refused.

    Rows that refer to a case do not wait for it; closing does, so that it sees them all. Whether one is
    open is then asked anew: a list may have known it before.
    """
    for case in sorted(cases, key=lambda one: one.pk):
        _HOLD(case.pk)
        vars(case).pop("known_open", None)


def _held(case: UUID) -> "QuerySet[Case, tuple[UUID]]":
    return Case.objects.select_for_update(no_key=True).filter(pk=case).values_list("pk")


_HOLD = prepared(_held)


def _moment_of(happened_at: Happened, now: datetime) -> datetime:
    """The moment; of a day alone about noon, and of today now, after what was written before."""
    if happened_at in {None, timezone.localdate(now)}:
        return now
    if isinstance(happened_at, datetime):
        moment = happened_at
    else:
        moment = datetime.combine(happened_at, time(12), LONDON)
    if moment > now:
        raise RuleBroken("That date and time have not come yet. Write when it happened.")
    return moment


def _start_what_follows(case: Case, by: Member, step: StepRef, outcome: Outcome | None) -> None:
    """Begin the procedures that a step, once done, starts on the same case; those under way go on."""
    named = step.run.definition.by_id[step.step_id].starts
    if not named or outcome is None or outcome.how != Outcome.How.DONE:
        return
    under_way = {run.definition_id for run in case.runs if not run.set_aside}
    for one in named:
        # A run may be older than a procedure that has gone since.
        if one in definitions() and one not in under_way:
            begin(case, definitions()[one], by, f"A step of “{step.run.title}” begins it.")
            record("case.procedure_started", case, by=by, definition=one)


def _settled(case: Case, by: Member, step: StepRef | None, settle: Settle | None) -> Outcome | None:
    if settle is not None:
        return settle()
    if step is None:
        return None
    if step.run.subject_id != case.pk:
        raise RuleBroken("This step belongs to another case. Nothing was changed.")
    # Whoever broke the glass adds to the case; its procedure is carried out by those who lead it (R21).
    require(may_decide_on, by, case)
    return complete_step(by=by, leads=True, run=step.run, step_id=step.step_id)


def write_marks(
    marks: Sequence[Mark], *, concern: Concern | None = None, entry: Entry | None = None
) -> None:
    """Keep the marks of a report or entry, numbered as they were written."""
    of = concern or entry
    if of is not None:
        BodyMark.objects.bulk_create(
            BodyMark(
                setting=of.setting, concern=concern, entry=entry, number=n, **mark.as_columns()
            )
            for n, mark in enumerate(marks, 1)
        )


def refuse_who_may_not_read(setting_id: UUID, record_class: str, members: Iterable[Member]) -> None:
    """Stop if a person is not of this setting, or their roles would not let them read such a record."""
    for member in members:
        if member.setting_id != setting_id:
            raise RuleBroken("Only people of this setting can be let into its cases.")
        if not access.scopes(member.roles, record_class, "R") & {"t", "n"}:
            raise RuleBroken(f"The roles of {member} do not let them read a case of this class.")


def begin(case: Case, definition: Definition, by: Member, reason: str) -> Run:
    """Follow a further procedure on a case, which is guarded from now on as that procedure asks."""
    require(may_decide_on, by, case)
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if not may_follow(definition, locked.record_class):
        raise RuleBroken(
            "This procedure is about an adult who works or helps here. Start an allegation record for "
            "it, so that the right people deal with it and the adult does not learn of it."
        )
    guard_for(case, definition, by)
    if aside := set_aside_on(case, definition):
        follow_after_all(case, aside, by, reason)
        return aside.run
    said = f"Started: {definition.title}. {reason}"
    write_entry(case, Entry.Kind.NOTE, by=by, text=said)
    return start_on(case, definition, by)


def guard_for(case: Case, definition: Definition, by: Member) -> None:
    """Guard a case as a procedure asks that it follows from now on, if it is not guarded so closely yet."""
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if kinds.is_looser(locked.record_class, than=definition.record_class):
        reason = f"It follows: {definition.title}"
        guard_as(case, definition.record_class, by=by, reason=reason, by_hand=False)
        record("case.reclassified", case, by=by, to=definition.record_class)


def set_aside_on(case: Case, definition: Definition) -> Outcome | None:
    """What says that a procedure was begun on a case by mistake, where that stands."""
    rows = Outcome.objects.standing().setting_aside().select_related("run")
    here = rows.filter(setting=case.setting_id, run__subject_id=case.pk)
    return here.filter(run__definition_id=definition.id).first()


def follow_after_all(case: Case, aside: Outcome, by: Member, reason: str) -> Entry:
    """Take up again what was set aside as begun by mistake: its steps and its time stand as before."""
    entry = aside.entries.get()
    said = write_entry(case, Entry.Kind.IN_ERROR, by=by, text=reason, corrects=entry.pk)
    take_step_back(by=by, leads=True, outcome=aside)
    follow(case, aside.run)
    return said


def start_on(case: Case, definition: Definition, by: Member) -> Run:
    """Begin a procedure on a case, as this setting follows it. Only for whoever leads the case."""
    ours = adapted(definition, case.setting_id)
    run = start_run(
        by=by,
        leads=True,
        subject_id=case.pk,
        definition=ours.definition,
        facts=case.facts,
        aware_at=case.taken_up_at or case.aware_at,
        own_changes=[change.kind for change in ours.applied],
    )
    follow(case, run)
    if run.definition.imagery:
        _leave_devices_alone(case, by)
    return run


def follow(case: Case, run: Run) -> None:
    """Let the clocks of a procedure follow what was done, and ask technical staff for what is theirs now.

    They do not see the case, so nobody else's message tells them (OSP-11-IMG-07), nor that it is done.
    """
    for clock in sync_clocks(case, run):
        if clock.stopped_at:
            mark_seen(clock.owner, clock.pk)
            continue
        notify(
            "technical_step",
            [clock.owner],
            subject_id=clock.pk,
            about_id=case.pk,
            path=clock.path,
            urgent=clock.due_at <= timezone.now(),
        )


def guard_as(
    case: Case, record_class: str, *, by: Member, reason: str, by_hand: bool
) -> Reclassification:
    """Give a case another class, with the reason. Whoever does so goes on reading it."""
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    change = Reclassification.objects.create(
        setting=case.setting,
        case=case,
        changed_from=locked.record_class,
        changed_to=record_class,
        by_hand=by_hand,
        reason=reason,
        changed_by=by,
    )
    _keep_on_the_list(case, by)
    Case.objects.filter(pk=case.pk).update(record_class=record_class)
    write_entry(case, Entry.Kind.CLASS, by=by, text=f"The class is now {record_class}: {reason}")
    if record_class == "C4":
        _leave_devices_alone(case, by)
    hand_over_clocks(case)
    return change


def _leave_devices_alone(case: Case, by: Member) -> None:
    """A picture may be on a device that came before anybody knew of one: only the police say what follows."""
    for item in _quarantine.place_all(case, by=by):
        number = [("Custody number", item.number)]
        write_entry(case, Entry.Kind.CUSTODY, by=by, text=IN_QUARANTINE, details=number)


def _keep_on_the_list(case: Case, by: Member) -> None:
    """Whoever guards a case more closely goes on reading it; others are let in one by one."""
    current = case.need_to_know.current(timezone.localdate())
    if not current.filter(member=by).exists():
        NeedToKnow.objects.create(
            setting=case.setting,
            case=case,
            member=by,
            reason="changed how closely the case is guarded",
            granted_by=by,
        )
