"""What the clock does: it asks for reviews that come due, and tells the next person of what was missed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from safeguarding.audit.trail import System, record
from safeguarding.law.local import rule_for
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.roles import Role
from safeguarding.policies.reviews.due import AHEAD, YEARLY, Standing, standings
from safeguarding.policies.reviews.models import ReviewRequest

from ._here import DUE, asked_for_views, end_of, leaders

UNKNOWN_IN = timedelta(weeks=2)  # to find out when a policy was last reviewed


@transaction.atomic
def begin_due(*, by: System, setting: Setting) -> int:
    """Let a clock run for each policy that comes due, and stop those that are not due any more."""
    owner = next(iter(leaders(setting)), None)
    today = timezone.localdate()
    running = {
        one.subject_id: one
        for one in Clock.objects.running().filter(setting=setting, subject_kind=DUE, key="review")
    }
    begun = stopped = 0
    for one in standings([setting.pk]):
        clock = running.get(one.policy_id)
        wanted = one.open_review is None and (one.is_soon(today) or one.is_unknown)
        stays = wanted and clock is not None and _still_asks(clock, one)
        if clock is not None and not stays:
            stopped += stop_clocks(setting_id=setting.pk, subject_id=one.policy_id, key="review")
        if wanted and not stays and owner is not None:
            begun += _begin(one, owner)
    if begun or stopped:
        record("review.due", setting, by=by, policies=begun, not_due_any_more=stopped)
    return begun


@transaction.atomic
def escalate_review(*, by: System, setting: Setting, clock: Clock) -> list[Member] | None:
    """Tell the next person: whose it was, then the others who lead, then the committee's lead."""
    told = _next_told(setting, clock)
    if told:
        kind = "review_views_last" if clock.key.startswith("voice/") else "review_late"
        notify(kind, told, subject_id=clock.pk, path=clock.path)
        record("review.chased", clock, by=by, rung=clock.rung)
    return told


@transaction.atomic
def escalate_prompt(*, by: System, setting: Setting, clock: Clock) -> list[Member] | None:
    """Tell whose it is that nobody decided, then the others who lead. Only who may know what prompts it."""
    if clock.rung > 1:
        return None
    request = ReviewRequest.objects.filter(pk=clock.subject_id)
    wanted = [one for one in leaders(setting) if (one == clock.owner) == (clock.rung == 0)]
    told = [one for one in wanted if request.readable_by(one).exists()]
    notify("review_late", told, subject_id=clock.pk, path=clock.path, about_id=clock.subject_id)
    if told:
        record("review.chased", clock, by=by, rung=clock.rung)
    return told


def _next_told(setting: Setting, clock: Clock) -> list[Member] | None:
    if clock.rung == 0:  # nobody who has left meanwhile
        return list(asked_for_views(setting).filter(pk=clock.owner_id))
    if clock.key.startswith("voice/"):
        return None
    if clock.rung == 1:
        return [one for one in leaders(setting) if one != clock.owner]
    if clock.rung == 2:
        return list(setting.holding({Role.COMMITTEE_LEAD}, timezone.localdate()))
    return None


def _still_asks(clock: Clock, one: Standing) -> bool:
    """Whether a clock asks for what is wanted now: a date that became known, or another rule, moved it."""
    if one.due_on is None:
        return clock.text == _asks(one)
    return (clock.text, clock.due_at) == (_asks(one), end_of(one.due_on))


def _asks(one: Standing) -> str:
    return f"Review “{one.title}”" if one.due_on else f"Say when “{one.title}” was last reviewed"


def _begin(one: Standing, owner: Member) -> int:
    now = timezone.now()
    day = one.due_on or timezone.localdate() + UNKNOWN_IN
    rule = rule_for(one.setting_id, YEARLY, timezone.localdate())
    return start_clock(
        owner=owner,
        subject=(DUE, one.policy_id),
        key="review",
        text=_asks(one),
        path=owner.setting.link_to("policies:reviews"),
        started_at=min(now, end_of(day) - AHEAD),
        due=Due(end_of(day), YEARLY, rule.said),
    )
