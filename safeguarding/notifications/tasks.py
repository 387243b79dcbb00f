"""What the worker does for messages and clocks. Safe to run twice."""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from foundation import fence

from . import ladders, post
from .models import Clock, Delivery

MOST_AT_ONCE = 200  # so that a run is over before it is taken for lost
LONGEST_RUN = 30  # seconds
SLOW, SILENT_FOR = 5, 45  # seconds: one that fails so slowly is left alone for so long
KEEP_FILES = timedelta(days=60)
SILENT = "mail-server-is-silent"
logger = logging.getLogger(__name__)


class ChaseFailed(Exception):  # noqa: N818  it says what happened
    """Somebody should have been told of something late, and was not. The job is tried again."""


@task()
def deliver(delivery_id: str) -> None:
    """Send one mail, straight after the change it tells of."""
    _send(Delivery.objects.filter(pk=delivery_id))


@task()
def deliver_waiting() -> None:
    """Send whatever mail is still waiting: a try that failed, or one a stopped worker left behind."""
    now = timezone.now()
    waiting = Delivery.objects.filter(
        post.is_due(now), sent_at__isnull=True, given_up_at__isnull=True
    )
    _send(waiting.order_by("next_try_at")[:200])


def _send(deliveries: QuerySet[Delivery]) -> None:
    """Send these, each from inside its own setting. What is left after a while waits for the next time.

    The same worker tells the next person of what was missed, and must not wait for a dead mail server: each
    mail would cost it twenty seconds. So after one the others wait, and none of their tries is used up.
    """
    began = time.monotonic()
    with fence.across("what is due"):
        found = list(deliveries.values_list("setting", "pk"))
    for setting, delivery_id in found:
        if time.monotonic() - began > LONGEST_RUN or _is_silent():
            return
        asked = time.monotonic()
        with fence.inside(setting):
            sent = post.send(str(delivery_id))
        if not sent and time.monotonic() - asked > SLOW:
            cache.set(SILENT, timezone.now(), SILENT_FOR)


def _is_silent() -> bool:
    """Whether the mail server did not answer just now; not where the clock was put back since."""
    noted = cache.get(SILENT)
    return noted is not None and noted <= timezone.now() < noted + timedelta(seconds=SILENT_FOR)


@task()
def forget_mail_files() -> None:
    """Throw away mails that lie as files, since no mail server was named, once they are 60 days old.

    They name people, and what leads to their sign-in. Also once a server is named: those of before.
    """
    old = time.time() - KEEP_FILES.total_seconds()
    for file in settings.MAIL_FOLDER.glob("*.log"):
        with suppress(OSError):  # somebody has just moved it, or reads it: it waits for tomorrow
            if file.stat().st_mtime < old:
                file.unlink()


@task()
def escalate_missed() -> None:
    """Tell the next person of every clock that ran out and was not answered, each by itself.

    One that fails stops none of the others. It is tried again the next time, and the job counts as failed.
    """
    due = Clock.objects.to_escalate(timezone.now()).order_by("escalate_at")
    with fence.across("what is due"):
        found = list(due.values_list("setting", "pk", "subject_kind"))
    failed = climbed = 0
    for setting, clock_id, kind in found:
        with fence.inside(setting):
            done = _climb(clock_id, kind)
        failed, climbed = failed + (not done), climbed + done
        if climbed >= MOST_AT_ONCE:
            break
    if failed:
        raise ChaseFailed(f"{failed} of {failed + climbed} clocks that ran out reached nobody.")


def _climb(clock_id: UUID, kind: str) -> bool:
    """Whether it went well. What went wrong is in the log, without a word of what it is about."""
    try:
        ladders.climb(clock_id)
    except Exception as error:  # whatever is wrong with this one, the others go on
        logger.error("A clock about %s reached nobody: %s", kind, type(error).__name__)
        return False
    return True
