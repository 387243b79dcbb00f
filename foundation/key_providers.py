"""Where the keys for text in the database come from: the key file, the environment, or a key service.

A setting has keys of its own, each with a name that stands on everything it encrypts. The newest one
encrypts; any that is still known decrypts. The names say nothing of the keys.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from foundation import keys

ROOT = "text root"  # derived from the key of the installation


class KeyUnavailable(Exception):  # noqa: N818  reads as a sentence
    """Whoever keeps the key does not answer. Nothing is lost by it."""


class KeyUnknown(Exception):  # noqa: N818  reads as a sentence
    """There is no key of that name here: another key file encrypted it."""


class KeyProvider(Protocol):
    """Gives the keys of settings."""

    def newest(self, setting_id: UUID) -> str:
        """The name of the key that encrypts now. Raises KeyUnavailable."""

    def key(self, setting_id: UUID, key_id: str) -> bytes:
        """The key of that name. Raises KeyUnavailable or KeyUnknown."""


class Roots:
    """Keys derived from root keys in the key file or the environment, newest root first.

    Derived, not stored: there is no row whose loss would take a setting's text with it.
    """

    def __init__(self, roots: Sequence[bytes]) -> None:
        if not roots:
            raise ImproperlyConfigured("There is no key for text: set HEDGEROW_TEXT_KEY.")
        self._roots = {_name(root): root for root in roots}
        self._newest = _name(roots[0])
        self._known: dict[tuple[UUID, str], bytes] = {}

    def newest(self, setting_id: UUID) -> str:  # noqa: ARG002  one root serves every setting
        return self._newest

    def key(self, setting_id: UUID, key_id: str) -> bytes:
        known = self._known.get((setting_id, key_id))
        if known is None:
            if key_id not in self._roots:
                raise KeyUnknown("This text was encrypted with a key that is not known here.")
            known = keys.derive(self._roots[key_id], f"text/{setting_id}")
            self._known[setting_id, key_id] = known
        return known


def chosen(environment: Mapping[str, str], root: bytes) -> KeyProvider:
    """The provider that the environment asks for: the key file where it says nothing."""
    which = environment.get("HEDGEROW_TEXT_KEYS", "file")
    if which == "file":
        before = environment.get("HEDGEROW_OLD_KEYS", "").split()
        return Roots([root, *(keys.derive(keys.read(Path(one)), ROOT) for one in before)])
    if which == "environment":
        return Roots([_from_hex(one) for one in environment.get("HEDGEROW_TEXT_KEY", "").split()])
    raise ImproperlyConfigured(f"HEDGEROW_TEXT_KEYS is {which!r}. Use file or environment.")


def _from_hex(text: str) -> bytes:
    try:
        root = bytes.fromhex(text)
    except ValueError:
        root = b""
    if len(root) != 32:
        raise ImproperlyConfigured("A key in HEDGEROW_TEXT_KEY is not 64 hexadecimal digits.")
    return root


def _name(root: bytes) -> str:
    return "s" + hashlib.sha256(b"hedgerow text key" + root).hexdigest()[:8]
