"""What a person owed is handed on when a role of theirs ends, or they are away."""

from collections.abc import Sequence

from safeguarding.audit.trail import System
from safeguarding.people.models import Member
from safeguarding.people.settling import holds, settles

from .actions import hand_on_clocks
from .models import Clock
from .owing import OWES


@holds
def what_they_owe(members: Sequence[Member]) -> None:
    """Before the first line of the trail, as whoever stops one of these does."""
    owners = [one.pk for one in members]
    rows = Clock.objects.running().filter(owner__in=owners, subject_kind__in=sorted(OWES))
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


@settles
def again(member: Member) -> None:
    """In the transaction of whatever changed about them."""
    hand_on_clocks(by=System("settling", member.setting_id), member=member)
