"""Who is told when a clock of ours is missed."""

from safeguarding.audit.trail import System
from safeguarding.notifications.ladders import ladder
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member

from . import actions
from .models import Agreement, GrantEnded


@ladder("agreement")
def unsigned(clock: Clock) -> list[Member] | None:
    """The managers, once for a version; nobody further."""
    agreement = Agreement.objects.select_related("setting").get(pk=clock.subject_id)
    by = System("agreements not signed in time", clock.setting_id)
    if clock.rung == 0:
        return actions.tell_of_unsigned(by=by, agreement=agreement)
    return None


@ladder("access")
def not_switched_off(clock: Clock) -> list[Member] | None:
    """The managers and the committee lead, once; nobody further."""
    ended = GrantEnded.objects.select_related("setting", "grant").get(pk=clock.subject_id)
    by = System("access not switched off in time", clock.setting_id)
    return actions.tell_of_open_end(by=by, ended=ended) if clock.rung == 0 else None
