"""What a person led or owed is handed on when a tie or a role of theirs counts, or they are away."""

from safeguarding.audit.trail import System
from safeguarding.people.models import Member
from safeguarding.people.settling import settles

from .actions import hand_on


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them."""
    hand_on(by=System("settling", member.setting_id), member=member)
