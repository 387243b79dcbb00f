"""Saying that something on a case was recorded in error: it counts no more, and stays to be read."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.leading import next_reader_beside
from safeguarding.concerns.models import Case, Entry, Referral
from safeguarding.concerns.permissions import may_decide_on
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import require

from ._replies import await_no_reply, await_reply
from ._striking import strike
from ._writing import guard_for, hold

ANOTHER = "This entry belongs to another case. Nothing was changed."
BY_ITSELF = (
    "Hedgerow wrote this entry by itself, or it is a note that nothing follows from. Nothing was changed. "
    "Correct it: your words are shown beside it."
)
SAID = "Somebody has said already that this was recorded in error. Look at the chronology again."


@transaction.atomic
def say_recorded_in_error(*, by: Member, case: Case, entry: Entry, reason: str) -> Entry:
    """Say that what an entry says never was: its step and its clock stand as before; the entry stays, struck.

    The others who lead the case are told; where nobody else does, who reads it beside them.
    """
    require(may_decide_on, by, case)
    hold(case)  # the second of two waits here
    _refuse(case, entry, reason)
    if entry.outcome and entry.kind == Entry.Kind.SET_ASIDE:  # it is followed after all
        guard_for(case, entry.outcome.run.definition, by)
    said = strike(case, entry, by=by, reason=reason)
    _settle_replies(case, entry, by)
    for action in entry.actions.all():
        stop_clocks(setting_id=case.setting_id, subject_id=case.pk, key=f"action/{action.pk}")
    _tell(case, said, by)
    record("case.recorded_in_error", case, by=by, content=said, entry=str(entry.pk))
    return said


def _refuse(case: Case, entry: Entry, reason: str) -> None:
    if entry.case_id != case.pk:
        raise RuleBroken(ANOTHER)
    if not entry.can_be_in_error:
        raise RuleBroken(BY_ITSELF)
    if not reason.strip():
        raise RuleBroken("Say why it was recorded in error. The reason is part of the record.")
    if Entry.objects.filter(corrects=entry, kind=Entry.Kind.IN_ERROR).exists():
        raise RuleBroken(SAID)


def _tell(case: Case, said: Entry, by: Member) -> None:
    """Who leads the case too; or else the next who reads it, so that nobody strikes what they did unseen."""
    path = case.setting.link_to("concerns:chronology", case.pk)
    others = [one for one in those_who_lead(case) if not is_one_person(one, by)]
    kind = "recorded_in_error" if others else "recorded_in_error_alone"
    told = others or next_reader_beside(case, by)
    notify(kind, told, subject_id=said.pk, path=path, about_id=case.pk)


def _settle_replies(case: Case, entry: Entry, by: Member) -> None:
    """A referral that was not made waits for no reply; one whose reply was not one waits again."""
    if referral := Referral.objects.filter(entry=entry).first():
        await_no_reply(case, referral)
    again = Referral.objects.filter(replies__entry=entry, entry__in=case.entries.awaiting_reply())
    for one in again.select_related("entry"):
        await_reply(case, one, by)
