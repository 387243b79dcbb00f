"""Sealing to keys: whoever seals needs only public keys, and need not be able to open it again.

The form is age (X25519 and ChaCha20-Poly1305), so that a sealed file can be opened without Hedgerow, by the
`age` program and the identity that belongs to one of the keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyrage


class CannotOpen(Exception):  # noqa: N818  reads as a sentence
    """It was sealed to others, or changed since it was sealed."""


@dataclass(frozen=True)
class Identity:
    """A pair of keys as age writes them. Keep `secret` out of logs, mails and addresses."""

    public: str
    secret: str

    def __repr__(self) -> str:
        return f"Identity({self.public})"


def new_identity() -> Identity:
    """A new random pair."""
    made = pyrage.x25519.Identity.generate()
    return Identity(public=str(made.to_public()), secret=str(made))


def seal(content: bytes, to: Sequence[str]) -> bytes:
    """Encrypt so that any one of these public keys' owners can open it.

    Raises ValueError for no key at all, or for what is not a key: nothing is ever sealed to nobody.
    """
    if not to:
        raise ValueError("Sealing needs at least one key.")
    try:
        keys = [pyrage.x25519.Recipient.from_str(key) for key in dict.fromkeys(to)]
    except pyrage.RecipientError:
        raise ValueError("One of the keys to seal to is not a key.") from None
    sealed: bytes = pyrage.encrypt(content, keys)
    return sealed


def unseal(sealed: bytes, secret: str) -> bytes:
    """What was sealed. Raises CannotOpen when it was sealed to others, or was changed."""
    try:
        opened: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise CannotOpen("This key does not open it.") from None
    return opened


def public_of(secret: str) -> str:
    """The public half that belongs to a secret one. Raises CannotOpen for what is not a key."""
    try:
        return str(pyrage.x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError:
        raise CannotOpen("This is not a key.") from None
