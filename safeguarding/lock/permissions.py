"""Who may lock, and who keeps the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.approvals.permissions import LAST_ASKED
from safeguarding.people.roles import LEADS, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member

HOLDS = LEADS | {Role.MANAGER}


def may_lock(member: Member) -> bool:
    """The leads and the manager lock the installation, and have a passphrase to unlock it."""
    return bool(member.roles & HOLDS)


def may_keep_keys(member: Member) -> bool:
    """The lead and the manager keep the ways in: sheets, other people's passphrases, the key itself."""
    return bool(member.roles & {Role.LEAD, Role.MANAGER})


def second_for_keys(member: Member) -> Q:
    """Approvals about the ways in for their holders; the last asked where widened. Never about oneself."""
    free = ~Q(about_id=member.pk)
    if may_lock(member):
        return free
    last = member.roles & (LAST_ASKED | {Role.DEPUTY_MANAGER})
    return free & Q(widened__isnull=False) if last else Q(pk__in=[])
