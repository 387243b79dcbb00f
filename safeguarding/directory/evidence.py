"""Duties about who to call: that the routes for reporting are there, and can be reached."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from foundation.evidence import Finding, Findings, evidence

from .models import Contact

ROUTES = ("OSP-4-LEAD-07", "OSP-11-SVH-01")


@evidence(ROUTES)
def routes_for_reporting(settings: Collection[UUID], at: datetime) -> Findings:
    """Contacts as they stood: those that say how to be reached, and those that do not. One query."""
    then = Contact.objects.filter(setting__in=settings, created_at__lte=at)
    newest: dict[tuple[UUID, str], Contact] = {}
    for contact in then.order_by("version"):
        newest[contact.setting_id, contact.slug] = contact
    found = {setting: Finding(setting) for setting in settings}
    for contact in newest.values():
        if not contact.removed:
            before = found[contact.setting_id]
            late = before.late + contact.is_incomplete
            found[contact.setting_id] = Finding(
                contact.setting_id, kept=before.kept + (not contact.is_incomplete), late=late
            )
    return dict.fromkeys(ROUTES, found)
