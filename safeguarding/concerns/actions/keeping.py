"""What the police say of a device in custody, why it is kept, and how that ends."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.deadlines import due_on
from safeguarding.concerns.models import (
    CustodyEnd,
    CustodyItem,
    KeptOn,
    OfferClosed,
    QuarantineLifted,
)
from safeguarding.concerns.permissions import may_decide_on_item
from safeguarding.notifications.clocks import start_clock, stop_clocks
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._custody import IS_OVER, QUARANTINED, held, in_custody, stop, write

DESTROYED = "The police destroyed it, or had it destroyed, before anybody said yes."
LOOKED_AT_WITHIN = timedelta(days=366)


@transaction.atomic
def lift_quarantine(
    *,
    by: Member,
    item: CustodyItem,
    officer: str,
    force: str,
    reference: str,
    advised_at: datetime,
    advice: str,
) -> QuarantineLifted:
    """Record the police advice that ends a quarantine: who gave it, when, under which reference."""
    require(may_decide_on_item, by, item)
    locked = in_custody(item)
    if not locked.is_quarantined:
        raise RuleBroken("This device is not in quarantine.")
    if advised_at > timezone.now():
        raise RuleBroken("That date and time have not come yet. Write when the police said it.")
    _refuse_before_its_time(locked, timezone.localdate(advised_at))
    if not all(said.strip() for said in (officer, force, reference, advice)):
        raise RuleBroken(QUARANTINED)
    lifted = QuarantineLifted.objects.create(
        setting=item.setting,
        quarantine=locked.quarantine,
        officer=officer,
        force=force,
        reference=reference,
        advised_at=advised_at,
        advice=advice,
        recorded_by=by,
    )
    write(item, by, f"Quarantine lifted. {officer}, {force}, reference {reference}: {advice}")
    record("custody.quarantine_lifted", item, by=by)
    return lifted


def _refuse_before_its_time(item: CustodyItem, advised_on: date) -> None:
    """Stop where the police said it before the device came, or before its case was about a picture."""
    if advised_on < timezone.localdate(item.log[0].began_at):
        raise RuleBroken("That is before the device came to us. Write when the police said it.")
    placed_on = timezone.localdate(item.quarantine.created_at)
    if advised_on < placed_on and placed_on > timezone.localdate(item.created_at):
        raise RuleBroken(
            "That is before it came to be in quarantine, so it says nothing of that. Nothing was changed. "
            "Ask the police again, and write what they say now."
        )


@transaction.atomic
def keep_on(*, by: Member, item: CustodyItem, reason: str, look_again_on: date) -> KeptOn:
    """Say why a device stays in custody, also when its case is over, and when to look at it again."""
    require(may_decide_on_item, by, item)
    locked = in_custody(item)
    if look_again_on <= timezone.localdate():
        raise RuleBroken("Choose a later day than today to look at it again.")
    if look_again_on > timezone.localdate() + LOOKED_AT_WITHIN:
        raise RuleBroken("Choose a day within a year. On that day you can say again why it stays.")
    kept = KeptOn.objects.create(
        setting=item.setting, item=item, reason=reason, look_again_on=look_again_on, decided_by=by
    )
    case = locked.case
    stop_clocks(setting_id=item.setting_id, subject_id=case.pk, key=f"kept/{item.pk}")
    start_clock(
        owner=by,
        subject=("case", case.pk),
        key=f"kept/{item.pk}",
        text="Look again at why a device is still kept",
        path=item.path,
        started_at=kept.created_at,
        due=due_on(look_again_on),
    )
    write(item, by, f"It stays in custody: {reason}")
    record("custody.kept_on", item, by=by)
    return kept


@transaction.atomic
def record_destroyed(
    *, by: Member, item: CustodyItem, officer: str, reference: str, text: str
) -> CustodyEnd:
    """Record that the police destroyed a device, or had it destroyed: which officer and reference."""
    require(may_decide_on_item, by, item)
    locked = held(item)
    if any(one.kind != CustodyEnd.Kind.POLICE for one in locked.ends.all()):
        raise RuleBroken(IS_OVER)
    if not (officer.strip() and reference.strip()):
        raise RuleBroken("Write which officer said so, and their reference.")
    end = CustodyEnd.objects.create(
        setting=item.setting,
        item=item,
        kind=CustodyEnd.Kind.DESTROYED,
        officer=officer,
        reference=reference,
        text=text,
        recorded_by=by,
    )
    OfferClosed.objects.bulk_create(
        OfferClosed(setting=item.setting, offer=offer, closed_by=by, reason=DESTROYED)
        for offer in locked.offers.filter(accepted=None, closed=None)
    )
    stop(locked)
    write(item, by, f"Destroyed by the police. {officer}, reference {reference}. {text}".strip())
    record("custody.destroyed", item, by=by)
    return end
