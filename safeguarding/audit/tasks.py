"""When checkpoints are made. Safe to run twice."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .checkpoints import make
from .ends import heads
from .models import INSTALLATION, Checkpoint
from .signing import NoKey
from .trail import hold

DAY = timedelta(days=1)
JUST_NOW = timedelta(minutes=1)
FEW = 2  # chains: one setting, and what belongs to none
logger = logging.getLogger(__name__)


@task()
def sign_by_the_clock() -> None:
    """Each hour where there are several settings; once a day where there is one."""
    with transaction.atomic():
        hold(INSTALLATION)  # of two workers the second sees what the first one signed
        if _is_due():
            _sign()


def _is_due() -> bool:
    newest = Checkpoint.objects.order_by("number").last()
    if newest is None:
        return True
    age = abs(timezone.now() - newest.at)  # the clock may have been put back since
    return age > JUST_NOW if len(heads()) > FEW else age >= DAY


@task()
def sign_after_sign_out() -> None:
    """When somebody signs out, where there is one setting: what they did is signed with it."""
    if len(heads()) <= FEW:
        _sign()


def _sign() -> None:
    """Make a checkpoint. Without the key nothing is signed; the next check raises the alarm."""
    try:
        make()
    except NoKey as alarm:
        logger.error("No checkpoint was made: %s", alarm)
