"""Dates and times as people here say them, in the time of day of the setting."""

import datetime

from django import template
from django.utils import timezone

from foundation.moments import say_date, say_time

register = template.Library()

SOON = datetime.timedelta(hours=24)
Moment = datetime.datetime | datetime.date


@register.filter
def uk_date(at: Moment | None) -> str:
    """Such as Saturday 21 November 2026."""
    if not at:
        return ""
    day = _here(at).date() if isinstance(at, datetime.datetime) else at
    return f"{day:%A} {say_date(day)}"


@register.filter
def uk_datetime(at: Moment | None) -> str:
    """21 November 2026 at 10:42am; a date alone has no time to show."""
    if not at:
        return ""
    if not isinstance(at, datetime.datetime):
        return say_date(at)
    here = _here(at)
    return f"{say_date(here.date())} at {say_time(here.time())}"


@register.filter
def uk_time(at: datetime.datetime | datetime.time | None) -> str:
    """Such as 10:42am."""
    if at is None or at == "":
        return ""
    return say_time(_here(at).time() if isinstance(at, datetime.datetime) else at)


@register.filter
def due(at: datetime.datetime | None, now: datetime.datetime | None = None) -> str:
    """Such as in 2 hours, now, 3 days late. Whole units only, never more time than there is."""
    if not at:
        return ""
    left = at - (now or timezone.now())
    seconds = abs(int(left.total_seconds()))
    if seconds < 60:
        return "now"
    span = _span(seconds)
    return f"in {span}" if left > datetime.timedelta() else f"{span} late"


@register.filter
def urgency(at: datetime.datetime | None, now: datetime.datetime | None = None) -> str:
    """overdue, soon (within a day) or later: how a clock is coloured."""
    if not at:
        return "later"
    left = at - (now or timezone.now())
    if left < datetime.timedelta():
        return "overdue"
    return "soon" if left <= SOON else "later"


def _span(seconds: int) -> str:
    for name, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        # Up to two days in hours: "in 30 hours" says more than "in 1 day".
        if seconds >= (2 * length if name == "day" else length):
            number = seconds // length
            return f"{number} {name}{'' if number == 1 else 's'}"
    return "less than a minute"


def _here(at: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at
