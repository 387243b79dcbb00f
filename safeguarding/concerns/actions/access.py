"""Who is in a case: people involved, people let in, and the class that guards it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable
from safeguarding.audit.trail import record
from safeguarding.concerns import kinds, seals
from safeguarding.concerns.deadlines import hand_over_clocks
from safeguarding.concerns.models import (
    Case,
    Concern,
    Entry,
    InErrorOnCase,
    Involvement,
    NeedToKnow,
    NeedToKnowEnded,
    Reclassification,
)
from safeguarding.concerns.permissions import (
    is_shut_out_of_case,
    may_decide_on,
    may_let_know,
    may_read_this_case,
)
from safeguarding.concerns.report import Person
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.procedures.schema import Definition

from ._accounts import name_other_accounts
from ._leading import replace_who_went, who_leads
from ._writing import begin, guard_as, hold, refuse_who_may_not_read, write_entry

FOR_PICTURES_ALONE = (
    "A procedure for pictures begins here only where the case is guarded as one about a picture of a child "
    "(C4). Nothing was changed. Choose that class, or leave the procedure empty."
)


@transaction.atomic
def let_know(
    *, by: Member, case: Case, member: Member, reason: str, until: date | None = None
) -> NeedToKnow:
    """Let someone into a case because they need to know (rule R5)."""
    require(may_let_know, by, case)
    hold(case)
    _check_may_come_in(case, member, until)
    seals.ready(case, by)
    granted = NeedToKnow.objects.create(
        setting=case.setting, case=case, member=member, reason=reason, granted_by=by, until=until
    )
    write_entry(case, Entry.Kind.ACCESS, by=by, text=f"{member} was let into this case: {reason}")
    seals.share(case, by)
    record("case.let_know", case, by=by, member=str(member.pk))
    # Of this time: whoever was let in before, and is now again, hears of it again.
    path, subject = case.path, granted.pk
    notify("let_into_case", [member], subject_id=subject, path=path, about_id=case.pk)
    return granted


@transaction.atomic
def end_need_to_know(
    *, by: Member, case: Case, granted: NeedToKnow, reason: str
) -> NeedToKnowEnded:
    """End someone's need to know, from their next request on. Somebody must be left to lead the case."""
    require(may_let_know, by, case)
    if granted.case_id != case.pk:
        raise RuleBroken("That belongs to another case. Nothing was changed.")
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if NeedToKnowEnded.objects.filter(need_to_know=granted).exists():
        raise RuleBroken("This has ended already. Nothing was changed.")
    seals.ready(case, by)
    ended = _off_the_list(case, granted.member, by, reason)
    others = case.need_to_know.filter(ended__isnull=True).select_related("member")
    if not any(may_decide_on(one.member, case) for one in others):
        raise RuleBroken("Somebody must be left who leads this case. Let another person in first.")
    said = "is off the list, and still reads this case by their role"
    said = said if may_read_this_case(granted.member, case) else "no longer reads this case"
    write_entry(case, Entry.Kind.ACCESS, by=by, text=f"{granted.member} {said}: {reason}")
    hand_over_clocks(case)
    record("case.need_to_know_ended", case, by=by, member=str(granted.member_id))
    return ended[granted.pk]


def _off_the_list(
    case: Case, member: Member, by: Member, reason: str
) -> dict[UUID, NeedToKnowEnded]:
    """End each of somebody's places on the list: whoever took a case over may have a second one."""
    places = case.need_to_know.filter(member=member, ended__isnull=True)
    return {
        place.pk: NeedToKnowEnded.objects.create(
            setting=case.setting, need_to_know=place, ended_by=by, reason=reason
        )
        for place in places
    }


@transaction.atomic
def name_person(*, by: Member, case: Case, person: Person) -> Involvement:
    """Add a person to a case. Whoever is thereby named, or tied to them, is shut out at once (rule R14)."""
    require(may_decide_on, by, case)
    if person.is_about_an_adult_here and case.record_class != "C3":
        raise RuleBroken(
            "This would make the case about an adult who works or helps here. Report that as a "
            "concern of its own, so that the right people deal with it."
        )
    hold(case)  # before it is asked who leads it: whoever has just left was not shut out by this
    leading = who_leads(case)
    seals.ready(case, by)
    involvement = Involvement.objects.create(
        setting=case.setting, case=case, added_by=by, **person.as_columns()
    )
    name_other_accounts(involvement)
    write_entry(case, Entry.Kind.PERSON, by=by, text=f"{involvement}")
    replace_who_went(case, by, leading)
    for concern in Concern.objects.filter(gathered__case=case).select_related("setting"):
        seals.close_to(concern)
    record("case.person_added", case, by=by, involvement=str(involvement.pk))
    return involvement


