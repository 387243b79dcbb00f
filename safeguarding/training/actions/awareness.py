"""The plan for learning about life online: what is to happen, and how it went."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.law.calendar import LONDON
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.training import permissions
from safeguarding.training.models import Activity, ActivityAnswer, Reaches

CLOCK = "awareness"
TIME_TO_SAY = timedelta(days=7)
HOW_IT_WENT = "Say how something on the awareness plan went"
SAID_ALREADY = "Somebody has said already how it went. Look at the plan again."
PUT_RIGHT_ALREADY = (
    "Somebody has put this right since you opened the page. Nothing was changed, and your words are kept. "
    "Look at the plan again."
)
WHY_RIGHT = "Write why it is put right. What was said before stays to be read."
TO_COME = "What is still to come cannot be written down yet."
WHY_NOT = "Write why it did not take place."


@transaction.atomic
def plan_activity(
    *, by: Member, title: str, planned_for: date, reaches: Collection[Reaches], event: str = ""
) -> Activity:
    """Put something on the plan. Whoever does is asked afterwards how it went."""
    require(permissions.may_record, by)
    activity = Activity.objects.create(
        setting=by.setting,
        title=title,
        planned_for=planned_for,
        reaches=sorted(reaches),
        event=event,
        planned_by=by,
    )
    now, last = timezone.now(), datetime.combine(planned_for + TIME_TO_SAY, time(17), LONDON)
    start_clock(
        owner=by,
        subject=(CLOCK, activity.pk),
        key="say",
        text=HOW_IT_WENT,
        path=by.setting.link_to("training:activity", activity.pk),
        started_at=now,
        due=Due(max(last, now), rule_text="A week after the day it was planned for"),
    )
    record("activity.planned", activity, by=by, reaches=", ".join(sorted(reaches)))
    return activity


@transaction.atomic
def answer_activity(
    *, by: Member, activity: Activity, held_on: date | None, note: str = ""
) -> ActivityAnswer:
    """Say that it took place, and on which day; or, without a day, why it did not."""
    require(permissions.may_answer_activity, by, activity)
    if _last_number(activity):
        raise RuleBroken(SAID_ALREADY)
    answer = _said(by, activity, 1, held_on, note)
    stop_clocks(setting_id=by.setting_id, subject_id=activity.pk)
    record("activity.answered", activity, by=by, held=held_on is not None)
    return answer


@transaction.atomic
def correct_answer(
    *,
    by: Member,
    activity: Activity,
    seen: int,
    held_on: date | None,
    because: str,
    note: str = "",
) -> ActivityAnswer:
    """Put right how something went: this counts from now, and what was said before stays to be read.

    `seen` is the number of what they put right; somebody else may have done so meanwhile.
    """
    require(permissions.may_answer_activity, by, activity)
    if _last_number(activity) != seen or not seen:
        raise RuleBroken(PUT_RIGHT_ALREADY)
    if not because.strip():
        raise RuleBroken(WHY_RIGHT)
    answer = _said(by, activity, seen + 1, held_on, note, because)
    record("activity.answer_corrected", activity, by=by, held=held_on is not None)
    return answer


def _last_number(activity: Activity) -> int:
    """The number of what was said last; 0 where nothing was. The second of two waits here."""
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    return ActivityAnswer.objects.filter(activity=activity).count()


def _said(
    by: Member, activity: Activity, number: int, held_on: date | None, note: str, because: str = ""
) -> ActivityAnswer:
    if held_on is not None and held_on > timezone.localdate():
        raise RuleBroken(TO_COME)
    if held_on is None and not note.strip():
        raise RuleBroken(WHY_NOT)
    return ActivityAnswer.objects.create(
        setting=by.setting,
        activity=activity,
        number=number,
        held_on=held_on,
        note=note,
        because=because,
        said_by=by,
    )
