"""Giving the people of the demo a second factor, and reading its code out to them.

The code path is the real one: a secret sealed like any other, a code that works once. Only the telephone
is missing, so the demo shows what it would show.
"""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from safeguarding.people.models import User


def give_second_factor(user: User) -> None:
    """Set up an authenticator app for a person, as if they had scanned the picture."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def current_code(user: User) -> str | None:
    """What the person's authenticator app would show now; None if they have none."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is None:
        return None
    secret = get_adapter().decrypt(found.data["secret"])
    _, counter, _ = yield_hotp_counters_from_time()  # a step before, now, a step after
    return str(format_hotp_value(hotp_value(secret, counter)))
