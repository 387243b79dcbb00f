"""The code on the receipt of somebody without an account: all they need to come back, and kept nowhere.

It is made from the form they sent, so that a second sending of that form shows it again; the database
holds only a keyed digest of it, bound to the setting.
"""

import hmac
from uuid import UUID

from django.conf import settings

from foundation import keys
from safeguarding.people.models import Setting

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I L O U, which people mix up
LENGTH, GROUP = 20, 4  # the last sign is a check: 95 random bits before it
MISREAD = str.maketrans("OILU", "011V")


def key_of(setting: Setting, form: UUID) -> UUID:
    """What the report is kept under. Nobody comes back from it to the form, nor to its code."""
    return UUID(bytes=_digest("report keys", setting, str(form))[:16])


def code_of(setting: Setting, form: UUID, more: str = "") -> str:
    """The code for what was sent with a form, such as 7KQM-2XWD-0HTZ-9PRS-4V3B."""
    number = int.from_bytes(_digest("receipt codes", setting, f"{form} {more}")[:12]) >> 1
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in range(LENGTH - 1))
    signs += _check(signs)
    return "-".join(signs[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def mark_of(setting: Setting, code: str) -> str:
    """What is kept of a code, however it was typed."""
    return _digest("receipts", setting, plain(code)).hex()


def plain(code: str) -> str:
    """The signs of a code alone, as they were printed and not as they were misread."""
    typed = code[:200].upper().translate(MISREAD)
    return "".join(sign for sign in typed if sign in SIGNS)


def is_mistyped(code: str) -> bool:
    """Whether no receipt has such a code. Anybody can work that out: it says nothing about ours."""
    signs = plain(code)
    return len(signs) != LENGTH or _check(signs[:-1]) != signs[-1]


def _check(signs: str) -> str:
    """Luhn's check in base 32: it finds every sign typed wrong and nearly every two changed round."""
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = SIGNS.index(sign) * (2 - place % 2)
        total += value // 32 + value % 32
    return SIGNS[-total % 32]


def _digest(purpose: str, setting: Setting, text: str) -> bytes:
    key = keys.derive(settings.SECRETS_KEY, f"portal {purpose}")
    return hmac.digest(key, setting.pk.bytes + text.encode(), "sha256")
