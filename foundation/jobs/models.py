"""What we keep beside the library's own table of jobs."""

from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation.models import Record


class Heartbeat(models.Model):
    """When the worker and the scheduler last said that they are at work."""

    LATE_AFTER = 180  # seconds: one job may take as long as its lease

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})

    @classmethod
    def ages(cls) -> dict[str, int]:
        """Seconds since each last beat. A clock that was put back counts as late, too."""
        now = timezone.now()
        return {
            beat.name: abs(round((now - beat.at).total_seconds())) for beat in cls.objects.all()
        }


class ScheduledRun(models.Model):
    """One moment at which an entry of the timetable was due, so that it is queued once only."""

    name = models.CharField(max_length=80)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "due_at"], name="a_run_is_queued_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} due at {self.due_at}"


class DeadJobQuerySet(models.QuerySet["DeadJob"]):
    def waiting(self) -> Self:
        """Those that nobody has dealt with."""
        return self.filter(settled_at=None)

    def settle_those_of(self, task: str, *, at: datetime) -> None:
        """The same has been done since."""
        waiting = self.waiting().filter(task=task)
        if waiting.exists():  # asking takes no lock
            waiting.update(settled_at=at)


class DeadJob(Record):
    """A job that failed every time, for a person to see. Holds no words of any record."""

    job_id = models.UUIDField()
    task = models.CharField(max_length=200)
    error = models.CharField(max_length=200)  # the class of the error only: its text may hold names
    attempts = models.PositiveIntegerField()
    settled_at = models.DateTimeField(null=True)

    objects = DeadJobQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.task} failed {self.attempts} times"

    @transaction.atomic
    def try_again(self, *, at: datetime) -> bool:
        """Put the job back at the start of its attempts. False when it is no longer kept."""
        self.settle(at=at)
        found = DBTaskResult.objects.filter(pk=self.job_id, status=TaskResultStatus.FAILED).update(
            status=TaskResultStatus.READY, worker_ids=[], run_after=at, finished_at=None
        )
        return bool(found)

    def settle(self, *, at: datetime) -> None:
        """A person has dealt with it."""
        self.settled_at = at
        self.save(update_fields=["settled_at"])
