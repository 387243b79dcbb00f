"""What several actions share: writing a line of the chronology, starting a procedure. Only they use it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.concerns.deadlines import sync_clocks
from safeguarding.concerns.models import BodyMark, Case, Concern, Entry
from safeguarding.concerns.permissions import may_decide_on
from safeguarding.concerns.report import Mark
from safeguarding.people import access
from safeguarding.people.models import Member
from safeguarding.procedures.actions import complete_step, start_run
from safeguarding.procedures.models import Outcome, Run
from safeguarding.procedures.schema import Definition

Details = Sequence[tuple[str, str]]


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
    happened_at: datetime | None = None,
    details: Details = (),
    step: StepRef | None = None,
    settle: Settle | None = None,
    corrects: UUID | None = None,
) -> Entry:
    """Add a line to the chronology; with a step, settle it first, which fails while it is locked."""
    now = timezone.now()
    if happened_at is not None and happened_at > now:
        raise RuleBroken("That date and time have not come yet. Write when it happened.")
    if not case.is_open and kind != Entry.Kind.REOPENED:
        raise RuleBroken("This case is closed. Reopen it, saying why, to add to it.")
    outcome = _settled(case, by, step, settle)
    entry = Entry.objects.create(
        setting=case.setting,
        case=case,
        kind=kind,
        written_by=by,
        text=text,
        happened_at=happened_at or now,
        created_at=now,
        details=[list(pair) for pair in details],
        outcome=outcome,
        corrects_id=corrects,
    )
    if step:
        sync_clocks(case, step.run)
    return entry


def _settled(case: Case, by: Member, step: StepRef | None, settle: Settle | None) -> Outcome | None:
    if settle is not None:
        return settle()
    if step is None:
        return None
    if step.run.subject_id != case.pk:
        raise RuleBroken("This step belongs to another case. Nothing was changed.")
    leads = may_decide_on(by, case)
    return complete_step(by=by, leads=leads, run=step.run, step_id=step.step_id)


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


def start_on(case: Case, definition: Definition, by: Member) -> Run:
    """Begin a procedure on a case, with its clocks. Only for whoever leads the case."""
    run = start_run(
        by=by,
        leads=True,
        subject_id=case.pk,
        definition=definition,
        facts=case.facts,
        aware_at=case.aware_at,
    )
    sync_clocks(case, run)
    return run
