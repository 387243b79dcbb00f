"""Working on a case: what is written, decided, referred, told and given."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.models import (
    Case,
    Decision,
    Entry,
    ParentsInformed,
    Referral,
    ReferralReply,
    Support,
)
from safeguarding.concerns.permissions import may_decide_on, may_write_on
from safeguarding.concerns.report import Mark
from safeguarding.directory.models import Contact
from safeguarding.people.models import Child, Member
from safeguarding.people.permissions import require

from ._replies import await_no_reply, await_reply
from ._writing import Happened, StepRef, hold, write_entry, write_marks

NOT_MADE = (
    "This referral was recorded in error, as the chronology says, and waits for no reply. Nothing was "
    "saved, and your words are kept. Record the referral that was made, and its reply there."
)


@transaction.atomic
def add_entry(
    *,
    by: Member,
    case: Case,
    text: str,
    kind: str = Entry.Kind.NOTE,
    happened_at: Happened = None,
    step: StepRef | None = None,
) -> Entry:
    """Write down what happened, what was said or what the child said."""
    require(may_write_on, by, case)
    entry = write_entry(case, kind, by=by, text=text, happened_at=happened_at, step=step)
    record("case.written_on", case, by=by, content=entry, entry=str(entry.pk), kind=kind)
    return entry


@transaction.atomic
def record_marks(
    *,
    by: Member,
    case: Case,
    marks: Sequence[Mark],
    text: str,
    happened_at: Happened = None,
) -> Entry:
    """Write down marks seen on a child's body: where, and how they looked. Words only, no picture."""
    require(may_write_on, by, case)
    if not marks:
        raise RuleBroken("Choose at least one place where a mark was seen.")
    entry = write_entry(case, Entry.Kind.MARKS, by=by, text=text, happened_at=happened_at)
    write_marks(marks, entry=entry)
    record("case.marks_recorded", case, by=by, content=entry, entry=str(entry.pk), marks=len(marks))
    return entry


@transaction.atomic
def correct_entry(*, by: Member, case: Case, entry: Entry, text: str) -> Entry:
    """Correct an entry by a further one. The first stays as it was, with a pointer to its correction."""
    require(may_write_on, by, case)
    if entry.case_id != case.pk:
        raise RuleBroken("This entry belongs to another case. Nothing was changed.")
    hold(case)
    if not Entry.objects.standing().filter(pk=entry.pk).exists():
        raise RuleBroken(
            "This left the case just now, with the report it belongs to. Nothing was changed."
        )
    correction = write_entry(
        case,
        Entry.Kind.CORRECTION,
        by=by,
        text=text,
        corrects=entry.pk,
        of_report=entry.of_report_id,
    )
    record(
        "case.corrected",
        case,
        by=by,
        content=correction,
        entry=str(entry.pk),
        correction=str(correction.pk),
    )
    return correction


@transaction.atomic
def decide(
    *,
    by: Member,
    case: Case,
    to_act: bool,
    text: str,
    reasons: str,
    happened_at: Happened = None,
    step: StepRef | None = None,
) -> Decision:
    """Record a decision to act, or not to act, and the reasons for it."""
    require(may_decide_on, by, case)
    _check_reasons(reasons)
    entry = write_entry(
        case, Entry.Kind.DECISION, by=by, text=text, happened_at=happened_at, step=step
    )
    decision = Decision.objects.create(
        setting=case.setting, entry=entry, to_act=to_act, reasons=reasons
    )
    record("case.decided", case, by=by, content=decision, entry=str(entry.pk), to_act=to_act)
    return decision


@transaction.atomic
def conclude(
    *,
    by: Member,
    case: Case,
    option: str,
    reasons: str,
    step: StepRef,
    happened_at: Happened = None,
) -> Decision:
    """Record how something turned out: one of the outcomes that the step offers, and the reasons for it."""
    require(may_decide_on, by, case)
    offered = {one.id: one for one in step.run.definition.by_id[step.step_id].options}
    if option not in offered:
        raise RuleBroken("Choose one of the outcomes that this step offers.")
    _check_reasons(reasons)
    entry = write_entry(
        case,
        Entry.Kind.OUTCOME,
        by=by,
        text="",
        details=[("Outcome", offered[option].says)],
        happened_at=happened_at,
        step=step,
    )
    decision = Decision.objects.create(
        setting=case.setting, entry=entry, to_act=offered[option].acts, reasons=reasons
    )
    record("case.concluded", case, by=by, content=decision, entry=str(entry.pk))
    return decision


