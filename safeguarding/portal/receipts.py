"""The code on the receipt of somebody without an account: all they need to come back, and kept nowhere.

It is made from the form they sent, so that a second sending of that form shows it again; the database
holds only a keyed digest of it, bound to the setting.
"""

import hmac
from uuid import UUID

from django.conf import settings

from foundation import keys
from foundation.codes import LENGTH, check_of, plain
from safeguarding.people.models import Setting


def key_of(setting: Setting, form: UUID) -> UUID:
    """What the report is kept under. Nobody comes back from it to the form, nor to its code."""
    return UUID(bytes=_digest("report keys", setting, str(form))[:16])


def mark_of(setting: Setting, code: str) -> str:
    """What is kept of a code, however it was typed."""
    return _digest("receipts", setting, plain(code)).hex()


def is_mistyped(code: str) -> bool:
    """Whether no receipt has such a code. Anybody can work that out: it says nothing about ours."""
    signs = plain(code)
    return len(signs) != LENGTH or check_of(signs[:-1]) != signs[-1]


def _digest(purpose: str, setting: Setting, text: str) -> bytes:
    key = keys.derive(settings.RECEIPTS_KEY, f"portal {purpose}")
    return hmac.digest(key, setting.pk.bytes + text.encode(), "sha256")
