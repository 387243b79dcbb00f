"""Whether it is safe to serve people with these settings. A start that is not is refused.

The web process asks before its first request, `bin/run` before it starts one, and whoever wants to know
asks with `bin/manage check --deploy`. Production is whatever is neither the demo nor a test.
"""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from foundation import former, keys

TAG = "safe-start"
HERE = {"localhost", "127.0.0.1", "::1", "[::1]"}
TESTS_KEY = Path(__file__).parent.parent / "tests" / "hedgerow.key"
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
MOST_IDLE_MINUTES = 60
MOST_HOURS = 24
SHORTEST_SECRET = 32


def refuse_unsafe() -> None:
    """Stop, changing nothing, and say all that has to be put right."""
    if wrong := checks.run_checks(tags=[TAG], include_deployment_checks=True):
        said = "\n".join(f"- {one.msg} {one.hint}" for one in wrong)
        raise ImproperlyConfigured(f"Hedgerow did not start, and nothing was changed.\n{said}")


@checks.register(TAG, deploy=True)
def these_settings(**_: Any) -> list[checks.CheckMessage]:
    """What is wrong with them, each with what to do."""
    looks = [_debug, _made_for_tests, _secret, _hosts, *([] if settings.DEMO else _PRODUCTION)]
    return [
        checks.Error(what, hint=do, id=f"hedgerow.{TAG}") for look in looks for what, do in look()
    ]


Found = Iterator[tuple[str, str]]


def _debug() -> Found:
    if settings.DEBUG:
        yield "DEBUG is on, so that errors would show records.", "Set DEBUG to False."


def _made_for_tests() -> Found:
    if settings.PASSWORD_HASHERS[:1] != [ARGON2]:
        yield (
            "Passwords would be kept weakly, as in tests.",
            "Start it with DJANGO_SETTINGS_MODULE=config.settings.",
        )


def _secret() -> Found:
    secret = settings.SECRET_KEY
    is_weak = len(secret) < SHORTEST_SECRET or len(set(secret)) < 8 or "insecure" in secret
    if is_weak or _is_the_tests_own(secret):
        yield (
            "The key is one that others know or can guess.",
            "Make a new one for a new data folder: python -m foundation.keys <file>.",
        )


def _is_the_tests_own(secret: str) -> bool:
    return TESTS_KEY.is_file() and secret == keys.derive(keys.read(TESTS_KEY), "django").hex()


def _hosts() -> Found:
    wide = [host for host in settings.ALLOWED_HOSTS if not host or host.startswith((".", "*"))]
    if wide or not settings.ALLOWED_HOSTS:
        yield (
            "It would answer to any name, so that another site could pass itself off as this one.",
            "Write the exact names in HEDGEROW_HOSTS, with commas between.",
        )


def _encryption() -> Found:
    far = {urlsplit(settings.ADDRESS).hostname or "", *settings.ALLOWED_HOSTS} - HERE
    if (far and not settings.HTTPS) or settings.PLAIN_FROM_AFAR:
        yield (
            "Other computers would reach it without encryption.",
            "Put a proxy with HTTPS in front and let HEDGEROW_ADDRESS begin with https, "
            "or use it on this computer alone.",
        )


def _second_factor() -> Found:
    factors = {"totp", "webauthn"} & set(settings.MFA_SUPPORTED_TYPES)
    is_there = factors and "allauth.mfa" in settings.INSTALLED_APPS
    if not (is_there and 0 < settings.SECOND_FACTOR_HOURS <= MOST_HOURS):
        yield (
            "Cases could be read without a second check.",
            "Put MFA_SUPPORTED_TYPES and SECOND_FACTOR_HOURS back as they were in config/settings.py.",
        )


def _idle() -> Found:
    if not 0 < settings.IDLE_MINUTES <= MOST_IDLE_MINUTES:
        yield (
            f"A screen nobody uses would stay signed in for {settings.IDLE_MINUTES} minutes.",
            f"Set HEDGEROW_IDLE_MINUTES to between 1 and {MOST_IDLE_MINUTES}; 10 is usual.",
        )


def _folders() -> Found:
    key = Path(os.environ.get("HEDGEROW_KEY") or settings.DATA / "hedgerow.key")
    before = ("file of the keys from before", settings.DATA / former.FILE, "600")
    guarded = (("key file", key, "600"), before, ("data folder", settings.DATA, "700"))
    for what, place, command in guarded:
        if is_open_to_everyone(place):
            yield (
                f"Everybody on this computer may read the {what} {place}.",
                f"Run: chmod {command} {place}",
            )


def _forgetful() -> Found:
    """With one of these off, PostgreSQL says that a report is stored, and a crash loses it (F05)."""
    for name in _turned_off():
        yield (
            f"In PostgreSQL {name} is off, so that a crash would lose reports that got a receipt.",
            f"Turn {name} on in its settings, and start PostgreSQL again.",
        )


def _turned_off() -> list[str]:
    """Of what makes PostgreSQL store before it answers. One that is not there is looked at when it is."""
    if connection.vendor != "postgresql":
        return []
    found = []
    try:
        with connection.cursor() as cursor:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                cursor.execute(f"SHOW {name}")
                found += [name] if cursor.fetchone() == ("off",) else []
    except OperationalError:
        return []
    return found


def is_open_to_everyone(place: Path) -> bool:
    """Whether any account of the computer may open it. Windows keeps such rights elsewhere: not asked."""
    return os.name != "nt" and place.exists() and bool(stat.S_IMODE(place.stat().st_mode) & 0o007)


_PRODUCTION: list[Callable[[], Found]] = [
    _encryption,
    _second_factor,
    _idle,
    _folders,
    _forgetful,
]
