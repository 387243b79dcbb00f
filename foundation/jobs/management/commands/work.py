"""manage.py work: run queued jobs until told to stop."""

import logging
from typing import Any

from django.core.management.base import BaseCommand

from foundation.jobs.worker import Worker


class Command(BaseCommand):
    help = "Runs queued jobs until stopped. Several may run at once."
    requires_system_checks = ()  # bin/test has run them; here they only cost time and memory

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it greets each signal
        worker = Worker()
        worker.configure_signals()
        worker.run()
