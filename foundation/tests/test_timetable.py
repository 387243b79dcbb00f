"""The timetable: strict when read, and each run queued once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from foundation.jobs import timetable
from foundation.jobs.models import ScheduledRun

GOOD = """
- name: tidy up
  task: foundation.jobs.tasks.prune
  every: 5 minutes
- name: each morning
  task: foundation.jobs.tasks.prune
  daily: "07:30"
"""
NOON = datetime(2026, 11, 20, 12, 0, 7, tzinfo=UTC)


def read(tmp_path: Path, text: str) -> list[timetable.Entry]:
    path = tmp_path / "schedule.yaml"
    path.write_text(text)
    return timetable.read(path)


def test_our_own_timetable_can_be_read() -> None:
    entries = timetable.read(Path(settings.BASE_DIR) / "config" / "schedule.yaml")

    assert "foundation.jobs.tasks.prune" in {entry.task.module_path for entry in entries}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (GOOD + "  colour: red\n", r"schedule\.yaml line 8, 1\.colour"),
        (GOOD.replace("5 minutes", "5 moons"), r"line 4, 0\.every.*'5 moons'"),
        (GOOD.replace("5 minutes", "0 minutes"), r"line 4, 0\.every"),
        (GOOD.replace('"07:30"', "12:30"), r"line 7, 1\.daily"),
        (GOOD.replace('"07:30"', '"25:00"'), r"line 7, 1\.daily.*not a time of day"),
        (GOOD.replace("tasks.prune", "tasks.preen"), r"line 3, 0\.task.*is not a task"),
        (GOOD.replace("foundation.jobs.tasks.prune", "os.path"), r"line 3.*is not a task"),
        (GOOD.replace("  every: 5 minutes\n", ""), "line 2, 0: .*either every or daily"),
        (GOOD + "  every: 1 hour\n", "line 5, 1: .*either every or daily"),
        (GOOD.replace("each morning", "tidy up"), "'tidy up' is there twice"),
        (GOOD + " - : [\n", r"schedule\.yaml line \d+: "),
    ],
)
def test_a_mistake_stops_the_start_and_names_its_line(
    tmp_path: Path, wrong: str, says: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        read(tmp_path, wrong)


def test_an_interval_is_due_at_round_moments(tmp_path: Path) -> None:
    often = read(tmp_path, GOOD)[0]

    assert often.last_due(NOON) == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert often.last_due(NOON + timedelta(minutes=4, seconds=52)) == NOON.replace(second=0)
    assert often.last_due(NOON + timedelta(minutes=4, seconds=53)).minute == 5


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-20T12:00+00:00", "2026-11-20T07:30+00:00"),
        ("2026-11-20T07:30+00:00", "2026-11-20T07:30+00:00"),
        ("2026-11-20T07:29+00:00", "2026-11-19T07:30+00:00"),
        ("2026-06-20T06:30+00:00", "2026-06-20T06:30+00:00"),  # summer time
        ("2026-06-20T06:29+00:00", "2026-06-19T06:30+00:00"),
        ("2026-06-19T23:30+00:00", "2026-06-19T06:30+00:00"),  # after midnight in London
        ("2026-03-29T06:29+00:00", "2026-03-28T07:30+00:00"),  # the clocks went forward
    ],
)
def test_a_daily_time_is_londons(tmp_path: Path, now: str, due: str) -> None:
    morning = read(tmp_path, GOOD)[1]

    assert morning.last_due(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


@pytest.mark.django_db
def test_two_schedulers_queue_a_run_once(tmp_path: Path) -> None:
    entries = read(tmp_path, GOOD)

    assert timetable.queue_due(entries, NOON, seen={}) == 2
    assert timetable.queue_due(entries, NOON, seen={}) == 0
    assert timetable.queue_due(entries, NOON + timedelta(minutes=5), seen={}) == 1
    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db
def test_the_database_itself_refuses_a_run_twice() -> None:
    ScheduledRun.objects.create(name="tidy up", due_at=NOON)

    with transaction.atomic(), pytest.raises(IntegrityError):
        ScheduledRun.objects.create(name="tidy up", due_at=NOON)


@pytest.mark.django_db
def test_a_run_that_could_not_be_queued_is_still_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = read(tmp_path, GOOD)[0]
    monkeypatch.setattr(DBTaskResult.objects, "create", None)
    with pytest.raises(TypeError):
        timetable.queue_due([entry], NOON, seen={})
    monkeypatch.undo()

    assert timetable.queue_due([entry], NOON, seen={}) == 1


@pytest.mark.django_db
def test_what_this_scheduler_queued_costs_no_question(
    tmp_path: Path, django_assert_num_queries: object
) -> None:
    entries, seen = read(tmp_path, GOOD), dict[str, datetime]()
    timetable.queue_due(entries, NOON, seen)

    with django_assert_num_queries(0):  # type: ignore[operator]
        timetable.queue_due(entries, NOON + timedelta(seconds=1), seen)
