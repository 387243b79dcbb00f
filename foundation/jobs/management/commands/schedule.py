"""manage.py schedule: queue what config/schedule.yaml says, when it says so."""

import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from foundation.jobs import timetable
from foundation.jobs.models import Heartbeat
from foundation.jobs.worker import SWEEP_EVERY


class Command(BaseCommand):
    help = "Queues timed jobs until stopped. Several may run at once: each run is queued once."
    requires_system_checks = ()  # bin/test has run them; here they only cost time and memory

    def handle(self, *args: Any, **options: Any) -> None:
        entries = timetable.read(Path(settings.BASE_DIR) / "config" / "schedule.yaml")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        seen: dict[str, datetime] = {}
        beaten = 0.0
        while True:
            close_old_connections()
            if not beaten or time.monotonic() - beaten >= SWEEP_EVERY:
                Heartbeat.beat("scheduler")
                beaten = time.monotonic()
            timetable.queue_due(entries, timezone.now(), seen)
            time.sleep(1)
