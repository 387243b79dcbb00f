"""Key slots: the ways into an installation's key, in one small file beside its data.

Every way in is a pair of keys. Its secret half is wrapped with what a person knows or holds: a
passphrase (Argon2id), or two of three printed sheets. The key of the installation is sealed to all
the public halves, so that it can be changed without asking everybody for their passphrase again. What
stands in the file is bound together with the key: an entry put in by somebody else is found.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foundation import durable, keys, sealed, sheets, wrapping

NAME = "key-slots.json"
LONGEST = 1024  # characters of a passphrase


class NotOpened(Exception):  # noqa: N818  its text is for the person
    """The installation is not opened. Nothing was changed."""


NOT_THEIRS = (
    "That is not the passphrase of this person. Nothing was changed. Look at capitals and spaces."
)
WRONG_SHEETS = (
    "These two sheets belong together, but not to this installation, or newer sheets were printed "
    "since. Nothing was changed."
)
DAMAGED = (
    "The file key-slots.json is damaged, or is not one of ours. Nothing was changed. Put back its copy "
    "from a backup. Reports can be sent meanwhile."
)
CHANGED = (
    "The file key-slots.json was changed by somebody outside Hedgerow, so it opens nothing. Nothing else "
    "was changed. Put back its copy from a backup, and tell whoever looks after the computer."
)


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Cost(Part):
    """What one try of a passphrase costs (Argon2id)."""

    memory_kib: int = Field(ge=8, le=4 * 1024 * 1024)
    passes: int = Field(ge=1, le=16)
    lanes: int = Field(ge=1, le=16)


REAL = Cost(memory_kib=256 * 1024, passes=3, lanes=4)  # about a second


class Way(Part):
    """One way in."""

    id: str
    made: str
    public: str
    wrapped: str

    @property
    def made_on(self) -> date:
        return date.fromisoformat(self.made)


class Slot(Way):
    """One person's passphrase."""

    who: str
    holder: str
    cost: Cost
    salt: str


class Recovery(Way):
    """Two of three printed sheets."""

    keepers: tuple[str, ...] = Field(strict=False)


class Slots(Part):
    """Everything in the file."""

    version: Literal[1] = 1
    slots: tuple[Slot, ...] = Field(default=(), strict=False)
    recovery: Recovery | None = None
    sealed_key: str = ""
    next_key: str = ""  # while the key is being changed
    kept: Mapping[str, str] = {}  # what must outlive a change of the key, wrapped with it
    mac: str = ""

    @property
    def publics(self) -> list[str]:
        ways: list[Way] = [*self.slots]
        return [one.public for one in ([*ways, self.recovery] if self.recovery else ways)]

    def slot(self, slot_id: str) -> Slot | None:
        return next((one for one in self.slots if one.id == slot_id), None)


@dataclass(frozen=True)
class Opened:
    """The key, and the next one where a change of the key was interrupted."""

    key: bytes
    next: bytes | None = None

    def __repr__(self) -> str:
        return "Opened()"


def place_of(data: Path) -> Path:
    return data / NAME


def exist(data: Path) -> bool:
    return place_of(data).exists()


def read(data: Path) -> Slots:
    """The file. Raises NotOpened when it is damaged or foreign."""
    try:
        return Slots.model_validate_json(place_of(data).read_bytes())
    except (OSError, ValidationError):
        raise NotOpened(DAMAGED) from None


def save(data: Path, slots: Slots, key: bytes) -> Slots:
    """Bind it together with the key, and put it in place at once."""
    bound = slots.model_copy(update={"mac": _mac(slots, key)})
    durable.write(place_of(data), json.dumps(bound.model_dump(mode="json"), indent=1).encode())
    return bound


def is_ours(slots: Slots, key: bytes) -> bool:
    """Whether nobody without the key has changed it."""
    return keys.agree(slots.mac, _mac(slots, key))


def with_passphrase(
    slots: Slots, key: bytes, holder: str, passphrase: str, *, who: str = "", cost: Cost = REAL
) -> Slots:
    """The same with a new slot for this person; a former one of theirs goes."""
    return with_slot(slots, key, new_slot(holder, passphrase, who=who, cost=cost))


def new_slot(holder: str, passphrase: str, *, who: str = "", cost: Cost = REAL) -> Slot:
    """A slot for this person, which opens nothing before it is put in. `who` tells them apart."""
    slot_id, salt = os.urandom(8).hex(), os.urandom(16)
    pair = sealed.new_identity()
    wrapped = wrapping.wrap(
        wrapping.stretched(passphrase[:LONGEST], salt, cost),
        pair.secret.encode(),
        f"{slot_id} {holder}",
    )
    return Slot(
        id=slot_id,
        who=who or holder,
        holder=holder,
        made=_today(),
        cost=cost,
        salt=wrapping.text_of(salt),
        public=pair.public,
        wrapped=wrapped,
    )


def with_slot(slots: Slots, key: bytes, slot: Slot) -> Slots:
    """The same with this slot; a former one of the same person goes."""
    others = [one for one in slots.slots if one.who != slot.who]
    return _sealed_anew(slots.model_copy(update={"slots": (*others, slot)}), key)


