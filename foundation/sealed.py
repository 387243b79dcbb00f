"""Sealing to keys: whoever seals needs only public keys, and need not be able to open it again.

The form is age (X25519 and ChaCha20-Poly1305), so that a sealed file can be opened without Hedgerow, by the
`age` program and the identity that belongs to one of the keys.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyrage


class CannotOpen(Exception):  # noqa: N818  reads as a sentence
    """It was sealed to others, or changed since it was sealed."""


class WrongKey(CannotOpen):
    """It was sealed to others. As far as could be seen it is whole."""


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


class Writes(Protocol):
    """Anything bytes can be written to."""

    def write(self, content: bytes, /) -> object: ...
    def flush(self) -> object: ...


class Reads(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


class Pieces:
    """Pieces of bytes that come one after the other, as something to read from."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._piece, self._place = iter(pieces), b"", 0

    def read(self, size: int, /) -> bytes:
        while self._place == len(self._piece):
            if (piece := next(self._pieces, None)) is None:
                return b""
            self._piece, self._place = piece, 0
        answer = self._piece[self._place : self._place + size]
        self._place += len(answer)
        return answer


def seal(content: bytes, to: Sequence[str]) -> bytes:
    """Encrypt so that any one of these public keys' owners can open it.

    Raises ValueError for no key at all, or for what is not a key: nothing is ever sealed to nobody.
    """
    sealed: bytes = pyrage.encrypt(content, _recipients(to))
    return sealed


def seal_stream(pieces: Iterable[bytes], sealed: Writes, to: Sequence[str]) -> None:
    """As `seal`, for what is too large to be held at once. An error of the pieces is raised as it is."""
    source = _Remembering(pieces)
    try:
        pyrage.encrypt_io(Pieces(source), sealed, _recipients(to))
    except pyrage.EncryptError:
        raise source.error or CannotOpen("It could not be sealed.") from None


def unseal_stream(sealed: Reads, opened: Writes, secret: str) -> None:
    """As `unseal`, for what is too large. Trust what was written only once this has returned."""
    try:
        pyrage.decrypt_io(sealed, opened, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, pyrage.IdentityError) as refused:
        if "No matching keys" in str(refused):
            raise WrongKey("This key does not open it.") from None
        raise CannotOpen("It is cut short or was changed.") from None
    except OSError as failed:
        if failed.errno is not None:  # the disk or the reader at the other end
            raise
        raise CannotOpen("It is cut short or was changed.") from None


def is_key(text: str) -> bool:
    """Whether it is a public key that can be sealed to."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def public_of(secret: str) -> str:
    """The public key that belongs to a secret. Raises CannotOpen for what is not a secret."""
    try:
        return str(pyrage.x25519.Identity.from_str(secret).to_public())
    except pyrage.IdentityError:
        raise CannotOpen("This is not a secret key.") from None


class _Remembering:
    """Passes pieces on, and keeps the error that ended them: the library turns it into text."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self.error: BaseException | None = None

    def __iter__(self) -> "_Remembering":
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except StopIteration:
            raise
        except BaseException as error:
            self.error = error
            raise


def _recipients(to: Sequence[str]) -> list[object]:
    if not to:
        raise ValueError("Sealing needs at least one key.")
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in dict.fromkeys(to)]
    except pyrage.RecipientError:
        raise ValueError("One of the keys to seal to is not a key.") from None


def unseal(sealed: bytes, secret: str) -> bytes:
    """What was sealed. Raises CannotOpen when it was sealed to others, or was changed."""
    try:
        opened: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise CannotOpen("This key does not open it.") from None
    return opened
