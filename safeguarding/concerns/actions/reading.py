"""Telling the lead each Monday that last week's readings are there to be looked at."""

from datetime import date
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from safeguarding.audit.trail import System, record
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Setting
from safeguarding.people.roles import Role


@transaction.atomic
def tell_of_readings(*, by: System, setting: Setting, monday: date) -> int:
    """Tell the leads, once, that the week that began on this Monday can be looked at. How many heard."""
    leads = setting.holding([Role.LEAD], timezone.localdate()).select_related("user", "setting")
    subject = uuid5(setting.pk, f"readings of {monday:%Y-%m-%d}")
    path = f"{setting.link_to('concerns:readings')}?week={monday:%Y-%m-%d}"
    told = notify("readings_ready", leads, subject_id=subject, path=path)
    if told:
        record("readings.told", setting, by=by, week=f"{monday:%Y-%m-%d}", told=len(told))
    return len(told)
