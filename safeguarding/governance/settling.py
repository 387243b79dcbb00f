"""Who owes a word on a duty is worked out anew when somebody who owed one may have left."""

from collections.abc import Sequence

from safeguarding.audit.trail import System
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member
from safeguarding.people.settling import holds, settles

from .actions import keep_clocks
from .actions._clocks import KIND


@holds
def words(members: Sequence[Member]) -> None:
    """All of a setting, before the first line of the trail: each is worked out with the others."""
    here = Clock.objects.running().filter(setting=members[0].setting_id, subject_kind=KIND)
    list(here.select_for_update(no_key=True).order_by("pk").values_list("pk"))


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them. Whoever owed none changes nothing."""
    if Clock.objects.running().filter(owner=member, subject_kind=KIND).exists():
        by = System("words on duties", member.setting_id)
        keep_clocks(by=by, setting=member.setting)
