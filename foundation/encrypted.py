"""Model fields whose words are encrypted before the database sees them.

Encrypted with AES-256-GCM under a random nonce, and bound to setting, model, row, field and key: a value
that is changed, or moved to another row or field, does not open. A row is encrypted with the key of its
setting (`key_providers`), or with one that its `text_key` gives. It is opened when it is read, with the
keyring its queryset was given; what cannot be opened reads as a sentence that says so, and stays as it is.
"""

import base64
import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from foundation import sealed
from foundation.key_providers import Key, KeyUnavailable, KeyUnknown, Later, Wrapped
from foundation.keyrings import (
    ANOTHER_KEY,
    DAMAGED,
    NO_KEY_NOW,
    Unreadable,
    keyring_of,
    unread_in,
)

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    _TextField = models.TextField[str | Combinable, str]
else:
    _TextField = models.TextField

Row = TypeVar("Row", bound=models.Model, covariant=True)
MARK = "h1"
NONCE = 12
FORM = re.compile(rf"{MARK}\.([a-z0-9]+)\.([A-Za-z0-9+/=]+)")
TO_A_SETTING = "p"  # how the names begin of what was sealed to a setting's public key
OF_A_RECORD = "r"  # how the names of keys begin that belong to one record


@dataclass(frozen=True)
class Sealed:
    """A value as the database holds it."""

    stored: str

    @property
    def key_id(self) -> str:
        return self.stored.split(".", 2)[1]

    @classmethod
    def of(cls, text: str, key_id: str, key: bytes, about: str) -> Self:
        nonce = os.urandom(NONCE)
        content = _cipher(key).encrypt(nonce, text.encode(), f"{about}|{key_id}".encode())
        return cls(f"{MARK}.{key_id}.{base64.b64encode(nonce + content).decode()}")

    def opened(self, key: bytes, about: str) -> str:
        """The words. Raises InvalidTag, or ValueError where it is not even of our form."""
        _, key_id, content = self.stored.split(".", 2)
        raw = base64.b64decode(content, validate=True)
        return _cipher(key).decrypt(raw[:NONCE], raw[NONCE:], f"{about}|{key_id}".encode()).decode()


def _cipher(key: bytes) -> AESGCM:
    """Of a setting's key it is ready; of a record's it is made each time, and nothing keeps that key."""
    return key.cipher if isinstance(key, Key) else AESGCM(key)


def about(row: models.Model, field: models.Field[Any, Any]) -> str:
    """What a value is bound to."""
    return f"{getattr(row, 'setting_id')}|{row._meta.label_lower}|{row.pk}|{field.name}"  # noqa: B009


