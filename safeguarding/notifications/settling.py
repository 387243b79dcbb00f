"""What a person owed is handed on when a role of theirs ends, or they are away."""

from safeguarding.audit.trail import System
from safeguarding.people.models import Member
from safeguarding.people.settling import settles

from .actions import hand_on_clocks


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them."""
    hand_on_clocks(by=System("settling", member.setting_id), member=member)
