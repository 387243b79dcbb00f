"""Where the keys for text in the database come from: the key file, the environment, or a key service.

A setting has keys of its own, each with a name that stands on everything it encrypts. The newest one
encrypts; any that is still known decrypts. The names say nothing of the keys.
"""

import hashlib
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from foundation import keys, sealed

ROOT = "text root"  # derived from the key of the installation


class KeyUnavailable(Exception):  # noqa: N818  reads as a sentence
    """Whoever keeps the key does not answer. Nothing is lost by it."""


class KeyUnknown(Exception):  # noqa: N818  reads as a sentence
    """There is no key of that name here: another key file encrypted it."""


class Key(bytes):
    """A key that opens many texts: its cipher is made ready once, and forgotten with it."""

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self)


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
            known = Key(keys.derive(self._roots[key_id], f"text/{setting_id}"))
            self._known[setting_id, key_id] = known
        return known


def chosen(
    environment: Mapping[str, str], root: bytes, former: Sequence[bytes] = ()
) -> KeyProvider:
    """The provider that the environment asks for: the key file where it says nothing, and those before it."""
    which = environment.get("HEDGEROW_TEXT_KEYS", "file")
    if which == "file":
        return Roots([root, *(keys.derive(one, ROOT) for one in former)])
    if which == "environment":
        return Roots([_from_hex(one) for one in environment.get("HEDGEROW_TEXT_KEY", "").split()])
    if which == "service":
        return Later(environment.get("HEDGEROW_KEY_SERVICE", ""))
    raise ImproperlyConfigured(
        f"HEDGEROW_TEXT_KEYS is {which!r}. Use file, environment or service."
    )


class Later:
    """A key service named in the environment, made when it is first asked: apps must be loaded first."""

    def __init__(self, service: str) -> None:
        if not service:
            raise ImproperlyConfigured(
                "HEDGEROW_KEY_SERVICE does not say which class asks the service."
            )
        self._service = service
        self._made: Wrapped | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            store = import_string("safeguarding.people.setting_keys.InTheDatabase")()
            self._made = Wrapped(import_string(self._service)(), store)
        return getattr(self._made, name)


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


class KeyService(Protocol):
    """A key service (KMS): it keeps the root, and wraps and unwraps other keys with it."""

    def wrap(self, content: bytes, about: str) -> bytes:
        """Wrapped, for this purpose only. Raises KeyUnavailable."""

    def unwrap(self, wrapped: bytes, about: str) -> bytes:
        """The content again. Raises KeyUnavailable."""


@dataclass(frozen=True)
class Kept:
    """A setting's key as it is kept: its name, itself wrapped, and a public key that needs no service."""

    name: str
    wrapped: bytes
    public: str


class KeyStore(Protocol):
    """Where the wrapped keys of settings are kept."""

    def kept(self, setting_id: UUID) -> list[Kept]:
        """Those of a setting, newest first."""

    def keep(self, setting_id: UUID, key: Kept) -> None:
        """One more."""

    def is_settled(self, setting_id: UUID, name: str) -> bool:
        """Whether the key is there for good, so that it may be remembered."""


class Wrapped:
    """Keys of settings, each wrapped by a key service. Opened ones are remembered for ten minutes.

    While the service does not answer, what was opened lately still works; then reading stops, and what
    is written is sealed to the setting's public key until the service is back.
    """

    REMEMBERED = 600.0  # seconds

    def __init__(self, service: KeyService, store: KeyStore) -> None:
        self._service, self._store = service, store
        self._opened: dict[tuple[UUID, str], tuple[float, bytes, str]] = {}

    def newest(self, setting_id: UUID) -> str:
        kept = self._store.kept(setting_id)
        return kept[0].name if kept else self.renew(setting_id)

    def renew(self, setting_id: UUID) -> str:
        """Make a further key for a setting, which encrypts from now on. Raises KeyUnavailable."""
        name, pair = f"w{secrets.token_hex(4)}", sealed.new_identity()
        content = secrets.token_bytes(32) + pair.secret.encode()
        wrapped = self._service.wrap(content, _about(setting_id, name))
        self._store.keep(setting_id, Kept(name, wrapped, pair.public))
        return name

    def key(self, setting_id: UUID, key_id: str) -> bytes:
        return self._open(setting_id, key_id)[0]

    def secret(self, setting_id: UUID, key_id: str) -> str:
        """The secret half that opens what was sealed while the service did not answer."""
        return self._open(setting_id, key_id)[1]

    def public(self, setting_id: UUID) -> tuple[str, str]:
        """The name and public half of the newest key: no service is asked. Raises KeyUnavailable for none."""
        kept = self._store.kept(setting_id)
        if not kept:
            raise KeyUnavailable(
                "This setting has no key yet, and the key service does not answer."
            )
        return kept[0].name, kept[0].public

    def _open(self, setting_id: UUID, name: str) -> tuple[bytes, str]:
        at, key, secret = self._opened.get((setting_id, name), (0.0, b"", ""))
        if key and time.monotonic() - at < self.REMEMBERED:
            return key, secret
        kept = next((one for one in self._store.kept(setting_id) if one.name == name), None)
        if kept is None:
            raise KeyUnknown("This text was encrypted with a key that is not known here.")
        content = self._service.unwrap(kept.wrapped, _about(setting_id, name))
        key, secret = Key(content[:32]), content[32:].decode()
        if self._store.is_settled(setting_id, name):
            self._opened[setting_id, name] = (time.monotonic(), key, secret)
        return key, secret


def _about(setting_id: UUID, name: str) -> str:
    return f"hedgerow text key|{setting_id}|{name}"
