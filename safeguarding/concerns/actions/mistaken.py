"""Saying that a device in custody was recorded by mistake: one asks, and it is so once another has said yes.

The chain of custody stays as it was written (ADR 0020). A row of its own ends it, and says that it was none.
"""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.approvals.actions import ask
from safeguarding.approvals.kinds import Arguments
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.mistaken import (
    NOT_ITSELF,
    numbers_of,
    why_device_kept,
    why_not_the_same,
)
from safeguarding.concerns.models import Case, CustodyEnd, CustodyItem, Entry, OfferClosed
from safeguarding.concerns.permissions import may_decide_on_item, may_read_this_case
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from . import _quarantine
from ._custody import held, stop, write
from ._striking import strike
from ._writing import hold, write_entry
from .steps import IN_THE_CHRONOLOGY

BY_MISTAKE = "It was recorded by mistake, as two people said."
NEVER = "The device with custody number {} never was with us. {}"
TWICE = "The device with custody number {} was recorded twice: it is with us under custody number {}. {}"
IN_QUARANTINE = (
    "In quarantine from now, until the police advise: it was recorded a second time, in quarantine."
)
CLOSED_WORDS = (
    "What the chronology says of this device is not open to whoever says yes, so nothing was done. Let them "
    "enter their passphrase, or ask somebody else who reads the case."
)
ELSEWHERE = "that stands on its own page, for whoever may see it"


@transaction.atomic
def ask_to_end_custody(
    *, by: Member, item: CustodyItem, reason: str, same_as: CustodyItem | None = None
) -> Approval:
    """Ask to say that a device was recorded by mistake: it never was with us, or has two numbers (R23)."""
    require(may_decide_on_item, by, item)
    locked, same = _held(by, item, same_as)
    if not reason.strip():
        raise RuleBroken("Say how it was recorded by mistake. The reason is part of the record.")
    case = locked.case
    seals.ready(case, by)
    approval = ask(
        by=by,
        kind="device_by_mistake",
        arguments=_exactly(locked, same, reason),
        about_id=case.pk,
        sealed_with=case.text_key(),
    )
    record("custody.mistake_asked", locked, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def end_custody_by_mistake(
    *,
    by: Member,
    item: CustodyItem,
    reason: str,
    approval: Approval,
    same_as: CustodyItem | None = None,
) -> CustodyEnd:
    """Say that a device was recorded by mistake, as a second person said yes to. Its number and log stay.

    A step that was settled with a device that never was is owed again. A quarantine of one that was
    recorded twice holds for the other number.
    """
    require(may_decide_on_item, by, item)
    locked, same = _held(by, item, same_as)
    said = _exactly(locked, same, reason)
    spend(approval, by=by, kind="device_by_mistake", arguments=said)
    second, case = approval.answer.answered_by, locked.case
    end = CustodyEnd.objects.create(
        setting=item.setting,
        item=locked,
        kind=CustodyEnd.Kind.TWICE if same else CustodyEnd.Kind.NEVER,
        same_as=same,
        text=IN_THE_CHRONOLOGY if case.record_class == seals.SEALED else reason,
        recorded_by=by,
        second=second,
    )
    if same:
        _keep_in_quarantine(locked, same, by)
    _write(case, end, by, reason)
    _settle(locked, by)
    _tell(case, end)
    record("custody.ended_by_mistake", locked, by=by, kind=end.kind, second=str(second.pk))
    return end


def _held(
    by: Member, item: CustodyItem, same_as: CustodyItem | None
) -> tuple[CustodyItem, CustodyItem | None]:
    """Both as they are now; nobody hands one on before this is on record or refused."""
    if same_as:
        require(may_decide_on_item, by, same_as)
    cases = {one.case for one in (item, same_as) if one}
    if len(cases) > 1 and any(one.record_class == seals.SEALED for one in cases):
        raise RuleBroken(NOT_ITSELF)
    hold(*cases)
    locked = held(item)
    same = held(same_as) if same_as else None
    if why_not := why_device_kept(locked) or (why_not_the_same(locked, same) if same else ""):
        raise RuleBroken(why_not)
    return locked, same


def _exactly(item: CustodyItem, same: CustodyItem | None, reason: str) -> Arguments:
    """What is agreed to: with its numbers, how it was described, and whether it is in quarantine."""
    return {
        "item": str(item.pk),
        "numbers": numbers_of(item),
        "same_as": str(same.pk) if same else "",
        "reason": reason,
        "quarantine": item.is_quarantined,
        "described": str(item.corrections.count()),
    }


def _keep_in_quarantine(item: CustodyItem, same: CustodyItem, by: Member) -> None:
    """A quarantine is of the device, whatever its number: it goes over where the other has none."""
    if item.is_quarantined and same.is_in_custody and not hasattr(same, "quarantine"):
        _quarantine.place(same, by=by, reason=item.quarantine.reason)
        write(same, by, IN_QUARANTINE)
        record("custody.quarantined", same, by=by)


def _write(case: Case, end: CustodyEnd, by: Member, reason: str) -> None:
    """A correction in the chronology; and what says that a device came to us that never did is struck."""
    about = _about(case, end.item, by)
    counting = set(case.entries.counting().values_list("pk", flat=True))
    if end.same_as:  # which other case it is of is nobody's to learn here
        other = end.same_as.number if end.same_as.case.pk == case.pk else ELSEWHERE
        text = TWICE.format(end.item.number, other, reason)
    else:
        text = NEVER.format(end.item.number, reason)
        for one in about:
            if one.pk in counting:
                strike(case, one, by=by, reason=reason)
    details = [
        ("Custody number", end.item.number),
        ("Second person", end.second.display_name if end.second else ""),
    ]
    first = about[0].pk if about else None
    kind = Entry.Kind.CORRECTION
    write_entry(case, kind, by=by, text=text, details=details, corrects=first)


def _about(case: Case, item: CustodyItem, by: Member) -> list[Entry]:
    """What the chronology says of a device, the oldest first: also under a number said to be the same one."""
    rows = Entry.objects.readable_by(by).filter(case=case, kind=Entry.Kind.CUSTODY)
    found = list(rows.order_by("created_at"))
    if not all(one.details for one in found):  # each has the number of its device, where it is open
        raise RuleBroken(CLOSED_WORDS)
    numbers = [["Custody number", one] for one in numbers_of(item)]
    return [one for one in found if any(list(pair) in numbers for pair in one.details)]


def _settle(item: CustodyItem, by: Member) -> None:
    """Nobody is asked to take it any more, nor to look at it again."""
    OfferClosed.objects.bulk_create(
        OfferClosed(setting=item.setting, offer=offer, closed_by=by, reason=BY_MISTAKE)
        for offer in item.offers.filter(accepted=None, closed=None)
    )
    stop(item)


def _tell(case: Case, end: CustodyEnd) -> None:
    """The others who lead the case, and whoever it was written down for, if they read it."""
    told = {one.pk: one for one in those_who_lead(case)}
    holder = end.item.now.holder
    if holder and may_read_this_case(holder, case):
        told[holder.pk] = holder
    others = [one for one in told.values() if one.pk not in {end.recorded_by_id, end.second_id}]
    path = end.item.path
    notify("recorded_in_error", others, subject_id=end.pk, path=path, about_id=case.pk)