class _Opened(DeferredAttribute):
    """Opens a value when somebody reads it, once for each row in memory."""

    only_keeps = True  # what `__set__` does: see foundation.made

    def __get__(self, row: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(row, cls)
        if row is None or not isinstance(value, Sealed):
            return value
        known: dict[str, Any] = row.__dict__.setdefault("_opened", {})
        name: str = self.field.name
        if known.get(name, (None,))[0] is not value:
            text = _open(row, self.field, value)
            if isinstance(text, Unreadable):
                return self.field.unreadable(text)  # type: ignore[attr-defined]
            known[name] = (value, self.field.from_text(text))  # type: ignore[attr-defined]
        return known[name][1]

    def __set__(self, row: models.Model, value: Any) -> None:
        """With this, Python asks `__get__` although the row has the value."""
        row.__dict__[self.field.attname] = value


def _open(row: models.Model, field: models.Field[Any, Any], value: Sealed) -> str:
    form = FORM.fullmatch(value.stored)
    if form is None:
        return DAMAGED
    key_id, content = form.groups()
    try:
        if key_id.startswith(TO_A_SETTING):
            return _unsealed(row, field, key_id, content)
        key = _key_for(row, key_id)
        return key if isinstance(key, Unreadable) else value.opened(key, about(row, field))
    except KeyUnavailable:
        return NO_KEY_NOW
    except KeyUnknown:
        return ANOTHER_KEY
    except (InvalidTag, ValueError, IndexError, sealed.CannotOpen):
        return DAMAGED


def _unsealed(row: models.Model, field: models.Field[Any, Any], key_id: str, content: str) -> str:
    """What was sealed while a key service did not answer."""
    name = key_id.removeprefix(TO_A_SETTING)
    if not isinstance(settings.TEXT_KEYS, Wrapped | Later):
        return ANOTHER_KEY
    secret = settings.TEXT_KEYS.secret(getattr(row, "setting_id"), name)  # noqa: B009
    bound, text = json.loads(sealed.unseal(base64.b64decode(content, validate=True), secret))
    return str(text) if bound == about(row, field) else DAMAGED


def _key_for(row: models.Model, key_id: str) -> bytes | Unreadable:
    if key_id.startswith(OF_A_RECORD):
        keyring = keyring_of(row)
        return keyring.record_key(key_id) or keyring.closed
    found: bytes = settings.TEXT_KEYS.key(getattr(row, "setting_id"), key_id)  # noqa: B009
    return found


class EncryptedTextField(_TextField):
    """Words of any length, encrypted. The database cannot look for them, sort by them or change them."""

    descriptor_class = _Opened

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return Sealed(value) if value else self.to_python(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether it is empty: any other question would quietly find nothing."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None

    def from_text(self, text: str) -> Any:
        return text

    def to_text(self, value: Any) -> str:
        return str(value)

    def unreadable(self, why: Unreadable) -> Any:
        return why

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001, ARG002  Django’s
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed) or not value:
            return value
        text = self.to_text(value)
        if unread_in(text):
            raise TypeError(f"What cannot be read is never written back ({self}).")
        return _sealed(model_instance, self, text)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.stored
        if not value:
            return value if value is None else ""
        raise TypeError(f"{self} is encrypted: the database cannot look for it or change it alone.")


if TYPE_CHECKING:
    EncryptedJSONField = models.JSONField
else:

    class EncryptedJSONField(EncryptedTextField):
        """A list as JSON, encrypted."""

        def from_db_value(self, value: str | None, *_: Any) -> Any:
            return Sealed(value) if value else []

        def from_text(self, text: str) -> Any:
            return json.loads(text)

        def to_text(self, value: Any) -> str:
            return json.dumps(value, ensure_ascii=False)

        def unreadable(self, why: Unreadable) -> Any:  # noqa: ARG002  the text beside it says so
            return []


def stored_if_sealed(row: models.Model, name: str) -> str:
    """What the database holds of a field whose words are under the key of one record; else nothing."""
    value = row.__dict__.get(name)
    if (
        value and not isinstance(value, Sealed) and _is_of_a_record(row, name)
    ):  # its words, written a moment ago
        value = type(row)._base_manager.filter(pk=row.pk).values_list(name, flat=True).get()
    sealed = isinstance(value, Sealed) and value.key_id.startswith(OF_A_RECORD)
    return value.stored if isinstance(value, Sealed) and sealed else ""


def _is_of_a_record(row: models.Model, name: str) -> bool:
    own = getattr(row, "text_key", None)
    return isinstance(row._meta.get_field(name), EncryptedTextField) and bool(own and own())


def _sealed(row: models.Model, field: models.Field[Any, Any], text: str) -> Sealed:
    """Encrypted; while a key service does not answer, sealed to the setting's public key instead."""
    try:
        key_id, key = text_key(row)
    except KeyUnavailable:
        if not isinstance(settings.TEXT_KEYS, Wrapped | Later):
            raise
        name, public = settings.TEXT_KEYS.public(getattr(row, "setting_id"))  # noqa: B009
        bound = json.dumps([about(row, field), text]).encode()
        content = base64.b64encode(sealed.seal(bound, [public])).decode()
        return Sealed(f"{MARK}.{TO_A_SETTING}{name}.{content}")
    return Sealed.of(text, key_id, key, about(row, field))


def renewed(row: models.Model, field: EncryptedTextField) -> Sealed | bool | None:
    """A value under the newest key; None where nothing is to be done, False where it does not open.

    What belongs to a sealed record is left alone: its keys are its own.
    """
    value = row.__dict__.get(field.attname)
    if not isinstance(value, Sealed) or value.key_id.startswith(OF_A_RECORD):
        return None
    setting_id: UUID = getattr(row, "setting_id")  # noqa: B009
    newest = settings.TEXT_KEYS.newest(setting_id)
    if value.key_id == newest:
        return None
    text = _open(row, field, value)
    if isinstance(text, Unreadable):
        return False
    return Sealed.of(text, newest, settings.TEXT_KEYS.key(setting_id, newest), about(row, field))


def text_key(row: models.Model) -> tuple[str, bytes]:
    """The key with which a row's words are encrypted, after its name: its record's, or its setting's."""
    own = getattr(row, "text_key", None)
    if own is not None and (found := own()) is not None:
        key_id, key = found
        return key_id, key
    setting_id: UUID = getattr(row, "setting_id")  # noqa: B009
    key_id = settings.TEXT_KEYS.newest(setting_id)
    return key_id, settings.TEXT_KEYS.key(setting_id, key_id)
