"""Whose a thing on the action plan is, once whoever was to see to it has left."""

from django.utils import timezone

from safeguarding.notifications.models import Clock
from safeguarding.notifications.owing import owed_by
from safeguarding.people.models import Member
from safeguarding.people.roles import AT_WORK, Role

from .actions import KIND
from .permissions import KEEPERS


@owed_by(KIND)
def of_the_plan(clock: Clock) -> Member | None:
    """Whoever was to see to it, as long as they work here; then the lead, the manager, others who keep it."""
    if clock.owner.roles & AT_WORK:
        return clock.owner
    today = timezone.localdate()
    for roles in ([Role.LEAD], [Role.MANAGER], KEEPERS):
        if keeper := clock.setting.holding(roles, today).first():
            return keeper
    return clock.owner