def without(slots: Slots, key: bytes, slot_id: str) -> Slots:
    """The same without one slot."""
    left = tuple(one for one in slots.slots if one.id != slot_id)
    return _sealed_anew(slots.model_copy(update={"slots": left}), key)


def with_sheets(slots: Slots, key: bytes, keepers: Sequence[str]) -> tuple[Slots, list[str]]:
    """The same with new recovery sheets, and the words of each. Older sheets open nothing any more."""
    recovery, words = new_sheets(keepers)
    return with_recovery(slots, key, recovery), words


def new_sheets(keepers: Sequence[str]) -> tuple[Recovery, list[str]]:
    """Sheets that open nothing before they are put in, and the words of each."""
    secret, words = sheets.new()
    slot_id, pair = os.urandom(8).hex(), sealed.new_identity()
    wrapped = wrapping.wrap(keys.derive(secret, "recovery"), pair.secret.encode(), slot_id)
    recovery = Recovery(
        id=slot_id, keepers=tuple(keepers), made=_today(), public=pair.public, wrapped=wrapped
    )
    return recovery, words


def with_recovery(slots: Slots, key: bytes, recovery: Recovery) -> Slots:
    """The same with these sheets. Older ones open nothing any more."""
    return _sealed_anew(slots.model_copy(update={"recovery": recovery}), key)


def open_with_passphrase(slots: Slots, slot_id: str, passphrase: str) -> Opened:
    """Raises NotOpened with a sentence for the person."""
    slot = slots.slot(slot_id)
    if slot is None:
        raise NotOpened(NOT_THEIRS)
    stretched = wrapping.stretched(passphrase[:LONGEST], wrapping.bytes_of(slot.salt), slot.cost)
    try:
        secret = wrapping.unwrap(stretched, slot.wrapped, f"{slot.id} {slot.holder}")
    except InvalidTag:
        raise NotOpened(NOT_THEIRS) from None
    return _opened(slots, secret.decode())


def open_with_sheets(slots: Slots, words: Iterable[str]) -> Opened:
    """Raises NotOpened with a sentence for the person."""
    if slots.recovery is None:
        raise NotOpened("This installation has no recovery sheets. Nothing was changed.")
    try:
        secret = sheets.secret_of(list(words))
        wrapped = slots.recovery.wrapped
        opened = wrapping.unwrap(keys.derive(secret, "recovery"), wrapped, slots.recovery.id)
    except sheets.WrongSheet as wrong:
        raise NotOpened(str(wrong)) from None
    except InvalidTag:
        raise NotOpened(WRONG_SHEETS) from None
    return _opened(slots, opened.decode())


def with_next(slots: Slots, next_key: bytes) -> Slots:
    """Before the key is changed: the next one, sealed to the same people."""
    return slots.model_copy(
        update={"next_key": wrapping.text_of(sealed.seal(next_key, slots.publics))}
    )


def changed(slots: Slots, old: bytes, new: bytes) -> Slots:
    """After the key was changed: the new one alone opens everything."""
    kept = {
        name: wrapping.wrap(_kept(new), secret, name)
        for name, secret in kept_of(slots, old).items()
    }
    update = {"sealed_key": slots.next_key, "next_key": "", "kept": kept}
    return slots.model_copy(update=update)


def keeping(slots: Slots, key: bytes, name: str, secret: bytes) -> Slots:
    """The same with a secret that outlives every change of the key; a first one stays."""
    kept = {name: wrapping.wrap(_kept(key), secret, name)} | dict(slots.kept)
    return slots.model_copy(update={"kept": kept})


def kept_of(slots: Slots, key: bytes) -> dict[str, bytes]:
    try:
        return {name: wrapping.unwrap(_kept(key), one, name) for name, one in slots.kept.items()}
    except InvalidTag:
        raise NotOpened(CHANGED) from None


def _kept(key: bytes) -> bytes:
    return keys.derive(key, "kept")


def _opened(slots: Slots, secret: str) -> Opened:
    try:
        key = sealed.unseal(wrapping.bytes_of(slots.sealed_key), secret)
        next_key = (
            sealed.unseal(wrapping.bytes_of(slots.next_key), secret) if slots.next_key else None
        )
    except (sealed.CannotOpen, ValueError):
        raise NotOpened(CHANGED) from None
    if not is_ours(slots, key):
        raise NotOpened(CHANGED)
    return Opened(key, next_key)


def _sealed_anew(slots: Slots, key: bytes) -> Slots:
    text = wrapping.text_of(sealed.seal(key, slots.publics)) if slots.publics else ""
    return slots.model_copy(update={"sealed_key": text})


def _mac(slots: Slots, key: bytes) -> str:
    content = slots.model_copy(update={"mac": ""}).model_dump(mode="json")
    text = json.dumps(content, sort_keys=True).encode()
    return hmac.digest(keys.derive(key, "slots"), text, hashlib.sha256).hex()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
