"""Who owes a word on a duty is worked out anew when somebody who owed one may have left."""

from safeguarding.audit.trail import System
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member
from safeguarding.people.settling import settles

from .actions import keep_clocks
from .actions._clocks import KIND


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them. Whoever owed none changes nothing."""
    if Clock.objects.running().filter(owner=member, subject_kind=KIND).exists():
        by = System("words on duties", member.setting_id)
        keep_clocks(by=by, setting=member.setting)
