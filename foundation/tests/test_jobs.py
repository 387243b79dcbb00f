"""Queued jobs: none lost, none run for ever, and nothing anybody wrote in the table of jobs."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation.jobs import worker
from foundation.jobs.models import DeadJob, Heartbeat, ScheduledRun
from foundation.jobs.tasks import prune
from foundation.jobs.worker import Job

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
done: list[str] = []


@task
def write_down(word: str) -> str:
    done.append(word)
    return f"wrote {word}"


@task
def fall_over(name: str) -> None:
    done.append(name)
    raise RuntimeError(f"could not tell {name}")


@task(takes_context=True)
def say_attempt(context: TaskContext) -> None:
    done.append(f"attempt {context.attempt}")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def only_job() -> Job:
    return DBTaskResult.objects.get()


def claimed_by_a_worker_that_was_killed(*, attempts: int = 1) -> None:
    write_down.enqueue("once")
    job = only_job()
    for number in range(attempts):
        job.claim(f"gone-{number}")


def test_a_job_is_run_once() -> None:
    write_down.enqueue("hello")

    assert worker.run_ready() == 1
    assert worker.run_ready() == 0
    assert done == ["hello"]
    assert only_job().status == TaskResultStatus.SUCCESSFUL


def test_what_a_job_answers_is_not_kept() -> None:
    write_down.enqueue("hello")
    worker.run_ready()

    assert only_job().return_value is None


def test_a_job_may_ask_which_attempt_it_is() -> None:
    say_attempt.enqueue()
    worker.run_ready()

    assert done == ["attempt 1"]


def test_the_job_of_a_killed_worker_is_run_once_by_another() -> None:
    with time_machine.travel(NOON, tick=False):
        claimed_by_a_worker_that_was_killed()
        assert worker.run_ready() == 0, "its lease is not over"

    with time_machine.travel(NOON + worker.LEASE + timedelta(seconds=1), tick=False):
        assert worker.run_ready() == 1
        assert worker.run_ready() == 0

    assert done == ["once"]
    assert len(only_job().worker_ids) == 2


def test_a_clock_that_was_put_back_does_not_hold_a_job_for_ever() -> None:
    with time_machine.travel(NOON, tick=False):
        claimed_by_a_worker_that_was_killed()

    with time_machine.travel(NOON - timedelta(days=400), tick=False):
        job = only_job()
        assert worker.recover_lapsed(timezone.now()) == 1
        job.refresh_from_db()
        assert job.status == TaskResultStatus.READY


def test_a_job_that_kills_every_worker_is_left_for_a_person() -> None:
    with time_machine.travel(NOON, tick=False):
        claimed_by_a_worker_that_was_killed(attempts=worker.MOST_ATTEMPTS)

    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert worker.run_ready() == 0

    assert DeadJob.objects.get().error == "foundation.jobs.WorkerLost"
    assert only_job().status == TaskResultStatus.FAILED


def test_a_failing_job_waits_longer_each_time_and_then_for_a_person() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        fall_over.enqueue("Kit")
        waits = []
        for _attempt in range(worker.MOST_ATTEMPTS - 1):
            assert worker.run_ready() == 1
            wait = only_job().run_after - timezone.now()
            waits.append(int(wait.total_seconds()))
            clock.shift(wait - timedelta(seconds=1))
            assert worker.run_ready() == 0, "not before its time"
            clock.shift(timedelta(seconds=1))
        assert worker.run_ready() == 1
        clock.shift(timedelta(days=1))
        assert worker.run_ready() == 0

    assert waits == [10, 20, 40, 80, 160, 320, 640]
    assert len(done) == worker.MOST_ATTEMPTS
    dead = DeadJob.objects.waiting().get()
    assert (dead.attempts, dead.error) == (8, "builtins.RuntimeError")
    assert dead.task == "foundation.tests.test_jobs.fall_over"


def test_nothing_of_the_words_of_an_error_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    fall_over.enqueue("a name")
    worker.run_ready()

    job = only_job()
    assert job.traceback == ""
    assert job.exception_class_path == "builtins.RuntimeError"
    assert "a name" not in caplog.text
    assert "builtins.RuntimeError" in caplog.text


def test_a_job_whose_task_is_gone_fails_like_any_other() -> None:
    write_down.enqueue("x")
    DBTaskResult.objects.update(task_path="foundation.tests.test_jobs.no_such_task")
    worker.run_ready()

    assert only_job().status == TaskResultStatus.READY
    assert only_job().exception_class_path == "builtins.ImportError"


def test_a_person_can_have_a_dead_job_tried_again() -> None:
    claimed_by_a_worker_that_was_killed(attempts=worker.MOST_ATTEMPTS)
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    worker.run_ready()
    dead = DeadJob.objects.get()

    assert dead.try_again(at=timezone.now())
    assert worker.run_ready() == 1
    assert done == ["once"]
    assert not DeadJob.objects.waiting().exists()


def test_a_dead_job_that_is_no_longer_kept_says_so() -> None:
    dead = DeadJob.objects.create(
        job_id="6b0f2a2e-8f3c-4d5b-9e57-0d2b8f4a1c11", task="gone", error="X", attempts=8
    )

    assert not dead.try_again(at=timezone.now())


def test_the_worker_says_that_it_is_alive() -> None:
    worker.run_ready()

    assert Heartbeat.ages()["worker"] <= 2


def test_the_worker_waits_for_a_database_that_is_busy(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ours = worker.Worker(interval=0)
    tries = iter([OperationalError("database is locked"), None])

    def claim(_worker_id: str) -> None:
        if error := next(tries):
            raise error
        ours.running = False

    monkeypatch.setattr(worker, "claim_next", claim)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    ours.run()

    assert "The worker waits" in caplog.text


def test_old_jobs_and_runs_are_tidied_away_and_the_dead_stay() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        write_down.enqueue("old")
        worker.run_ready()
        ScheduledRun.objects.create(name="daily", due_at=NOON)
        DeadJob.objects.create(job_id=only_job().pk, task="t", error="E", attempts=8)
        clock.shift(timedelta(days=2))
        prune.call()
        assert (DBTaskResult.objects.count(), ScheduledRun.objects.count()) == (1, 1)
        clock.shift(timedelta(days=6))
        write_down.enqueue("waiting")
        prune.call()

    assert only_job().status == TaskResultStatus.READY
    assert not ScheduledRun.objects.exists()
    assert DeadJob.objects.waiting().count() == 1
