"""Whether the record of a setting was whole when it was last looked at. Cheap enough to ask anywhere."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.prepared import prepared
from safeguarding.audit.models import Check
from safeguarding.audit.verify import Report

AHEAD = timedelta(days=1)  # no two clocks agree; what is further ahead was written by a wrong one


def is_whole(setting_id: UUID) -> bool:
    """False from the first check that found something wrong until a whole check finds nothing. One query."""
    last = last_that_counts(setting_id)
    return last is None or last.is_intact


def last_that_counts(setting_id: UUID) -> Check | None:
    """The newest check that says something: all of it was walked, or something was wrong. One query."""
    found: list[Check] = _LAST(setting_id, timezone.now() + AHEAD)
    return found[0] if found else None


def _last(setting: UUID, until: datetime) -> QuerySet[Check]:
    says_something = Q(is_whole=True) | Q(is_intact=False)
    rows = Check.objects.filter(says_something, setting_id=setting, created_at__lte=until)
    return rows.order_by("-created_at")[:1]


_LAST = prepared(_last)


def lately(how_long: timedelta) -> tuple[datetime, datetime]:
    """Since when, until when: what a clock that was wrong dated years ahead is no proof for all of them."""
    now = timezone.now()
    return now - how_long, now + AHEAD


def note(setting_id: UUID, report: Report, *, whole: bool, checkpoint: int) -> Check | None:
    """Write down what a check found for a setting, if it says something."""
    problem = report.of(setting_id)
    if problem is None and not whole:
        return None
    return Check.objects.create(
        setting_id=setting_id,
        is_whole=whole,
        is_intact=problem is None,
        checkpoint=checkpoint,
        layer=problem.layer if problem else "",
        position=problem.position if problem else None,
        wrong=problem.wrong if problem else "",
    )
