"""What the worker does by the clock for concerns. Safe to run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from foundation import fence
from safeguarding.audit.trail import System
from safeguarding.people.models import Setting

from .actions import tell_of_readings
from .readings import monday_of


@task()
def tell_of_last_week() -> None:
    """Tell the leads of last week's readings: on Monday, or later where the computer was off."""
    monday = monday_of(timezone.localdate()) - timedelta(days=7)
    for setting in Setting.objects.all():
        by = System("weekly readings", setting.pk)
        with fence.inside(setting.pk):
            tell_of_readings(by=by, setting=setting, monday=monday)
