"""Duties to look at policies again, and to hear everyone: shown from the reviews themselves."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from foundation.evidence import Finding, Findings, added, evidence
from safeguarding.law.calendar import due
from safeguarding.law.local import rules_in
from safeguarding.policies.models import DutyAdoption

from .due import standings
from .models import ReviewRequest, ReviewTask, Why
from .models.cycle import ReviewRequestQuerySet

ANSWER_BY = "policy.after-incident"
YEARLY = ("OSP-3-01", "OSP-4-DSL-11", "MTSM-KEY-02", "MTSM-4.1")
ON_A_TRIGGER = ("OSP-3-02",)
ON_GUIDANCE = ("OSP-4-LEAD-01b",)
BY_TASK = {
    "OSP-4-STAFF-01": ReviewTask.Kind.STAFF,
    "OSP-5-STAFF-03b": ReviewTask.Kind.STAFF,
    "OSP-4-PAR-05": ReviewTask.Kind.PARENTS,
    "OSP-4-LEARN-02": ReviewTask.Kind.CHILDREN,
    "OSP-4-TECH-01": ReviewTask.Kind.TECHNICAL,
    "OSP-1-02": ReviewTask.Kind.GUIDANCE,
    "OSP-4-LEAD-01b": ReviewTask.Kind.GUIDANCE,
    "MTSM-1.2": ReviewTask.Kind.GUIDANCE,
}
# Of a task: when it was done, whether it was left out then, and when its review ended.
HOW_IT_CAME = ("done__created_at", "done__left_out", "review__outcome__created_at")
Count = Counter[UUID]


@evidence(YEARLY)
def looked_at_in_time(settings: Collection[UUID], at: datetime) -> Findings:
    """Each policy that was looked at within the year counts as kept.

    One that comes due within six weeks counts as owed; one that is overdue, or whose last review nobody
    knows, as late. Five queries.
    """
    known = standings(settings, at)
    under = _policies_of(settings, at)
    on = timezone.localdate(at)
    found: dict[str, dict[UUID, Finding]] = {}
    for duty in YEARLY:
        kept, owed, late = Count(), Count(), Count()
        for one in known:
            if under.get((one.setting_id, duty)) in {None, one.policy_id} and one.counts:
                late_now = one.is_unknown or one.is_late(on)
                into = late if late_now else owed if one.is_soon(on) else kept
                into[one.setting_id] += 1
        found[duty] = _findings(settings, kept, owed, late)
    return found


@evidence(ON_A_TRIGGER)
def requests_decided(settings: Collection[UUID], at: datetime) -> Findings:
    """Each request to look at a policy that was decided counts as kept.

    One that waits counts as owed, and as late once it has waited longer than the rule for looking at a
    policy after an incident allows. One that only those may know of who know its ground counts once it
    led to a review. Two queries.
    """
    led_to_one = Q(decision__review__isnull=False, decision__created_at__lte=at)
    rows = ReviewRequest.objects.filter(Q(is_close=False) | led_to_one)
    return dict.fromkeys(ON_A_TRIGGER, _decided(rows, settings, at))


@evidence(ON_GUIDANCE)
def guidance_decided(settings: Collection[UUID], at: datetime) -> Findings:
    """Each time guidance changed that a policy cites, and somebody decided what follows, counts as kept.

    One that waits counts as owed, and then as late, by the rule for looking at a policy after an incident.
    Two queries.
    """
    rows = ReviewRequest.objects.filter(why=Why.GUIDANCE)
    return dict.fromkeys(ON_GUIDANCE, _decided(rows, settings, at))


def _decided(
    rows: ReviewRequestQuerySet, settings: Collection[UUID], at: datetime
) -> dict[UUID, Finding]:
    rules = rules_in(settings, timezone.localdate(at))
    kept, owed, late = Count(), Count(), Count()
    rows = rows.filter(setting__in=settings, created_at__lte=at)
    for setting, asked, decided in rows.values_list(
        "setting", "created_at", "decision__created_at"
    ):
        if _by(decided, at):
            kept[setting] += 1
        else:
            until = due(rules[setting][ANSWER_BY].value, asked)
            (late if until < at else owed)[setting] += 1
    return _findings(settings, kept, owed, late)


@evidence(BY_TASK)
def everyone_heard(settings: Collection[UUID], at: datetime) -> Findings:
    """In each review the task of hearing this group, or of checking the guidance, counts once it is done.

    One left out with a reason does not count. While a review is open it is owed, then late. It is overdue
    once the end of the last review that counts is longer ago than your interval. One query.
    """
    total: dict[tuple[str, UUID], Finding] = {}
    on = timezone.localdate(at)
    rows = ReviewTask.objects.filter(setting__in=settings, created_at__lte=at)
    for kind, setting, due_on, *came in rows.values_list("kind", "setting", "due_on", *HOW_IT_CAME):
        one = _of_task(setting, came, at, is_late=due_on < on)
        total[kind, setting] = added(total.get((kind, setting)), one)
    return {
        duty: {one: total.get((kind, one), Finding(one)) for one in settings}
        for duty, kind in BY_TASK.items()
    }


def _of_task(setting: UUID, came: Sequence[Any], at: datetime, *, is_late: bool) -> Finding:
    """What one task of one review shows."""
    done, left_out, ended = came
    if _by(done, at) and not left_out:
        return Finding(setting, kept=1, latest=ended if _by(ended, at) else done)
    if _by(done, at) or _by(ended, at):
        return Finding(setting)
    return Finding(setting, owed=not is_late, late=is_late)


def _policies_of(settings: Collection[UUID], at: datetime) -> dict[tuple[UUID, str], UUID | None]:
    """The policy under which a setting took a duty on, where it said so. The newest row counts."""
    rows = DutyAdoption.objects.filter(setting__in=settings, duty_id__in=YEARLY, created_at__lte=at)
    return {
        (setting, duty): policy
        for setting, duty, policy in rows.order_by("created_at").values_list(
            "setting", "duty_id", "policy"
        )
    }


def _by(moment: datetime | None, at: datetime) -> bool:
    """Whether something had happened by then."""
    return moment is not None and moment <= at


def _findings(
    settings: Collection[UUID], kept: Count, owed: Count, late: Count
) -> dict[UUID, Finding]:
    return {one: Finding(one, kept[one], owed[one], late[one]) for one in settings}
