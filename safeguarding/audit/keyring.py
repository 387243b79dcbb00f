"""The keys of the seals: the one in use, and those used before the installation's key was changed.

Each is derived from an installation's key and named by the beginning of its digest, so that an entry
says which key sealed it without saying anything of the key.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Key:
    """A key of the trail, and its short name."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id})"


def key(secret: bytes) -> Key:
    return Key(hashlib.sha256(b"hedgerow/key/v1\0" + secret).hexdigest()[:8], secret)


def current() -> Key:
    """The key that seals now."""
    return key(settings.TRAIL_KEY)


def known() -> dict[str, bytes]:
    """Every key this installation knows, by its name."""
    return {
        one.id: one.secret for one in map(key, (settings.TRAIL_KEY, *settings.TRAIL_KEYS_BEFORE))
    }
