"""How often one place sends something. It decides how soon we tell of it, never whether we keep it.

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
HOUR = 60 * 60
FROM_ONE_PLACE = 3  # reports in an hour; further ones may be misuse
IN_ONE_SETTING = 12
WRONG_CODES = 20  # in ten minutes from one place, then all have to wait
WRONG_WITHIN = 10 * 60


def is_too_often(request: HttpRequest, setting: Setting) -> bool:
    """Count a report, and say whether there were many of late: from this place, or for this setting."""
    here = _count(f"told/{_place(request, setting)}", HOUR) > FROM_ONE_PLACE
    all_here = _count(f"told/{setting.pk}", HOUR) > IN_ONE_SETTING
    return here or all_here


def must_wait(request: HttpRequest, setting: Setting) -> bool:
    """Whether so many wrong codes came from this place that it has to wait, with right ones too."""
    return len(_recent(f"wrong/{_place(request, setting)}", WRONG_WITHIN)) >= WRONG_CODES


def note_wrong_code(request: HttpRequest, setting: Setting) -> None:
    _count(f"wrong/{_place(request, setting)}", WRONG_WITHIN)


def _count(what: str, seconds: int) -> int:
    times = [*_recent(what, seconds), time.time()]
    cache.set(f"portal/{what}", times[-100:], seconds)
    return len(times)


def _recent(what: str, seconds: int) -> list[float]:
    since = time.time() - seconds
    return [moment for moment in cache.get(f"portal/{what}", []) if moment > since]


def _place(request: HttpRequest, setting: Setting) -> str:
    """A digest of where a request comes from, in this setting and on this day."""
    try:
        address = str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # cannot be known: then they all count as one place
        address = ""
    return hmac.digest(_salt(), f"{setting.pk} {address}".encode(), "sha256").hex()


def _salt() -> bytes:
    today = f"portal/salt/{timezone.localdate()}"
    cache.add(today, secrets.token_hex(32), DAY)
    return str(cache.get(today, today)).encode()
