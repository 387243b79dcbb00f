"""Devices nobody may use or give back until the police have advised. Only actions use it."""

from safeguarding.audit.trail import record
from safeguarding.concerns.models import Case, CustodyItem, Quarantine
from safeguarding.people.models import Member

BY_PROCEDURE = "The procedure asks for it until the police advise."


def place(item: CustodyItem, *, by: Member, reason: str) -> None:
    Quarantine.objects.create(setting=item.setting, item=item, placed_by=by, reason=reason)


def place_all(case: Case, *, by: Member) -> list[CustodyItem]:
    """Quarantine what a case had before it was about a picture, but for what the police advised on."""
    waiting = CustodyItem.objects.of(case).in_custody().filter(quarantine__isnull=True)
    items = list(waiting.select_related("setting"))
    for item in items:
        place(item, by=by, reason=BY_PROCEDURE)
        record("custody.quarantined", item, by=by)
    return items
