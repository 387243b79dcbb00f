"""What the worker does by the clock for training. Safe to run twice."""

from django.db import transaction
from django_tasks import task

from safeguarding.audit.trail import System
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from .actions import begin_inductions_due, remind, take_what_is_done_elsewhere
from .models import Induction
from .owed import settle
from .permissions import REMINDS


@task()
def look_after_training() -> None:
    """Begin new colleagues' first weeks, remind people, and settle what is owed: once a day."""
    in_each_setting(_look_after)


@transaction.atomic
def _look_after(setting: Setting) -> None:
    by = System(REMINDS, setting.pk)
    begin_inductions_due(by=by, setting=setting)
    open_ones = Induction.objects.open().filter(setting=setting)
    take_what_is_done_elsewhere(by=by, inductions=list(open_ones))
    remind(by=by, setting=setting)
    settle(setting)
