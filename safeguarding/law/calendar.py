"""When something is due. All of it in the time of England, all of it without looking at a clock.

Same clock time: one working day from Friday 16:00 is Monday 16:00, not the end of Monday. It is
the stricter reading, so that whoever meets it meets every other reading too. Whoever starts on a
day that is not a working day has until the end of the last working day counted: Saturday 10:00 and
one working day give Monday, end of day.

Whoever starts later is never due earlier. Three rules keep it so: a day a month lacks becomes the
end of its last day (31 January and a month: 28 February, end of day); a clock time that spring
skips becomes the moment after; an hour that autumn repeats counts, the second time, as over.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from safeguarding.law.values import Unit, Value

LONDON = ZoneInfo("Europe/London")
MONTHS_IN_A_TERM = 4  # where the setting has not entered its terms
FURTHEST = 3660  # days beside those counted: nobody closes for ten years


def due(
    value: Value,
    start: datetime,
    closed: Collection[date] = (),
    *,
    term_ends: Collection[date] = (),
) -> datetime:
    """The last moment for something that began at `start`, in London time.

    `closed` are days beside weekends and bank holidays that do not count as working days. Leave
    it empty for duties to other bodies, who do not close when we do. `term_ends` are the last days
    of the setting's terms; without them a term counts as four months. Raises ValueError for a
    moment without a time zone.
    """
    if start.utcoffset() is None:
        raise ValueError("A deadline counts from a moment with a time zone.")
    length = timedelta(**{value.unit: value.number}) if value.unit in {"minutes", "hours"} else None
    if value.unit is Unit.IMMEDIATELY or length is not None:
        return (start.astimezone(UTC) + (length or timedelta())).astimezone(LONDON)
    local = _wall_clock(start)
    if value.unit is Unit.WORKING_DAYS:
        return _after_working_days(local, value.number, closed)
    if value.unit is Unit.TERMS:
        return _after_terms(local, value.number, term_ends)
    if value.unit is Unit.CALENDAR_DAYS:
        return _moment(local.date() + timedelta(days=value.number), local.time())
    return _after_months(local, value.number * (12 if value.unit is Unit.YEARS else 1))


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Monday to Friday, not a bank holiday in England, and not closed."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in closed


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def _after_working_days(start: datetime, number: int, closed: Collection[date]) -> datetime:
    day, left = start.date(), number
    clock = start.time() if is_working_day(day, closed) else time.max
    for _ in range(FURTHEST + 2 * number):
        day += timedelta(days=1)
        left -= is_working_day(day, closed)
        if left == 0:
            return _moment(day, clock)
    raise ValueError("There are not so many working days within ten years.")


def _after_terms(start: datetime, number: int, term_ends: Collection[date]) -> datetime:
    ends = sorted(day for day in term_ends if day >= start.date())
    if len(ends) >= number:
        return _moment(ends[number - 1], time.max)
    return _after_months(start, number * MONTHS_IN_A_TERM)


def _after_months(start: datetime, months: int) -> datetime:
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    last = monthrange(year, month)[1]
    if start.day > last:
        return _moment(date(year, month, last), time.max)
    return _moment(date(year, month, start.day), start.time())


def _wall_clock(start: datetime) -> datetime:
    """What a clock on the wall shows, without a time zone."""
    local = start.astimezone(LONDON)
    if local.fold:  # the hour that autumn repeats, the second time
        local = local.replace(hour=1, minute=59, second=59, microsecond=999_999)
    return local.replace(tzinfo=None, fold=0)


def _moment(day: date, clock: time) -> datetime:
    """A day and a clock time in London; a time that spring skips becomes the moment after."""
    there = datetime.combine(day, clock, LONDON)
    back = there.astimezone(UTC).astimezone(LONDON)
    if back.replace(tzinfo=None) != there.replace(tzinfo=None):
        return back.replace(hour=2, minute=0, second=0, microsecond=0)
    return there
