"""The key that signs checkpoints: made once at random, and kept in a file of its own.

It is derived from nothing, so that who learns the installation's key alone cannot sign. The file is
encrypted, and useless without the installation's key. It also holds the origin: the name under which
this record signs, for as long as it exists. A record that has signed never quietly begins anew.
"""

import contextlib
import json
import os
from dataclasses import dataclass, replace
from uuid import uuid4

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from foundation import former
from safeguarding.audit.models import SigningKey

ABOUT = b"hedgerow/signing key/v1"
NEXT_KEY = b"hedgerow/next key/v1\0"
LOST = "The key that signs checkpoints is gone. Put its file back from a backup."
STRANGE = "The key that signs checkpoints belongs to another record. Put the right file back."
DAMAGED = "The file of the key that signs checkpoints is damaged. Put it back from a backup."


class NoKey(Exception):  # noqa: N818  reads as a sentence
    """There is no key that may sign for this record: an alarm, never a reason to make a new one."""


@dataclass(frozen=True)
class Signer:
    """The origin under which this record signs, and the means to sign."""

    origin: str
    private: Ed25519PrivateKey
    is_new: bool = False  # whether what it signed first may not be on record

    @property
    def public(self) -> str:
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, words: bytes) -> str:
        return self.private.sign(words).hex()


def signer() -> Signer:
    """Whoever signs for this record; made with its first checkpoint. Raises NoKey: an alarm."""
    last = SigningKey.objects.order_by("created_at").last()
    if last is None:
        return _begin()
    found = _read()
    if (found.origin, found.public) != (last.origin, last.public):
        raise NoKey(STRANGE)
    return found


def settle(found: Signer) -> None:
    """Note that what a key signed first is on record: no record begins anew with it from now on."""
    if found.is_new:
        with contextlib.suppress(OSError):  # it signs as well as before; the next time will do
            _write(replace(found, is_new=False))


def renew() -> Signer:
    """Go on with a new key, by the word of the one before. The origin stays."""
    before = signer()
    after = Signer(before.origin, Ed25519PrivateKey.generate())
    word = before.sign(NEXT_KEY + bytes.fromhex(after.public))
    SigningKey.objects.create(origin=after.origin, public=after.public, signed_by_last=word)
    _write(after)
    return after


def is_signed(words: bytes, signature: str, public: str) -> bool:
    """Whether the holder of this key signed these very words."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), words)
    except (InvalidSignature, ValueError):
        return False
    return True


def known_keys() -> tuple[str, set[str]]:
    """The origin of this record, and every key that may sign for it: each by the word of the last."""
    origin, keys, last = "", set[str](), ""
    for one in SigningKey.objects.order_by("created_at"):
        words = NEXT_KEY + bytes.fromhex(one.public)
        if last and not (one.origin == origin and is_signed(words, one.signed_by_last, last)):
            continue
        origin, last = one.origin, one.public
        keys.add(one.public)
    return origin, keys


def _begin() -> Signer:
    """The first key of a record that never signed. One whose first checkpoint came to nothing is taken."""
    if settings.SIGNING_KEY.exists():
        made = _read()
        if not made.is_new:
            raise NoKey(STRANGE)
    else:
        made = Signer(f"hedgerow/{uuid4()}", Ed25519PrivateKey.generate(), is_new=True)
        _write(made)
    SigningKey.objects.create(origin=made.origin, public=made.public)
    return made


def _write(made: Signer) -> None:
    """Put the key in its file: whole, or not at all."""
    nonce = os.urandom(12)
    key = made.private.private_bytes_raw().hex()
    said = json.dumps({"origin": made.origin, "key": key, "new": made.is_new})
    sealed = nonce + AESGCM(settings.SIGNING_WRAP).encrypt(nonce, said.encode(), ABOUT)
    settings.SIGNING_KEY.parent.mkdir(parents=True, exist_ok=True)
    new = settings.SIGNING_KEY.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(sealed.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(settings.SIGNING_KEY)


def _opened(sealed: bytes) -> bytes:
    """With the key of today, or one from before: the file stays as it was until it is written anew."""
    known = (settings.SIGNING_WRAP, *settings.SIGNING_WRAPS_BEFORE)
    return former.opened(known, lambda key: AESGCM(key).decrypt(sealed[:12], sealed[12:], ABOUT))


def _read() -> Signer:
    if not settings.SIGNING_KEY.is_file():
        raise NoKey(LOST)
    try:
        sealed = bytes.fromhex(settings.SIGNING_KEY.read_text(encoding="ascii").strip())
        said = json.loads(_opened(sealed))
    except (ValueError, InvalidTag):
        raise NoKey(DAMAGED) from None
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(said["key"]))
    return Signer(said["origin"], private, is_new=said.get("new", False))
