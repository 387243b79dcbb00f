"""Who is told next when something of a review was not done in time."""

from datetime import timedelta

from safeguarding.audit.trail import System
from safeguarding.notifications.ladders import ladder
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member, Setting

from .actions import escalate_prompt, escalate_review
from .actions._here import DUE, KIND, PROMPT

EVERY = timedelta(days=3)  # nobody is in danger: the next is told some days later


@ladder(DUE, every=EVERY)
@ladder(KIND, every=EVERY)
def late(clock: Clock) -> list[Member] | None:
    setting = Setting.objects.get(pk=clock.setting_id)
    by = System("escalation", clock.setting_id)
    return escalate_review(by=by, setting=setting, clock=clock)


@ladder(PROMPT, every=EVERY)
def undecided(clock: Clock) -> list[Member] | None:
    setting = Setting.objects.get(pk=clock.setting_id)
    by = System("escalation", clock.setting_id)
    return escalate_prompt(by=by, setting=setting, clock=clock)
