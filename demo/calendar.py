"""The demo's time: its events happen on working days before today, in office hours, in London."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from unittest import mock

from django.utils import timezone

from safeguarding.law.calendar import LONDON, is_working_day

DAYS_OF_HISTORY = 24  # working days: a little more than a month
TICK = timedelta(milliseconds=7)  # so that what is written first also stands first
FROM, UNTIL = time(9, 30), time(17)  # when somebody may have just done something in the office


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live at a moment: whoever asks Django for the time is told that one, and a little more each time."""
    asked = count()
    first = moment.astimezone(UTC)
    with mock.patch.object(timezone, "now", lambda: first + TICK * next(asked)):
        yield


class Days:
    """Working days around a moment, counted back and ahead from the day it falls on."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.astimezone(LONDON).date()

    def back(self, number: int, clock: str) -> datetime:
        """A clock time on the working day that many before today: 1 is the last one before today."""
        return _moment(_count(self.today, number, -1), clock)

    def ahead(self, number: int, clock: str) -> datetime:
        """A clock time on the working day that many after today."""
        return _moment(_count(self.today, number, 1), clock)

    def ago(self, minutes: int) -> datetime:
        """So many minutes before now, whatever the hour: a parent may write at night."""
        return self.now - timedelta(minutes=minutes)

    def lately(self, minutes: int) -> datetime:
        """So many minutes before now; out of hours, before the end of the last working day instead."""
        local = self.now.astimezone(LONDON)
        early = (local - timedelta(minutes=minutes)).time() < time(8)
        if is_working_day(self.today) and FROM <= local.time() <= UNTIL and not early:
            return self.ago(minutes)
        today_is_over = is_working_day(self.today) and local.time() > UNTIL
        end = _moment(self.today, "15:30") if today_is_over else self.back(1, "15:30")
        return end - timedelta(minutes=minutes)


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LONDON)


def _count(day: date, number: int, step: int) -> date:
    while number:
        day += timedelta(days=step)
        number -= is_working_day(day)
    return day
