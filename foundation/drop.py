"""The drop: what comes in while nobody can open the records. Everybody can put in; only the key reads.

Each thing is a file of its own, sealed to public keys that lie in clear in the data folder, and there
whole or not at all. The secret halves lie beside them, wrapped with a key derived from the
installation's. Nothing in here is ever deleted by the program: what was taken in is kept under
`imported`, what cannot be opened under `unreadable`, for a person to look at.
"""

import base64
import os
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foundation import durable, keys, sealed

NONCE = 12
ROUND = 4096  # sizes are rounded up to it, so that they say little
HOUR = 60 * 60
IMPORTED, UNREADABLE, STUCK = "imported", "unreadable", "stuck"


class Pair(BaseModel):
    """One public key, and its secret half wrapped."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    public: str
    wrapped: str
    made: str


class Pairs(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: Literal[1] = 1
    pairs: tuple[Pair, ...] = Field(default=(), strict=False)


def folder_of(data: Path) -> Path:
    return data / "drop"


def make_ready(data: Path, key: bytes) -> None:
    """See that there is a key to seal to that this key can open. One that it cannot open is put aside."""
    place = folder_of(data) / "keys.json"
    try:
        if identities(data, key):
            return
    except ValueError:
        aside = place.with_name(f"keys.damaged-{int(time.time())}.json")
        place.replace(aside)
    _save(place, [_new_pair(key)])


def recipients(data: Path) -> list[str]:
    """Whom to seal to: the newest pair. Empty when that cannot be known: then nothing can be taken."""
    try:
        return [one.public for one in _read(folder_of(data) / "keys.json").pairs[-1:]]
    except ValueError:
        return []


def identities(data: Path, key: bytes) -> list[sealed.Identity]:
    """The pairs, opened. Raises ValueError when they are damaged or of another key."""
    found = _read(folder_of(data) / "keys.json").pairs
    try:
        return [sealed.Identity(one.public, _unwrapped(one, key)) for one in found]
    except InvalidTag:
        raise ValueError("The keys of the drop belong to another key.") from None


def change_key(data: Path, old: bytes, new: bytes) -> None:
    """Wrap the secret halves with another key, and seal to a new one from now on.

    Done twice it does nothing more.
    """
    place = folder_of(data) / "keys.json"
    try:
        identities(data, new)
    except ValueError:
        pairs = [_wrapped(one, new) for one in identities(data, old)]
        _save(place, [*pairs, _new_pair(new)])


def keep(data: Path, name: str, content: bytes) -> bool:
    """Keep something under its name, once. Says whether it was new.

    Raises OSError where the disk does not take it, and ValueError where there is nobody to seal to.
    """
    folder = folder_of(data)
    if any((place / f"{name}.age").exists() for place in (folder / IMPORTED, folder / UNREADABLE)):
        return False
    padded = content + b" " * (-len(content) % ROUND)
    return durable.write_once(folder / f"{name}.age", sealed.seal(padded, recipients(data)))


def waiting(data: Path) -> list[Path]:
    """What was put in and not taken out yet, oldest first."""
    return sorted(folder_of(data).glob("*.age"), key=lambda one: (one.stat().st_mtime, one.name))


def unreadable(data: Path) -> list[Path]:
    """What could not be opened, for a person to look at."""
    return sorted((folder_of(data) / UNREADABLE).glob("*.age"))


def say_stuck(data: Path, places: Collection[str]) -> None:
    """Note for which places the last look found something that a fault of ours keeps from being taken in.

    Age alone would say too much: whoever can stop all changes could wait and see whether something came.
    """
    note = folder_of(data) / STUCK
    if places:
        durable.write(note, "\n".join(sorted(places)).encode())
    else:
        note.unlink(missing_ok=True)


def is_stuck(data: Path, place: str) -> bool:
    """Whether something for this place waits for a fault of ours to be mended."""
    try:
        return place in (folder_of(data) / STUCK).read_text("utf-8").split("\n")
    except OSError:
        return False


def of_late(data: Path) -> int:
    """How many things were put in within the last hour."""
    since = time.time() - HOUR
    return sum(one.stat().st_mtime > since for one in folder_of(data).glob("*.age"))


def opened(place: Path, pairs: list[sealed.Identity]) -> bytes:
    """What it holds. Raises sealed.CannotOpen."""
    content = place.read_bytes()
    for pair in pairs:
        try:
            return sealed.unseal(content, pair.secret)
        except sealed.CannotOpen:
            continue
    raise sealed.CannotOpen("None of our keys opens it.")


def settle(data: Path, place: Path, *, readable: bool = True) -> None:
    """Put it where it stays: it was taken in, or a person has to look at it."""
    durable.move(place, folder_of(data) / (IMPORTED if readable else UNREADABLE))


def _read(place: Path) -> Pairs:
    try:
        return Pairs.model_validate_json(place.read_bytes())
    except FileNotFoundError:
        return Pairs()
    except (OSError, ValidationError):
        raise ValueError("The keys of the drop are damaged.") from None


def _save(place: Path, pairs: list[Pair]) -> None:
    durable.write(place, Pairs(pairs=tuple(pairs)).model_dump_json(indent=1).encode())


def _new_pair(key: bytes) -> Pair:
    return _wrapped(sealed.new_identity(), key)


def _wrapped(pair: sealed.Identity, key: bytes) -> Pair:
    nonce = os.urandom(NONCE)
    secret = AESGCM(_key(key)).encrypt(nonce, pair.secret.encode(), pair.public.encode())
    text = base64.b64encode(nonce + secret).decode()
    return Pair(public=pair.public, wrapped=text, made=datetime.now(UTC).date().isoformat())


def _unwrapped(pair: Pair, key: bytes) -> str:
    content = base64.b64decode(pair.wrapped)
    about = pair.public.encode()
    return AESGCM(_key(key)).decrypt(content[:NONCE], content[NONCE:], about).decode()


def _key(key: bytes) -> bytes:
    return keys.derive(key, "drop")
