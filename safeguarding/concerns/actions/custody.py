"""Taking a device into custody, and handing it on by two people (rule R35)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.codes import readable_code
from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.deadlines import due_by_rule
from safeguarding.concerns.models import (
    Case,
    CaseItem,
    CustodyEnd,
    CustodyItem,
    Entry,
    Handover,
    Offer,
    OfferClosed,
    QuarantineLifted,
)
from safeguarding.concerns.permissions import (
    may_answer_offer,
    may_close_offer,
    may_hand_over,
    may_have_what_is_offered,
    may_take_item,
    may_witness,
    may_write_on,
)
from safeguarding.notifications.clocks import start_clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_any_of
from safeguarding.people.permissions import require

from . import _quarantine
from ._custody import QUARANTINED, in_custody, stop, stop_holders_clock, write
from ._writing import Happened, StepRef, write_entry

ADVISED = (
    "The police have advised on this device already, so it is not put into quarantine again. Nothing was "
    "changed. Leave that box empty, and ask the police if something new came up."
)

NOT_ANY_MORE = (
    "Your role here does not let you take part in this any more. Nothing was changed. Say no to it, and "
    "it is offered to somebody else."
)


@dataclass(frozen=True)
class Device:
    """What is taken into custody: which device, whose, and from whom it came."""

    what: str
    whose: str
    taken_from: str
    owner: str = ""


@dataclass(frozen=True)
class Receiver:
    """Who is to have a device: somebody here; or somebody outside, with a witness of ours."""

    to: Member | None = None
    purpose: str = Offer.Purpose.KEEP.value
    name: str = ""
    organisation: str = ""
    number: str = ""
    witness: Member | None = None

    def as_columns(self) -> dict[str, Any]:
        """The values of an Offer's own columns."""
        outside = {"outside_name": self.name, "outside_of": self.organisation}
        outside["outside_number"] = self.number
        return {"purpose": self.purpose, "to": self.to, "witness": self.witness, **outside}


@transaction.atomic
def take_into_custody(
    *,
    by: Member,
    case: Case,
    device: Device,
    place: str,
    seal: str = "",
    text: str = "",
    happened_at: Happened = None,
    quarantine: bool = False,
    step: StepRef | None = None,
) -> CustodyItem:
    """Take charge of a device for a case: it gets a number, and whoever records this has it from then."""
    require(may_write_on, by, case)
    item = CustodyItem.objects.create(
        setting=case.setting, number=readable_code(), **device.__dict__
    )
    CaseItem.objects.create(setting=case.setting, case=case, item=item)
    said = {"Custody number": item.number, "Device": device.what, "Place": place}
    said |= {"Bag or seal": seal, "From": device.taken_from, "Taken by": str(by)}
    kind, details = Entry.Kind.CUSTODY, [pair for pair in said.items() if pair[1]]
    entry = write_entry(
        case, kind, by=by, text=text, details=details, step=step, happened_at=happened_at
    )
    Handover.objects.create(
        setting=case.setting,
        item=item,
        number=1,
        began_at=entry.happened_at,
        holder=by,
        place=place,
        seal=seal,
    )
    _quarantine_at_once(item, case, by, step, asked=quarantine)
    record("custody.begun", item, by=by, entry=str(entry.pk))
    return item


@transaction.atomic
def settle_with_device(
    *,
    by: Member,
    case: Case,
    item: CustodyItem,
    step: StepRef,
    text: str = "",
    happened_at: Happened = None,
    quarantine: bool = False,
) -> Entry:
    """Settle a step with a device of the case that is with us already: its number and its log go on."""
    require(may_write_on, by, case)
    locked = in_custody(item)
    if locked.case.pk != case.pk:
        raise RuleBroken("That device belongs to another case. Nothing was changed.")
    if quarantine and QuarantineLifted.objects.filter(quarantine__item=locked).exists():
        raise RuleBroken(ADVISED)
    details = [("Custody number", locked.number), ("Device", locked.described.what)]
    details.append(("Place", locked.now.place))
    entry = write_entry(
        case,
        Entry.Kind.CUSTODY,
        by=by,
        text=text,
        details=details,
        step=step,
        happened_at=happened_at,
    )
    if not hasattr(locked, "quarantine"):
        _quarantine_at_once(locked, case, by, step, asked=quarantine)
    record("custody.settled_step", locked, by=by, entry=str(entry.pk))
    return entry


@transaction.atomic
def offer_handover(
    *, by: Member, item: CustodyItem, receiver: Receiver, place: str, seal: str = "", why: str = ""
) -> Offer:
    """Begin to hand a device over. It stays with whoever has it until the second person says yes."""
    require(may_hand_over, by, item)
    locked = in_custody(item)
    _check_receiver(locked, by, receiver, why)
    offer = Offer.objects.create(
        setting=item.setting,
        item=item,
        offered_by=by,
        instead=why,
        place=place,
        seal=seal,
        **receiver.as_columns(),
    )
    path = item.setting.link_to("concerns:custody_offer", item.pk, offer.pk)
    _await_answer(offer, path)
    notify("handover_offered", [offer.asked], subject_id=offer.pk, path=path, about_id=item.pk)
    record("custody.offered", item, by=by, offer=str(offer.pk))
    return offer


