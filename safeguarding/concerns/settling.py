"""What a person led or owed is handed on when a tie or a role of theirs counts, or they are away."""

from safeguarding.audit.trail import System
from safeguarding.people.models import Member
from safeguarding.people.settling import settles

from .actions import hand_on, shut_out_account


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them."""
    by = System("settling", member.setting_id)
    shut_out_account(by=by, member=member)
    hand_on(by=by, member=member)
