"""Duties about who to call: that the routes for reporting are there, and can be reached."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from foundation.evidence import Finding, Findings, Page, evidence

from .models import Contact

ROUTES = ("OSP-4-LEAD-07", "OSP-11-SVH-01")
# That the LADO can be reached. Not how often they were: a figure that moved with an allegation would
# tell the person it is about (rule R15).
LADO = ("OSP-10-MIS-02", "MTSM-5.2.6", "OSP-11-IIOC-06")


@evidence(ROUTES + LADO, Page("directory:contacts", "Who to call"))
def routes_for_reporting(settings: Collection[UUID], at: datetime) -> Findings:
    """Contacts as they stood: those that say how to be reached, and those that do not. One query."""
    newest = _newest(settings, at)
    every = _counted(settings, newest)
    lado = _counted(settings, [one for one in newest if one.slug == "lado"])
    return dict.fromkeys(ROUTES, every) | dict.fromkeys(LADO, lado)


def _newest(settings: Collection[UUID], at: datetime) -> list[Contact]:
    """Each contact as it stood at a moment."""
    then = Contact.objects.filter(setting__in=settings, created_at__lte=at)
    newest: dict[tuple[UUID, str], Contact] = {}
    for contact in then.order_by("version"):
        newest[contact.setting_id, contact.slug] = contact
    return [one for one in newest.values() if not one.removed]


def _counted(settings: Collection[UUID], contacts: Collection[Contact]) -> dict[UUID, Finding]:
    found = {setting: Finding(setting) for setting in settings}
    for contact in contacts:
        before = found[contact.setting_id]
        late = before.late + contact.is_incomplete
        found[contact.setting_id] = Finding(
            contact.setting_id, kept=before.kept + (not contact.is_incomplete), late=late
        )
    return found
