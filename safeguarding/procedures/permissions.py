"""Who may carry out which step. Who leads a case is decided by `concerns`, which holds the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeguarding.people.roles import LEADERSHIP, STAFF, Role

from .schema import By

if TYPE_CHECKING:
    from safeguarding.people.models import Member

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
