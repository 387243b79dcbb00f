"""What is done about backups in the background. Safe to run twice."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone
from django_tasks import task

from foundation.sqlcipher import room
from foundation.sqlcipher.damage import Damaged

from . import mark, ours
from .checking import NotGood
from .making import Busy

logger = logging.getLogger(__name__)


@task()
def keep_mark() -> None:
    """Write down how far the trail has come, so that a loss of what came before is noticed."""
    if connection.vendor == "sqlite" and settings.DATA.is_dir():
        mark.keep(settings.DATA, settings.KEY, ours.heads(), timezone.now())


@task()
def keep_room() -> None:
    """Set room aside on the disk, so that filing can go on for a while when it is full."""
    if connection.vendor == "sqlite" and settings.DATA.is_dir():
        room.keep(settings.DATA)


@task()
def back_up() -> None:
    """Make a backup. What went wrong is in the journal, and on the page of backups."""
    if not ours.have_keys() or not ours.can_be_made_here():
        return  # the page of backups says so
    try:
        if not ours.back_up(timezone.now()).is_whole:
            logger.error("A backup was kept of a record that is no longer whole.")
    except Busy:
        logger.info("A backup is being made already.")
    except (ImproperlyConfigured, NotGood, OSError) as wrong:
        kind = "damaged" if isinstance(wrong, Damaged) else type(wrong).__name__
        logger.error("No backup was made: %s", kind)


@task()
def back_up_if_changed() -> None:
    """Make a backup within the day when something happened since the last one."""
    if ours.has_changed():
        back_up.call()
