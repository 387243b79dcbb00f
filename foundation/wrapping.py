"""Wrapping a secret with a key, and making a key of a passphrase (Argon2id), for the ways in."""

import base64
import os
import unicodedata
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class Cost(Protocol):
    """What one try of a passphrase costs."""

    @property
    def memory_kib(self) -> int: ...
    @property
    def passes(self) -> int: ...
    @property
    def lanes(self) -> int: ...


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    written = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(
        written, salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
    )


def wrap(key: bytes, secret: bytes, about: str) -> str:
    nonce = os.urandom(NONCE)
    return text_of(nonce + AESGCM(key).encrypt(nonce, secret, about.encode()))


def unwrap(key: bytes, wrapped: str, about: str) -> bytes:
    content = bytes_of(wrapped)
    return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], about.encode())


def text_of(content: bytes) -> str:
    return base64.b64encode(content).decode()


def bytes_of(text: str) -> bytes:
    return base64.b64decode(text)