@transaction.atomic
def refer(
    *,
    by: Member,
    case: Case,
    agency: Contact,
    route: str,
    text: str,
    person: str = "",
    reference: str = "",
    happened_at: Happened = None,
    reply_due: datetime | None = None,
    step: StepRef | None = None,
) -> Referral:
    """Record a referral: agency, route, person spoken to, reference, time and when a reply is due."""
    require(may_decide_on, by, case)
    _check_agency(case, agency, step)
    entry = write_entry(
        case, Entry.Kind.REFERRAL, by=by, text=text, happened_at=happened_at, step=step
    )
    referral = Referral.objects.create(
        setting=case.setting,
        entry=entry,
        agency_slug=agency.slug,
        agency=agency.name,
        route=route,
        person=person,
        reference=reference,
        reply_due=reply_due,
    )
    await_reply(case, referral, by)
    record("case.referred", case, by=by, content=referral, entry=str(entry.pk))
    return referral


@transaction.atomic
def record_reply(
    *, by: Member, case: Case, referral: Referral, text: str, happened_at: Happened = None
) -> ReferralReply:
    """Record what an agency answered."""
    require(may_write_on, by, case)
    if referral.entry.case_id != case.pk:
        raise RuleBroken("This referral belongs to another case. Nothing was changed.")
    entry = write_entry(case, Entry.Kind.REPLY, by=by, text=text, happened_at=happened_at)
    if timezone.localdate(entry.happened_at) < timezone.localdate(referral.entry.happened_at):
        raise RuleBroken("That day is before the referral. Check the day and the year.")
    reply = ReferralReply.objects.create(setting=case.setting, entry=entry, referral=referral)
    if Entry.objects.filter(corrects=referral.entry_id, kind=Entry.Kind.IN_ERROR).exists():
        raise RuleBroken(NOT_MADE)
    await_no_reply(case, referral)
    record("case.reply_recorded", case, by=by, content=entry, entry=str(entry.pk))
    return reply


@transaction.atomic
def inform_parents(
    *,
    by: Member,
    case: Case,
    were_told: bool,
    text: str,
    who: str = "",
    told_by: str = "",
    happened_at: Happened = None,
    step: StepRef | None = None,
) -> ParentsInformed:
    """Record that parents or carers were told, or the reason why they were not (yet)."""
    require(may_decide_on, by, case)
    if were_told and not who.strip():
        raise RuleBroken("Say who was told.")
    if not text.strip():
        raise RuleBroken("Say what they were told, or why they were not.")
    entry = write_entry(
        case, Entry.Kind.PARENTS_INFORMED, by=by, text=text, happened_at=happened_at, step=step
    )
    informed = ParentsInformed.objects.create(
        setting=case.setting, entry=entry, were_told=were_told, who=who, told_by=told_by
    )
    record(
        "case.parents_decision",
        case,
        by=by,
        content=informed,
        entry=str(entry.pk),
        were_told=were_told,
    )
    return informed


@transaction.atomic
def give_support(
    *,
    by: Member,
    case: Case,
    text: str,
    child: Child | None = None,
    for_whom: str = "",
    happened_at: Happened = None,
    step: StepRef | None = None,
) -> Support:
    """Record the support given to a child involved, or to somebody else."""
    require(may_write_on, by, case)
    entry = write_entry(
        case, Entry.Kind.SUPPORT, by=by, text=text, happened_at=happened_at, step=step
    )
    support = Support.objects.create(
        setting=case.setting, entry=entry, child=child, for_whom=for_whom
    )
    record("case.support_given", case, by=by, content=entry, entry=str(entry.pk))
    return support


def _check_reasons(reasons: str) -> None:
    if not reasons.strip():
        raise RuleBroken("Give the reasons. They are part of the record, above all for not acting.")


def _check_agency(case: Case, agency: Contact, step: StepRef | None) -> None:
    if agency.setting_id != case.setting_id:
        raise RuleBroken("This agency is in the directory of another setting.")
    named = step.run.definition.by_id.get(step.step_id) if step else None
    if named and named.to and agency.slug not in named.to:
        raise RuleBroken("This step asks for a referral to another agency.")
