"""Duties to look at one's own practice, and to carry what it brings up into the action plan."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone

from foundation.evidence import Finding, Findings, Page, evidence
from safeguarding.law.calendar import LONDON

from .models import Evaluation, Improvement
from .permissions import may_keep_plan

LOOKED = ("OSP-3-03b", "OSP-4-LEAD-09")
PLANNED = ("OSP-3-05", "MTSM-4.5")
PLAN = Page("governance:plan", "The action plan", may_keep_plan)


@evidence(LOOKED, PLAN)
def practice_looked_at(settings: Collection[UUID], at: datetime) -> Findings:
    """Each time practice was looked at, with what is strong and what should improve, counts as kept.

    It is overdue once the last time is longer ago than your interval. One query.
    """
    kept: Counter[UUID] = Counter()
    latest: dict[UUID, datetime] = {}
    rows = Evaluation.objects.filter(setting__in=settings, created_at__lte=at)
    for setting, day in rows.order_by("held_on").values_list("setting", "held_on"):
        kept[setting] += 1
        latest[setting] = datetime.combine(day, time(12), LONDON)
    found = {one: Finding(one, kept=kept[one], latest=latest.get(one)) for one in settings}
    return dict.fromkeys(LOOKED, found)


@evidence(PLANNED, PLAN)
def plan_kept(settings: Collection[UUID], at: datetime) -> Findings:
    """Each thing on the action plan that was seen to counts as kept.

    One that is not yet done counts as owed until its day, and as late after; one that was taken off the plan
    as nothing. One query.
    """
    kept: Counter[UUID] = Counter()
    owed: Counter[UUID] = Counter()
    late: Counter[UUID] = Counter()
    on = timezone.localdate(at)
    rows = Improvement.objects.filter(setting__in=settings, created_at__lte=at)
    rows = rows.exclude(done__left_out=True, done__created_at__lte=at)
    for setting, due_on, done in rows.values_list("setting", "due_on", "done__created_at"):
        into = kept if _by(done, at) else late if due_on < on else owed
        into[setting] += 1
    found = {one: Finding(one, kept[one], owed[one], late[one]) for one in settings}
    return dict.fromkeys(PLANNED, found)


def _by(moment: datetime | None, at: datetime) -> bool:
    """Whether something had happened by then."""
    return moment is not None and moment <= at
