"""Runs queued jobs one at a time, and loses none: not to an error, not to a kill.

The library claims and stores. Ours is what it lacks: a lease on every claim, retries that wait
longer each time, an end to them, and nothing of a record's words in the table of jobs.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS, TaskContext, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import exclusive_transaction

from foundation import fence
from foundation.jobs.models import DeadJob, Heartbeat

LEASE = timedelta(minutes=2)  # a job takes less; one that runs longer may be run again
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=10)  # then 20, 40 … : eight attempts in about 21 minutes
LONGEST_WAIT = FIRST_WAIT * 2**MOST_ATTEMPTS
SWEEP_EVERY = 10  # seconds between two heartbeats, and between two looks for lapsed leases

Job = DBTaskResult[Any, Any]
logger = logging.getLogger(__name__)


class Worker(LibraryWorker):
    """The library's worker: its way of stopping, and our way of claiming and running."""

    def __init__(self, *, interval: float = 1, worker_id: str = "") -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=False,
            max_tasks=None,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            worker_id=worker_id or get_random_string(16),
        )
        self._swept = 0.0

    def run(self) -> None:
        """Work until told to stop. A database that cannot be reached is waited for."""
        while self.running:
            close_old_connections()
            try:
                found = self.run_one()
            except OperationalError:
                logger.warning("The worker waits: the database is busy, full or out of reach")
                found = False
            if not found and self.running:
                time.sleep(self.interval)

    def run_one(self) -> bool:
        """Claim and run the next job. False when none is ready."""
        if time.monotonic() - self._swept >= SWEEP_EVERY or not self._swept:
            Heartbeat.beat("worker")
            recover_lapsed(timezone.now())
            self._swept = time.monotonic()
        job = claim_next(self.worker_id)
        if job:
            self.run_task(job)
        return job is not None

    def run_task(self, job: Job) -> None:
        """Do the job; what goes wrong is counted, not shown: its text may hold a child's name."""
        self.running_task = True
        try:
            with fence.outside():  # the job itself knows of which setting it is
                call(job)
        except BaseException as error:  # a second stop signal raises SystemExit here
            fail(job, error, at=timezone.now())
        else:
            job.set_successful(None)
            settle_earlier(job, at=timezone.now())
        finally:
            self.running_task = False


def run_ready() -> int:
    """Run every job that is ready now, and answer how many. For tests and the demo."""
    worker = Worker(worker_id="run-ready")
    count = 0
    while worker.run_one():
        count += 1
    return count


def claim_next(worker_id: str) -> Job | None:
    """Take the next job that is ready, so that no other worker does."""
    ready = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    if not ready.exists():  # asking takes no lock
        return None
    with exclusive_transaction(ready.db):
        job = ready.get_locked()
        if job:
            job.claim(worker_id)
    return job


def call(job: Job) -> None:
    """Call the job's function with what was queued for it."""
    task, result = job.task, job.task_result
    context = [TaskContext(task_result=result)] if task.takes_context else []  # type: ignore[arg-type]  # the library disagrees with itself
    task.call(*context, *result.args, **result.kwargs)


def settle_earlier(job: Job, *, at: datetime) -> None:
    """What the clock has done anew needs no person any more. With something given, it was another job."""
    given = job.task_result
    if not (given.args or given.kwargs):
        DeadJob.objects.settle_those_of(job.task_path[:200], at=at)


@transaction.atomic
def recover_lapsed(at: datetime) -> int:
    """Give back the jobs of workers that were killed. Answers how many."""
    lapsed = DBTaskResult.objects.running().filter(
        Q(started_at__lt=at - LEASE) | Q(started_at__gt=at + LEASE)  # the clock was put back
    )
    far = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__lt=get_date_max())
    far.filter(run_after__gt=at + LONGEST_WAIT).update(run_after=at)  # set before it was put back
    jobs = list(lapsed.select_for_update(no_key=True, skip_locked=True)) if lapsed.exists() else []
    for job in jobs:
        put_back(job, "foundation.jobs.WorkerLost", at=at, run_after=at)
    return len(jobs)


def fail(job: Job, error: BaseException, *, at: datetime) -> None:
    """Try again later, or stop trying."""
    attempts = len(job.worker_ids)
    wait = FIRST_WAIT * 2 ** (attempts - 1)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    logger.warning("Attempt %d of %s failed: %s", attempts, job.task_path, name)
    put_back(job, name, at=at, run_after=at + wait)


@transaction.atomic
def put_back(job: Job, error: str, *, at: datetime, run_after: datetime) -> None:
    """Make the job ready for its next attempt; after the last, leave it for a person."""
    attempts = len(job.worker_ids)
    job.exception_class_path, job.traceback = error, ""
    if attempts < MOST_ATTEMPTS:
        job.status, job.started_at, job.run_after = TaskResultStatus.READY, None, run_after
    else:
        job.status, job.finished_at = TaskResultStatus.FAILED, at
        task, error = job.task_path[:200], error[:200]
        DeadJob.objects.create(job_id=job.pk, task=task, error=error, attempts=attempts)
        logger.error("%s failed %d times and waits for a person", job.task_path, attempts)
    job.save()
