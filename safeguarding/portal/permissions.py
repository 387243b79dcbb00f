"""Who may answer people without an account, and who keeps the public form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeguarding.concerns.permissions import may_read_concern
from safeguarding.people.roles import CONFIRMS

if TYPE_CHECKING:
    from safeguarding.people.models import Member

    from .models import Teller


def may_write_to_teller(member: Member, teller: Teller) -> bool:
    """Whoever may read what somebody told us may write to them, and see who they say they are."""
    return may_read_concern(member, teller.concern)


def may_keep_form(member: Member) -> bool:
    """The leads, the managers and the committee lead keep the public form and its poster."""
    return bool(member.roles & CONFIRMS)
