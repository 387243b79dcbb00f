"""Who hears when a word on a duty is late. The worker climbs these."""

from datetime import timedelta

from safeguarding.audit.trail import System
from safeguarding.notifications.ladders import ladder
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member

from .actions import escalate_words
from .plan.actions import KIND, escalate_improvement


@ladder("duties")
def late(clock: Clock) -> list[Member] | None:
    """Whoever owes a word, then the lead and the manager."""
    return escalate_words(by=System("escalation", clock.setting_id), clock=clock)


@ladder(KIND, every=timedelta(days=3))
def plan_late(clock: Clock) -> list[Member] | None:
    """Whoever sees to something on the plan, then the lead and the manager."""
    return escalate_improvement(by=System("escalation", clock.setting_id), clock=clock)
