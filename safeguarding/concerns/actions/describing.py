"""Putting right how a device in custody was described. What was written first stays beside it."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.models import CustodyItem, DeviceCorrected, Entry
from safeguarding.concerns.permissions import may_decide_on_item
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._custody import held
from ._writing import write_entry
from .custody import Device

LABELS = {"what": "Device", "whose": "Whose", "owner": "Owner", "taken_from": "From"}
AS_BEFORE = "This says nothing else than before. Nothing was changed."


@transaction.atomic
def describe_device(
    *, by: Member, item: CustodyItem, device: Device, reason: str, seal: str = ""
) -> DeviceCorrected:
    """Put right what a device is, whose, from whom it came and its seal. Its log and the first words stay.

    The seal is that of the bag it is in now: a later hand-over says its own. Also of one that has gone:
    what the police have is known by it.
    """
    require(may_decide_on_item, by, item)
    locked = held(item)  # the second of two waits here
    if not reason.strip():
        raise RuleBroken("Say why it is described anew. The reason is part of the record.")
    changed = _changed(locked, device)
    if not (changed or seal.strip()):
        raise RuleBroken(AS_BEFORE)
    corrected = DeviceCorrected.objects.create(
        setting=item.setting,
        item=item,
        number=locked.corrections.count() + 1,
        seal=seal.strip(),
        reason=reason,
        corrected_by=by,
        **device.__dict__,
    )
    _write(by, locked, {**changed, "Bag or seal": seal}, reason)
    record("custody.described_anew", item, by=by, number=corrected.number)
    return corrected


def _changed(item: CustodyItem, device: Device) -> dict[str, str]:
    """What is said otherwise, each by its label, in the words that stand from now on."""
    before = item.described
    changed = {
        label: str(getattr(device, name)) or "Not known"
        for name, label in LABELS.items()
        if getattr(device, name) != getattr(before, name)
    }
    if "Whose" in changed:
        changed["Whose"] = CustodyItem.Whose(device.whose).label
    return changed


def _write(by: Member, item: CustodyItem, changed: dict[str, str], reason: str) -> None:
    """A correction in the chronology of its case while that is open, beside what was written first."""
    case = item.case
    if not case.is_open:
        return
    rows = Entry.objects.readable_by(by).filter(case=case, kind=Entry.Kind.CUSTODY)
    of_it = ("Custody number", item.number)
    first = (
        one.pk
        for one in rows.order_by("created_at")
        if of_it in [tuple(pair) for pair in one.details]
    )
    said = [of_it, *((label, words) for label, words in changed.items() if words)]
    kind = Entry.Kind.CORRECTION
    write_entry(case, kind, by=by, text=reason, details=said, corrects=next(first, None))
