"""manage.py stopped_jobs: what failed every time, and another try once its cause is mended."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from foundation.jobs.models import DeadJob
from foundation.templatetags.uk import uk_datetime

WHAT_NEXT = (
    "The window in which Hedgerow runs says more at that time. Once the cause is mended: "
    "bin/manage stopped_jobs --again"
)


class Command(BaseCommand):
    help = "Say which jobs failed for good, which Today speaks of; --again gives each another try."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="try each of them once more")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = list(DeadJob.objects.waiting())
        for job in stopped:
            self.stdout.write(f"{uk_datetime(job.created_at)}: {job.task} ({job.error})")
        if not stopped:
            self.stdout.write("No job has stopped.")
        elif options["again"]:
            self._try_again(stopped)
        else:
            self.stdout.write(WHAT_NEXT)

    def _try_again(self, stopped: list[DeadJob]) -> None:
        tried = sum(job.try_again(at=timezone.now()) for job in stopped)
        self.stdout.write(f"{tried} will be tried again within a minute while Hedgerow runs.")
        if gone := len(stopped) - tried:
            self.stdout.write(f"{gone} failed so long ago that they are not kept; Today is silent.")
