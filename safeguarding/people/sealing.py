"""Sealing what must not be read from a copy of the database: second-factor secrets, kept typing."""

import base64
import hashlib
import os
from functools import partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from foundation import keys
from foundation.changing import anew

NONCE = 12  # bytes


def seal(content: bytes, about: str) -> bytes:
    """Encrypt with AES-GCM under the secrets key. Only the same `about` opens it again."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(settings.SECRETS_KEY).encrypt(nonce, content, about.encode())


def unseal(sealed: bytes, about: str) -> bytes:
    """What was sealed. Raises ImproperlyConfigured when the key, the content or `about` differ."""
    try:
        return AESGCM(settings.SECRETS_KEY).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except InvalidTag:
        raise ImproperlyConfigured(
            "Something sealed in the database cannot be opened with this key file. "
            "Put back the key file that belongs to this database."
        ) from None


def seal_anew(content: bytes, about: str, old: bytes, new: bytes) -> bytes:
    """Sealed with a new key of the installation. What is sealed with it already is sealed once more."""
    old, new = (keys.derive(one, "secrets") for one in (old, new))
    text = anew(
        content, partial(_opened, key=old, about=about), partial(_opened, key=new, about=about)
    )
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(new).encrypt(nonce, text, about.encode())


def seal_text_anew(sealed: str, about: str, old: bytes, new: bytes) -> str:
    """The same for sealed text. Other text stays as it is."""
    name, _, content = sealed.partition(":")
    names = [key_id(keys.derive(one, "secrets")) for one in (old, new)]
    if name not in names:
        return sealed
    again = seal_anew(base64.b64decode(content), about, old, new)
    return f"{names[1]}:{base64.b64encode(again).decode()}"


def _opened(sealed: bytes, *, key: bytes, about: str) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())


def seal_text(text: str, about: str) -> str:
    """The same for text, as text, with the name of the key in front."""
    return f"{key_id()}:{base64.b64encode(seal(text.encode(), about)).decode()}"


def unseal_text(sealed: str, about: str) -> str:
    """The text again. Raises ImproperlyConfigured when another key sealed it, or none did."""
    name, _, content = sealed.partition(":")
    if name != key_id():
        raise ImproperlyConfigured(
            "A secret in the database was sealed with another key file. "
            "Put back the key file that belongs to this database."
        )
    return unseal(base64.b64decode(content), about).decode()


def is_sealed(text: str) -> bool:
    """Whether the text was sealed with today's key."""
    return text.startswith(f"{key_id()}:")


def key_id(key: bytes | None = None) -> str:
    """A name for the key that says nothing about it."""
    return "k" + hashlib.sha256(b"hedgerow key id" + (key or settings.SECRETS_KEY)).hexdigest()[:8]
