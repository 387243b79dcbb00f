"""Making and closing the secret address of one's own calendar."""

import secrets

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.notifications.calendar.models import (
    CalendarAddress,
    CalendarAddressEnded,
    digest_of,
)
from safeguarding.notifications.calendar.permissions import may_have_calendar
from safeguarding.people.models import Member
from safeguarding.people.permissions import require


@transaction.atomic
def make_calendar(*, by: Member) -> str:
    """Make a new secret for one's calendar and give it out, once. The one before stops working."""
    require(may_have_calendar, by)
    token = secrets.token_urlsafe(32)
    address = CalendarAddress.objects.create(
        setting=by.setting, member=by, digest=digest_of(by.setting, token)
    )
    record("calendar.made", address, by=by)
    return token


@transaction.atomic
def close_calendar(*, by: Member) -> bool:
    """Close one's calendar: its address opens nothing any more. False where there was none."""
    require(may_have_calendar, by)
    address = CalendarAddress.objects.standing().filter(setting=by.setting, member=by).first()
    if address is None:
        return False
    CalendarAddressEnded.objects.get_or_create(address=address, defaults={"setting": by.setting})
    record("calendar.closed", address, by=by)
    return True
