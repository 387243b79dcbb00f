"""What becomes of a concern: a case of its own, part of another case, or nothing further, with reasons."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from foundation.codes import readable_code
from foundation.errors import RuleBroken
from foundation.templatetags.uk import uk_datetime
from safeguarding.audit.trail import record
from safeguarding.concerns import kinds, seals
from safeguarding.concerns.models import (
    Case,
    Concern,
    Entry,
    Gathered,
    NeedToKnow,
    NotTakenForward,
    Undecided,
)
from safeguarding.concerns.permissions import (
    is_shut_out,
    may_be_let_in,
    may_decide_on,
    may_triage,
)
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.access import classes
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.procedures.library import definitions

from ._before import say_where_it_was, say_who_was_named_in_error
from ._leading import replace_who_went, who_leads
from ._letters import bring_along
from ._writing import (
    follow_after_all,
    refuse_who_may_not_read,
    start_on,
    write_entry,
)

DECIDED = (
    "Somebody has already decided what becomes of this report. Go back to the report to see it. Copy "
    "your words first if you want to use them elsewhere: they are kept only on this page."
)
ITS_OWN_RECORD = (
    "That case is about an adult here, and this report is not: others who may read it would see it vanish. "
    "From this report, choose “It is about an adult who works or helps here” and start an allegation record."
)
ABOUT_AN_ADULT = (
    "This report names no adult here: it would vanish before those who may read it now, and one of them may "
    "be the adult. From this report, choose “It is about an adult who works or helps here” and start an "
    "allegation record. For something smaller, report it anew and say who it is. Then decide on this one "
    "by itself."
)


@transaction.atomic
def open_case(
    *,
    by: Member,
    concern: Concern,
    title: str,
    record_class: str,
    procedures: Sequence[str],
    let_know: Sequence[Member] = (),
    reasons: str,
) -> Case:
    """Take a concern forward as a case of its own, with its class, its list and its procedures.

    Also one that was put aside, when more has come to light: the decision before stands in the case.
    """
    require(may_triage, by, concern)
    _in_no_case_yet(by, concern)
    _class_fits(concern, record_class, procedures)
    refuse_who_may_not_read(concern.setting_id, record_class, let_know)
    case = Case(
        setting=concern.setting,
        reference=readable_code(),
        title=title,
        record_class=record_class,
        opened_by=by,
        opened_so_by_hand=not _is_asked_for(record_class, concern, procedures),
        aware_at=concern.created_at,
    )
    new_key = seals.begin(case) if record_class == seals.SEALED else None
    case.save(force_insert=True)
    _let_in(case, concern, by, let_know)
    Gathered.objects.create(setting=case.setting, concern=concern, case=case, gathered_by=by)
    if new_key:
        seals.keep(case, *new_key)
    write_entry(case, Entry.Kind.OPENED, by=by, text=reasons)
    _taken_in(case, concern, by)
    for definition_id in procedures:
        start_on(case, definitions()[definition_id], by)
    record("case.opened", case, by=by, concern=str(concern.pk), record_class=record_class)
    return case


@transaction.atomic
def gather(*, by: Member, concern: Concern, case: Case) -> Gathered:
    """Take a concern into a case that is already open."""
    require(may_triage, by, concern)
    require(may_decide_on, by, case)
    _in_no_case_yet(by, concern)
    # As it is now, not as it was shown: its class, and who leads it.
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if kinds.is_looser(case.record_class, than=concern.record_class):
        raise RuleBroken(
            "This report is more closely guarded than that case. Open a case of its own for it, "
            "or change the class of the case first."
        )
    if case.record_class == "C3" and concern.record_class != "C3":
        raise RuleBroken(ITS_OWN_RECORD)
    leading = who_leads(case)
    gathered = Gathered.objects.create(
        setting=case.setting, concern=concern, case=case, gathered_by=by
    )
    _taken_in(case, concern, by)
    _follow_what_it_asks_for(case, concern, by)
    replace_who_went(case, by, leading)
    record("concern.gathered", concern, by=by, case=str(case.pk))
    return gathered


@transaction.atomic
def put_aside(*, by: Member, concern: Concern, reasons: str) -> NotTakenForward:
    """Decide that a concern needs no case. The reasons stay on record, and the report stays readable."""
    require(may_triage, by, concern)
    _still_waiting(by, concern)
    if kinds.is_imagery(concern.kind) or concern.record_class == "C3":
        raise RuleBroken(
            "A report of this kind always becomes a case, so that its procedure can be followed. "
            "If it turns out to be nothing, the case will say so."
        )
    seals.ready(concern, by)
    aside = NotTakenForward.objects.create(
        setting=concern.setting, concern=concern, decided_by=by, reasons=reasons
    )
    _is_decided(concern)
    record("concern.put_aside", concern, by=by, content=aside)
    _tell_reporter(concern)
    return aside


def _still_waiting(by: Member, concern: Concern) -> None:
    Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
    if not Concern.objects.waiting().filter(pk=concern.pk).exists():
        raise RuleBroken(DECIDED)
    # A role of theirs may have ended, or a tie begun to count, while they waited here.
    require(may_triage, by.as_of_now(), concern)


def _in_no_case_yet(by: Member, concern: Concern) -> None:
    Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
    if Gathered.objects.filter(concern=concern).exists():
        raise RuleBroken(DECIDED)
    require(may_triage, by.as_of_now(), concern)  # as above


def _is_decided(concern: Concern) -> None:
    Undecided.objects.filter(concern=concern).delete()
    stop_clocks(setting_id=concern.setting_id, subject_id=concern.pk)


def _class_fits(concern: Concern, record_class: str, procedures: Sequence[str]) -> None:
    unknown = set(procedures) - set(definitions())
    if unknown or not procedures:
        raise RuleBroken("Choose at least one procedure to follow.")
    adults = [one for one in procedures if definitions()[one].record_class == "C3"]
    if concern.record_class != "C3" and (adults or record_class == "C3"):
        raise RuleBroken(ABOUT_AN_ADULT)
    if concern.record_class == "C3" and record_class != "C3":
        raise RuleBroken(
            "A case about an adult who works or helps here is an allegation case (C3)."
        )
    _procedures_fit(record_class, procedures)
    if kinds.is_looser(record_class, than=concern.record_class):
        raise RuleBroken("A case is guarded at least as closely as the report it begins with.")


def _is_asked_for(record_class: str, concern: Concern, procedures: Sequence[str]) -> bool:
    """Whether the report, or a procedure that the case begins with, is guarded as closely as the case."""
    asked = {concern.record_class, *(definitions()[one].record_class for one in procedures)}
    return record_class in asked


def _procedures_fit(record_class: str, procedures: Sequence[str]) -> None:
    chosen = [definitions()[one] for one in procedures]
    about_an_adult = any(one.record_class == "C3" for one in chosen)
    if record_class == "C3" and not about_an_adult:
        raise RuleBroken(
            "A case about an adult who works or helps here follows the procedure for an allegation, "
            "for a low-level concern or another about adults. Choose one of them; others may be added."
        )
    for definition in chosen:
        if kinds.is_looser(record_class, than=definition.record_class):
            raise RuleBroken(
                f"A case that follows “{definition.title}” is guarded more closely: choose "
                f"“{classes()[definition.record_class]}” ({definition.record_class})."
            )


def _let_in(case: Case, concern: Concern, by: Member, further: Sequence[Member]) -> None:
    told = [row.member for row in concern.recipients.select_related("member__setting")]
    if any(is_shut_out(member, concern.pk) for member in further):
        raise RuleBroken(
            "One of the people chosen is named in this report or tied to someone in it."
        )
    reasons = dict.fromkeys(further, "let in when the case was opened")
    reasons |= {
        member: "told when it was reported"
        for member in told
        if may_be_let_in(member, case) and not is_shut_out(member, concern.pk)
    }
    reasons[by] = "opened the case"
    NeedToKnow.objects.bulk_create(
        NeedToKnow(setting=case.setting, case=case, member=member, reason=reason, granted_by=by)
        for member, reason in reasons.items()
    )
    path = case.setting.link_to("concerns:case", case.pk)
    notify("let_into_case", set(reasons) - {by}, subject_id=case.pk, path=path)


def _taken_in(case: Case, concern: Concern, by: Member) -> None:
    write_entry(
        case, Entry.Kind.GATHERED, by=by, text=f"Report {concern.code} is part of this case."
    )
    _bring_the_decision_along(case, concern, by)
    say_who_was_named_in_error(case, concern, by)
    say_where_it_was(case, concern, by)
    bring_along(concern, case, by)
    _is_decided(concern)
    mark_seen(by, concern.pk)
    _tell_reporter(concern)


def _follow_what_it_asks_for(case: Case, concern: Concern, by: Member) -> None:
    """A report of a picture takes up again what was set aside because no report spoke of one.

    The procedure for its kind; or another for pictures, where none is followed.
    """
    if not kinds.is_imagery(concern.kind):
        return
    own = kinds.definition_of(concern.kind).id
    runs = [one for one in case.runs if one.definition.imagery]
    runs.sort(key=lambda one: one.definition_id != own)
    aside = next((one.set_aside for one in runs if one.set_aside), None)
    if aside and (aside.run.definition_id == own or all(one.set_aside for one in runs)):
        follow_after_all(case, aside, by, f"Report {concern.code} asks for it.")


def _bring_the_decision_along(case: Case, concern: Concern, by: Member) -> None:
    """Where the report was put aside before, its case says so, by whom, when and why."""
    asides = NotTakenForward.objects.filter(Q(concern=concern) | Q(before=concern))
    for aside in asides.select_related("decided_by").order_by("created_at"):
        when, who = uk_datetime(aside.created_at), aside.decided_by
        text = f"Report {concern.code} was put aside on {when} by {who}, because: {aside.reasons}"
        write_entry(case, Entry.Kind.NOTE, by=by, text=text, of_report=concern.pk)


def _tell_reporter(concern: Concern) -> None:
    if concern.reported_by is None:  # they come back with their receipt and see it there
        return
    path = concern.setting.link_to("concerns:receipt", concern.pk)
    # Their receipt stays theirs, whomever the report has come to name: its root is their own form.
    notify(
        "report_acted_on",
        [concern.reported_by],
        subject_id=concern.pk,
        path=path,
        about_id=concern.key,
    )
