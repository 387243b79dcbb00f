"""Where requests come from, without knowing it: for counting how often one place does something.

Kept in the cache alone, for a day at most, under a digest with a salt that is new every day and kept
nowhere else: no address of anyone's computer is in a record, the trail or a log.
"""

import hmac
import secrets
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from safeguarding.people.models import Setting

DAY = 24 * 60 * 60


def count(what: str, seconds: int) -> int:
    """Count something that happened now, and say how often it did within so many seconds."""
    times = [*recent(what, seconds), time.time()]
    cache.set(what, times[-100:], seconds)
    return len(times)


def recent(what: str, seconds: int) -> list[float]:
    """When something happened within so many seconds."""
    since = time.time() - seconds
    return [moment for moment in cache.get(what, []) if moment > since]


def place_of(request: HttpRequest, setting: Setting) -> str:
    """A digest of where a request comes from, in this setting and on this day."""
    try:
        address = str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # cannot be known: then they all count as one place
        address = ""
    return hmac.digest(_salt(), f"{setting.pk} {address}".encode(), "sha256").hex()


def _salt() -> bytes:
    today = f"places/salt/{timezone.localdate()}"
    if (salt := cache.get(today)) is None:
        cache.add(today, secrets.token_hex(32), DAY)  # where another is first, it is theirs
        salt = cache.get(today, today)
    return str(salt).encode()
