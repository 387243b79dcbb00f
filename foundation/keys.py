"""The installation's key: one file of 64 hexadecimal digits; others are derived from it."""

import hmac
import os
import secrets
import sys
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured

from foundation.sqlcipher.place import refuse_unsafe


def random() -> bytes:
    """A new key."""
    return secrets.token_bytes(32)


def make(path: Path) -> None:
    """Write a new random key that only its owner can read. Never overwrites one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> bytes:
    """The 32 bytes of the key. A missing or damaged file stops the start and changes nothing."""
    if not path.is_file():
        raise ImproperlyConfigured(
            f"There is no key file at {path}. Do the records lie in another folder? Name it: bin/manage "
            "--data and the folder. bin/run makes a key for a new installation; for an existing one, put "
            "its own key file back."
        )
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(
            f"The key file {path} is damaged: it should hold 64 hexadecimal digits. "
            "Nothing was changed. Put back the copy you keep elsewhere."
        )
    return key


def hold(key: bytes, next_key: bytes | None = None) -> None:
    """Keep the key that whoever started this process gave it. It is nowhere but in memory.

    A second one comes with it where a change of the key was interrupted.
    """
    _given[:] = [key] if next_key is None else [key, next_key]


def given() -> bytes | None:
    """The key that this process was given, if it was."""
    return _given[0] if _given else None


def given_next() -> bytes | None:
    """The next key, where a change of the key was interrupted."""
    return _given[1] if len(_given) > 1 else None


_given: list[bytes] = []


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that no key is used for two things."""
    info = f"hedgerow/{purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(key)


def agree(one: str, other: str) -> bool:
    """Whether two signs are the same, in the same time wherever they differ. Any text may be one."""
    return hmac.compare_digest(*(sign.encode(errors="surrogatepass") for sign in (one, other)))


def main() -> None:
    """Make the key of a new installation: python -m foundation.keys <file>."""
    path = Path(sys.argv[1]).resolve()
    try:
        refuse_unsafe(path.parent)
        make(path)
    except ImproperlyConfigured as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
