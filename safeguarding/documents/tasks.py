"""What is done in the background about files. Safe to run twice."""

import logging
import time

from django.conf import settings
from django_tasks import task

from foundation import fence
from foundation.errors import RuleBroken

from .files import ids_on_disk, only_readers_can_show, place_of, scan, unfinished
from .models import StoredFile
from .scanning import ScannerAwayError

DAY = 24 * 60 * 60
logger = logging.getLogger(__name__)


@task()
def sweep_files() -> None:
    """Remove files whose row was never written, a day after; say so if a row has lost its file."""
    old = time.time() - DAY
    for place in unfinished(old):
        place.unlink(missing_ok=True)
    with fence.across("files on the disk"):
        for file_id in list(ids_on_disk(old)):
            if not StoredFile.objects.filter(pk=file_id).exists():
                place_of(file_id).unlink(missing_ok=True)
        known = StoredFile.objects.values_list("pk", flat=True)
        missing = sum(not place_of(file_id).is_file() for file_id in known.iterator())
    if missing:
        logger.error("Files that should be on the disk are not: %s. Restore them.", missing)


@task()
def scan_waiting() -> None:
    """Ask the virus scanner about each file that waits for it. One that is away is asked again later."""
    waiting = StoredFile.objects.filter(waits_for_scan=True, scans=None, destroyed_at=None)
    if not settings.CLAMD:
        return
    with fence.across("what is due"):
        found = list(waiting.values_list("setting", "pk"))
    for setting_id, pk in found:
        try:
            with fence.inside(setting_id):
                _scan(waiting.select_related("setting").filter(pk=pk).first())
        except ScannerAwayError:
            logger.error("The virus scanner does not answer. Files wait for it.")
            return
        except RuleBroken:
            logger.error("A file that waits for the virus scanner cannot be opened.")


def _scan(stored: StoredFile | None) -> None:
    if stored is None or only_readers_can_show(stored):
        return
    if scan(stored).found_virus:
        logger.error("The virus scanner found something in a file. It stays closed.")
