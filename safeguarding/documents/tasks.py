"""What is done in the background about files. Safe to run twice."""

import logging
import time

from django_tasks import task

from foundation import fence

from .files import ids_on_disk, place_of, unfinished
from .models import StoredFile

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
