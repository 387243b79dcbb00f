"""Housekeeping of the jobs themselves."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from foundation.jobs.models import DeadJob, ScheduledRun

KEEP_DONE = timedelta(days=3)
KEEP_FAILED = timedelta(days=90)
KEEP_RUNS = timedelta(days=7)  # longer than any rhythm of the timetable, or it would run twice
KEEP_SETTLED = timedelta(days=365)


@task
def prune() -> None:
    """Remove finished jobs, old timetable rows and expired sessions. A waiting dead job stays."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()
    ScheduledRun.objects.filter(due_at__lt=now - KEEP_RUNS).delete()
    DeadJob.objects.filter(settled_at__lt=now - KEEP_SETTLED).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
