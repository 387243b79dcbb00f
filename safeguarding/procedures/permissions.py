"""Who may read and adapt procedures, and carry out which step.

Who leads a case is decided by `concerns`, which holds the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.people.permissions import has_capability
from safeguarding.people.roles import LEADERSHIP, STAFF, Role

from .schema import By

if TYPE_CHECKING:
    from safeguarding.people.models import Member

    from .models import Adaptation

WHO: dict[By, frozenset[Role]] = {
    "anyone": STAFF,
    "lead": frozenset(),
    "manager": frozenset({Role.MANAGER}),
    "leadership": LEADERSHIP,
    "technical": frozenset({Role.TECHNICAL}),
}


def may_start_run(member: Member, *, leads: bool) -> bool:
    """Whoever leads the case starts its procedures."""
    return leads and member.is_staff


def may_carry_out(member: Member, by: By, *, leads: bool) -> bool:
    """A step is carried out by those it names; whoever leads the case may record it for them."""
    return leads or bool(member.roles & WHO[by])


def readable_by(member: Member) -> Q:
    """Whoever reads the procedures of a setting sees what it changed in them."""
    return Q(setting=member.setting_id) if may_read(member) else Q(pk__in=[])


def may_read(member: Member) -> bool:
    """Everyone who works or helps here may read the procedures."""
    return has_capability(member, "C8", "R")


def may_adapt(member: Member) -> bool:
    """The lead and the manager adapt the procedures of their setting."""
    return bool(member.roles & {Role.LEAD, Role.MANAGER})


def may_end(member: Member, adaptation: Adaptation) -> bool:
    """The lead and the manager end a change that was made in their own setting."""
    return may_adapt(member) and adaptation.setting_id == member.setting_id
