"""Duties about being told: that anybody can report, complain or blow the whistle, and sees where."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from foundation.evidence import Finding, Findings, Page, evidence
from safeguarding.directory.models import Contact

from .models import Pause
from .permissions import may_keep_form

FORM = Page("portal:keep", "The public form", may_keep_form)
# The form is open to everyone, parents among them, with CEOP and the other lines on it; it takes worries
# about what happened here and elsewhere.
OPEN = ("OSP-10-GEN-01", "OSP-11-CSE-02", "MTSM-2.3", "OSP-4-PAR-04")
# The page says how to complain, and where a whistleblower is heard, in the setting's own words.
SAID = {"complaints": "OSP-10-GEN-02c", "whistleblowing": "OSP-10-GEN-02d"}


@evidence(OPEN, FORM)
def form_is_open(settings: Collection[UUID], at: datetime) -> Findings:
    """Whether anybody could use the public form at that moment. One query."""
    ended = Q(ended__isnull=False, ended__created_at__lte=at)
    paused = set(
        Pause.objects.filter(setting__in=settings, created_at__lte=at)
        .exclude(ended)
        .values_list("setting_id", flat=True)
    )
    found = {
        one: Finding(one, late=1) if one in paused else Finding(one, kept=1) for one in settings
    }
    return dict.fromkeys(OPEN, found)


@evidence(SAID.values(), Page("directory:contacts", "Who to call"))
def ways_are_said(settings: Collection[UUID], at: datetime) -> Findings:
    """Whether the directory said how to complain, and where to blow the whistle. One query."""
    then = Contact.objects.filter(setting__in=settings, slug__in=SAID, created_at__lte=at)
    newest = {(one.slug, one.setting_id): one for one in then.order_by("version")}
    return {
        duty: {one: _said(one, newest.get((slug, one))) for one in settings}
        for slug, duty in SAID.items()
    }


def _said(setting: UUID, contact: Contact | None) -> Finding:
    there = contact is not None and not contact.removed and not contact.is_incomplete
    return Finding(setting, kept=1) if there else Finding(setting, owed=1)
