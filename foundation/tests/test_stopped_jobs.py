"""A job that failed for good: somebody can see which, and Today speaks of it no longer than it is true."""

from uuid import uuid4

import pytest
from django.core.management import call_command
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation.jobs import worker
from foundation.jobs.models import DeadJob

pytestmark = pytest.mark.django_db
HERE = "foundation.tests.test_stopped_jobs"


@task
def tidy() -> None:
    """As the clock does it, with nothing given."""


@task
def write_down(word: str) -> None:
    """Of one thing and no other."""


def test_whoever_looks_after_it_sees_which_and_can_try_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_down.enqueue("Monday")
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    job = DBTaskResult.objects.get()
    DeadJob.objects.create(job_id=job.pk, task=job.task_path, error="builtins.OSError", attempts=8)
    call_command("stopped_jobs")
    assert f"{HERE}.write_down (builtins.OSError)" in capsys.readouterr().out
    assert worker.run_ready() == 0
    call_command("stopped_jobs", "--again")
    assert "1 will be tried again" in capsys.readouterr().out
    assert worker.run_ready() == 1
    call_command("stopped_jobs")
    assert capsys.readouterr().out == "No job has stopped.\n"


def test_what_the_clock_has_done_since_waits_for_nobody() -> None:
    """Else Today would speak for ever of a night without room on the disk."""
    for name in ("tidy", "write_down"):
        task = f"{HERE}.{name}"
        DeadJob.objects.create(job_id=uuid4(), task=task, error="builtins.OSError", attempts=8)
    tidy.enqueue()
    write_down.enqueue("another")
    worker.run_ready()
    assert [one.task for one in DeadJob.objects.waiting()] == [f"{HERE}.write_down"]