@transaction.atomic
def accept_handover(*, by: Member, offer: Offer) -> Handover:
    """Say that a device changed hands: from this moment the receiver has it."""
    require(may_answer_offer, by, offer)
    item = in_custody(offer.item)
    _still_open(offer)
    if offer.purpose == Offer.Purpose.OWNER and item.is_quarantined:
        raise RuleBroken(QUARANTINED)
    if not may_have_what_is_offered(by, offer):
        raise RuleBroken(NOT_ANY_MORE)
    before = item.now
    handover = _next_holder(before, offer)
    if offer.purpose != Offer.Purpose.KEEP:
        CustodyEnd.objects.create(
            setting=item.setting, item=item, kind=offer.purpose, handover=handover, recorded_by=by
        )
    stop(item, f"offer/{offer.pk}")
    stop_holders_clock(item)
    write(item, by, f"{before.keeper} handed it to {handover.keeper}.", handover)
    record("custody.handed_over", item, by=by, offer=str(offer.pk), number=handover.number)
    return handover


@transaction.atomic
def close_offer(*, by: Member, offer: Offer, reason: str) -> OfferClosed:
    """Take an offered hand-over back, or decline it: the device is where it was all along."""
    require(may_close_offer, by, offer)
    item = in_custody(offer.item)
    _still_open(offer)
    closed = OfferClosed.objects.create(
        setting=item.setting, offer=offer, closed_by=by, reason=reason
    )
    stop(item, f"offer/{offer.pk}")
    record("custody.offer_closed", item, by=by, offer=str(offer.pk))
    return closed


def _await_answer(offer: Offer, path: str) -> None:
    start_clock(
        owner=offer.asked,
        subject=("custody", offer.item_id),
        key=f"offer/{offer.pk}",
        text="Say whether a device was handed over",
        path=path,
        started_at=offer.created_at,
        due=due_by_rule("custody.accept", offer.created_at, offer.setting),
    )


def _next_holder(before: Handover, offer: Offer) -> Handover:
    """From now on whoever was offered it has it; whoever had it has not."""
    columns = ("holder", "witness", "outside_name", "outside_of", "outside_number", "place", "seal")
    from_offer = {name: getattr(offer, "to" if name == "holder" else name) for name in columns}
    return Handover.objects.create(
        setting=offer.setting,
        item=offer.item,
        number=before.number + 1,
        # Not before that, where the clock of the computer was put back.
        began_at=max(timezone.now(), before.began_at),
        follows=before.number,
        follows_from=before.began_at,
        offer=offer,
        **from_offer,
    )


def _quarantine_at_once(
    item: CustodyItem, case: Case, by: Member, step: StepRef | None, *, asked: bool
) -> None:
    """From the start where the procedure or the case says so, or whoever records it."""
    says = step is not None and step.run.definition.by_id[step.step_id].quarantine
    now = Case.objects.get(pk=case.pk)  # it is held by now: it may have come to be about a picture
    imagery = now.record_class == "C4" or any(run.definition.imagery for run in now.runs)
    if says or imagery:
        reason = _quarantine.BY_PROCEDURE
    elif asked:
        reason = "Asked for by whoever recorded it."
    else:
        return
    _quarantine.place(item, by=by, reason=reason)


def _check_receiver(item: CustodyItem, by: Member, receiver: Receiver, why: str) -> None:
    if item.offer is not None:
        raise RuleBroken(
            "A hand-over of this device already waits for somebody’s yes. Take that one back first."
        )
    if item.now.holder_id != by.pk and not why.strip():
        raise RuleBroken("Write why whoever has it cannot hand it over themselves.")
    if receiver.purpose == Offer.Purpose.OWNER and item.is_quarantined:
        raise RuleBroken(QUARANTINED)
    second, may = _second_person(receiver, item)
    if second is None or is_any_of(second, by, item.now.holder) or not may:
        raise RuleBroken(
            "A hand-over needs a second person here who may take part in it. Choose somebody else."
        )
    if receiver.to is None and not (receiver.name.strip() and receiver.organisation.strip()):
        raise RuleBroken("Write the name of whoever takes it, and whom they are from.")


def _second_person(receiver: Receiver, item: CustodyItem) -> tuple[Member | None, bool]:
    if receiver.purpose == Offer.Purpose.KEEP:
        return receiver.to, receiver.to is not None and may_take_item(receiver.to, item)
    return receiver.witness, receiver.witness is not None and may_witness(receiver.witness, item)


def _still_open(offer: Offer) -> None:
    if not Offer.objects.filter(pk=offer.pk, accepted=None, closed=None).exists():
        raise RuleBroken("Somebody has answered this already. Nothing was changed.")
