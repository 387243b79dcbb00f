"""Who may read, write and adopt policies. Everyone who works here reads them (class C8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.people.permissions import has_capability
from safeguarding.people.roles import LEADS, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member

WRITERS = LEADS | {Role.MANAGER, Role.DEPUTY_MANAGER}


def readable_by(member: Member) -> Q:
    """Policies of the member's own setting, for all staff."""
    return Q(setting=member.setting_id) if may_read(member) else Q(pk__in=[])


def may_read(member: Member) -> bool:
    """Everyone who works here reads the policies."""
    return has_capability(member, "C8", "R")


def may_write(member: Member) -> bool:
    """Lead, deputies, manager and deputy manager write policies; the committee adopts them."""
    return bool(member.roles & WRITERS)


def may_adopt_duties(member: Member) -> bool:
    """Lead, deputies, manager and deputy manager say which duties the setting takes on, and which not."""
    return may_write(member)
