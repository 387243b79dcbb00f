"""Reads config/schedule.yaml and queues what is due, each moment once however many read it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    model_validator,
)

from foundation import strict_yaml
from foundation.jobs.models import ScheduledRun

UNITS = {"second": 1, "minute": 60, "hour": 3600}
LONDON = ZoneInfo("Europe/London")
CLOCK_MAY_DIFFER = timedelta(minutes=10)  # between two that read the timetable


def read_interval(text: object) -> timedelta:
    """`5 minutes` as a length of time: a whole number of seconds, minutes or hours."""
    number, _, unit = str(text).partition(" ")
    seconds = UNITS.get(unit.removesuffix("s"))
    if seconds is None or not number.isdecimal() or int(number) == 0:
        raise ValueError(f"{text!r} is not a length of time. Write it as 30 seconds or 1 hour.")
    return timedelta(seconds=int(number) * seconds)


def read_time(text: object) -> time:
    """`"07:30"` as a time of day. It needs quotes: YAML reads 12:30 without them as a number."""
    try:
        return datetime.strptime(str(text), "%H:%M").time()  # noqa: DTZ007  a time, no date
    except ValueError:
        raise ValueError(f'{text!r} is not a time of day. Write it as "07:30".') from None


def read_task(path: object) -> Task[Any, Any]:
    """The task behind a dotted path."""
    try:
        task = import_string(str(path))
    except ImportError:
        task = None
    if not isinstance(task, Task):
        raise ValueError(f"{path!r} is not a task.")
    return task


class Entry(BaseModel):
    """One line of the timetable: a name, a task, and how often or at what time each day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=80)
    task: Annotated[Any, PlainValidator(read_task)]
    every: Annotated[timedelta | None, BeforeValidator(read_interval)] = None
    daily: Annotated[time | None, BeforeValidator(read_time)] = None

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        if (self.every is None) == (self.daily is None):
            raise ValueError("give either every or daily")
        return self

    def last_due(self, now: datetime) -> datetime:
        """The latest moment, up to now, at which this was due. Daily times are London's."""
        if self.every is not None:
            seconds = int(self.every.total_seconds())
            return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)
        today = now.astimezone(LONDON).date()
        due = datetime.combine(today, self.daily or time(), LONDON)
        if due.timestamp() > now.timestamp():
            due = datetime.combine(today - timedelta(days=1), self.daily or time(), LONDON)
        return due.astimezone(now.tzinfo)


def read(path: Path) -> list[Entry]:
    """The whole timetable; a mistake in it stops the start and names the line."""
    entries = strict_yaml.read(path, TypeAdapter(list[Entry]))
    names = [entry.name for entry in entries]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ImproperlyConfigured(f"{path.name}: {min(twice)!r} is there twice.")
    return entries


@transaction.atomic
def queue_once(entry: Entry, due_at: datetime) -> bool:
    """Queue the run unless it was queued before, by us or by another scheduler.

    Runs that were queued for far later say that the clock was put back since: they are forgotten, and it
    is queued, or nothing would be done until the clock comes there again.
    """
    later = due_at + (entry.every or timedelta(days=1)) + CLOCK_MAY_DIFFER
    was_put_back, _ = ScheduledRun.objects.filter(name=entry.name, due_at__gt=later).delete()
    _row, created = ScheduledRun.objects.get_or_create(name=entry.name, due_at=due_at)
    if created or was_put_back:
        entry.task.enqueue()
    return created or bool(was_put_back)


def queue_due(entries: Sequence[Entry], now: datetime, seen: dict[str, datetime]) -> int:
    """Queue everything due by now. `seen` spares the database what this process knows is done."""
    queued = 0
    for entry in entries:
        due_at = entry.last_due(now)
        if seen.get(entry.name) != due_at:
            queued += queue_once(entry, due_at)
            seen[entry.name] = due_at
    return queued
