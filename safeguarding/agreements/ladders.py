"""Who is told when a clock of ours is missed."""

from safeguarding.audit.trail import System
from safeguarding.notifications.ladders import ladder
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member

from . import actions
from .models import Agreement


@ladder("agreement")
def unsigned(clock: Clock) -> list[Member] | None:
    """The managers, once for a version; nobody further."""
    agreement = Agreement.objects.select_related("setting").get(pk=clock.subject_id)
    by = System("agreements not signed in time", clock.setting_id)
    if clock.rung == 0:
        return actions.tell_of_unsigned(by=by, agreement=agreement)
    return None
