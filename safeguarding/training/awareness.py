"""Duties about the plan for learning about life online, for any moment."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from foundation.evidence import Finding, Findings, Page, evidence
from safeguarding.law.calendar import LONDON

from .actions.awareness import TIME_TO_SAY
from .models import Activity, ActivityAnswer, Reaches
from .permissions import may_have_training

WAYS, EVENTS = "OSP-1-04", "OSP-4-DSL-06"
PLAN = Page("training:awareness", "Awareness plan", may_have_training)
A_YEAR = timedelta(days=365)


@evidence([WAYS, EVENTS], PLAN)
def awareness_planned(settings: Collection[UUID], at: datetime) -> Findings:
    """Which of children, staff and families the plan reaches, and the wider events in it. Two queries."""
    rows: dict[UUID, list[Activity]] = defaultdict(list)
    every = Activity.objects.filter(setting__in=settings, created_at__lte=at)
    for one in every.prefetch_related(
        Prefetch("answers", ActivityAnswer.objects.defer("note", "because"))
    ):
        rows[one.setting_id].append(one)
    on = timezone.localdate(at)
    return {
        WAYS: {one: _ways(one, rows[one], at, on) for one in settings},
        EVENTS: {one: _events(one, rows[one], at, on) for one in settings},
    }


def _ways(setting: UUID, planned: list[Activity], at: datetime, on: date) -> Finding:
    reached = {
        whom
        for one in planned
        for whom in one.reaches
        if not _left_out(one, at) and one.planned_for > on - A_YEAR
    }
    return Finding(setting, kept=len(reached), owed=len(Reaches) - len(reached) if planned else 0)


def _events(setting: UUID, planned: list[Activity], at: datetime, on: date) -> Finding:
    events = [one for one in planned if one.event and not _left_out(one, at)]
    held = [answer.held_on for one in events if (answer := _answer(one, at)) and answer.held_on]
    waiting = [one.planned_for for one in events if _answer(one, at) is None]
    late = sum(day + TIME_TO_SAY < on for day in waiting)
    latest = datetime.combine(max(held), time(12), LONDON) if held else None
    return Finding(
        setting,
        kept=len(held),
        owed=0 if held else len(waiting) - late,
        late=late,
        latest=latest,
    )


def _answer(one: Activity, at: datetime) -> ActivityAnswer | None:
    """What was said of it by then, as it was put right by then."""
    said = (answer for answer in one.answers.all() if answer.created_at <= at)
    return max(said, key=lambda answer: answer.number, default=None)


def _left_out(one: Activity, at: datetime) -> bool:
    answer = _answer(one, at)
    return answer is not None and answer.held_on is None