@transaction.atomic
def say_named_in_error(*, by: Member, case: Case, named: Involvement, reason: str) -> Entry:
    """Say that a child in a case has nothing to do with it: it leaves their file, and support is not owed.

    What was sent stays as it was sent, and whoever is close to the child stays shut out: it opens nothing.
    Where the report is taken out of the case, this leaves with it: those it kept out may read the case then.
    """
    require(may_decide_on, by, case)
    hold(case)  # the second of two waits here
    children = case.everyone_involved().filter(child__isnull=False, in_error=False)
    if not children.filter(pk=named.pk).exists():
        raise RuleBroken(
            "Only a child who was chosen in this case can be said to be named in error, once. Nothing was "
            "changed."
        )
    said = f"Named in error: {named}. {reason}"
    of = named.concern_id
    entry = write_entry(case, Entry.Kind.PERSON, by=by, text=said, of_report=of)
    InErrorOnCase.objects.create(setting=case.setting, involvement=named, entry=entry)
    named.in_error = True
    named.save(update_fields=["in_error"])
    record("case.named_in_error", case, by=by, involvement=str(named.pk))
    return entry


@transaction.atomic
def reclassify_case(
    *,
    by: Member,
    case: Case,
    record_class: str,
    reason: str,
    follow: Definition | None = None,
) -> Reclassification:
    """Guard a case more closely, or less, and say why. One about a picture may follow a procedure at once."""
    require(may_decide_on, by, case)
    if follow is not None and not (follow.imagery and record_class == follow.record_class):
        raise RuleBroken(FOR_PICTURES_ALONE)
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    _refuse_class(locked, record_class)
    change = guard_as(case, record_class, by=by, reason=reason, by_hand=True)
    record("case.reclassified", case, by=by, to=record_class)
    if follow is not None:
        begin(case, follow, by, reason)
        record("case.procedure_started", case, by=by, definition=follow.id)
    return change


@transaction.atomic
def rename_case(*, by: Member, case: Case, title: str) -> Case:
    """Give a case another short name. What it was called before stands in its chronology."""
    require(may_decide_on, by, case)
    hold(case)  # before it is asked what it is called: somebody may have changed that just now
    before = Case.objects.readable_by(by).get(pk=case.pk).title
    if isinstance(before, Unreadable):
        raise RuleBroken(f"{before} Then change the name. Nothing was changed.")
    if title == before:
        return case
    said = f"The case is called “{title}” from now. Before, it was called “{before}”."
    write_entry(case, Entry.Kind.NOTE, by=by, text=said)
    case.title = title
    case.save(update_fields=["title"])
    record("case.renamed", case, by=by)
    return case


def _refuse_class(case: Case, record_class: str) -> None:
    if record_class == "C3" and case.record_class != "C3":
        raise RuleBroken(
            "What is said of an adult who works or helps here gets a record of its own, so that this "
            "one tells them nothing. Start an allegation record."
        )
    if record_class == case.record_class:
        raise RuleBroken("The case has this class already. Nothing was changed.")
    looser = kinds.is_looser(record_class, than=case.record_class)
    if looser and case.record_class in {"C3", "C4"}:
        raise RuleBroken("A case about an adult here, or about imagery, keeps its class.")
    if looser and any(kinds.is_looser(record_class, than=one) for one in _asked_for(case)):
        raise RuleBroken(
            "This case follows a procedure, or began with a report, that asks for it to be guarded this "
            "closely. It stays so, and nothing was changed."
        )


def _asked_for(case: Case) -> set[str]:
    """The classes that its reports ask for, and its procedures, but for what was begun by mistake."""
    reports = Concern.objects.filter(gathered__case=case).values_list("record_class", flat=True)
    return {*reports, *(run.definition.record_class for run in case.runs if not run.set_aside)}


def _check_may_come_in(case: Case, member: Member, until: date | None) -> None:
    today = timezone.localdate()
    refuse_who_may_not_read(case.setting_id, case.record_class, [member])
    if is_shut_out_of_case(member, case):
        raise RuleBroken("This person is named in the case or tied to someone who is.")
    if until is not None and until < today:
        raise RuleBroken("That day is over. Choose today or a later day, or leave it empty.")
    if case.need_to_know.current(today).filter(member=member).exists():
        raise RuleBroken("This person is already on the list of this case.")
