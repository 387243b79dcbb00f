"""What a person can open of what is sealed: their pair of keys, opened at sign-in, kept for the session.

The secret half lies in the database wrapped with a key made from the password. Opened, it is sealed again
under a random key that only the person's browser holds, in a cookie; the session holds what was sealed. So
neither the database with its key file nor a copy of both opens anything, and it ends with the session.
"""

import base64
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models import Q

from foundation import sealed
from foundation.beside import lines
from foundation.encrypted import OF_A_RECORD
from foundation.keyrings import Unreadable, opens_for_anybody
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import record_for

from . import sealing
from .models import KeyCopy, PersonKey, RecordKey, User
from .models.keypairs import FIELDS

NONCE = 12
LENGTH = 32

ENTER = Unreadable("Sealed. Enter your passphrase to read this.")
SEALED_TO_OTHERS = Unreadable(
    "Sealed to others. Ask somebody who reads this record to open it and share it with you."
)


@dataclass(frozen=True)
class Copy:
    """A copy of a record's key: whose it is, nobody's while it waits."""

    key: UUID
    user: UUID | None
    name: str
    sealed: bytes

    @classmethod
    def all_in(cls, text: str | None) -> list[Self]:
        """The copies that `copies_of` put beside a record."""
        return [
            cls(UUID(key), UUID(user) if to else None, name, base64.b64decode(sealed))
            for key, to, user, sealed, name in lines(text, FIELDS)
        ]


class Keyring:
    """Opens the keys of records for one person in one setting. Asks the database once."""

    def __init__(self, setting_id: UUID, user_id: UUID | None, secret: str = "") -> None:
        self._setting_id, self._user_id, self._secret = setting_id, user_id, secret
        self._copies: dict[UUID, list[tuple[bool, bytes]]] | None = None
        self._opened: dict[UUID, bytes | None] = {}
        self._given: dict[UUID, list[tuple[bool, bytes]]] = {}

    def __repr__(self) -> str:
        return f"Keyring({'open' if self.is_open else 'closed'})"

    @property
    def is_open(self) -> bool:
        """Whether it holds the person's secret, so that more opens than what waits."""
        return bool(self._secret)

    @property
    def closed(self) -> Unreadable:
        return SEALED_TO_OTHERS if self.is_open else ENTER

    def record_key(self, key_id: str) -> bytes | None:
        """The key of a record by its name, or None."""
        try:
            pk = UUID(key_id.removeprefix(OF_A_RECORD))
        except ValueError:
            return None
        if pk not in self._opened:
            self._opened[pk] = self._open(pk)
        return self._opened[pk]

    def add(self, copies: Iterable["Copy"]) -> None:
        """Take in copies that were fetched with their record."""
        for one in copies:
            self._given.setdefault(one.key, [])
            if one.user in {None, self._user_id}:
                self._given[one.key].append((one.user is None, one.sealed))

    def forget(self) -> None:
        """Ask the database again: copies were added or taken away."""
        self._copies, self._opened, self._given = None, {}, {}

    def _open(self, pk: UUID) -> bytes | None:
        if self._copies is None and pk not in self._given:
            self._copies = self._fetched()
        known = self._given.get(pk) if pk in self._given else (self._copies or {}).get(pk)
        for waits, copy in known or []:
            try:
                if waits:
                    return sealing.unseal(copy, f"waiting {pk}")
                if self._secret:
                    return sealed.unseal(copy, self._secret)
            except (sealed.CannotOpen, ImproperlyConfigured):
                continue
        return None

    def _fetched(self) -> dict[UUID, list[tuple[bool, bytes]]]:
        mine = Q(to__isnull=True)
        if self._user_id and self._secret:
            mine |= Q(to__user=self._user_id)
        rows = KeyCopy.objects.filter(mine, setting=self._setting_id)
        found: dict[UUID, list[tuple[bool, bytes]]] = {}
        for key, to, copy in rows.values_list("key_id", "to_id", "sealed"):
            found.setdefault(key, []).append((to is None, base64.b64decode(copy)))
        return found


@opens_for_anybody
def for_anybody(row: models.Model) -> Keyring:
    """For rows read on nobody's behalf: it opens only what waits for a person with a key."""
    return Keyring(getattr(row, "setting_id"), None)  # noqa: B009


def name_of(key: RecordKey) -> str:
    """The name of a record's key, as it stands on what it encrypts."""
    return OF_A_RECORD + key.pk.hex


# --- Pairs of keys ----------------------------------------------------------------------------------

_when_made: list[Callable[[PersonKey, str], None]] = []


def when_made(function: Callable[[PersonKey, str], None]) -> Callable[[PersonKey, str], None]:
    """Register what seals waiting records to a person once they have a key."""
    _when_made.append(function)
    return function


@transaction.atomic
def make_pair(user: User, password: str) -> str:
    """A new pair for a person, wrapped with their password. The secret half, for their session."""
    [secret] = make_pairs({user: password})
    return secret


@transaction.atomic
def make_pairs(passwords: Mapping[User, str]) -> list[str]:
    """The same for several people at once, so that what waits is sealed to all of them."""
    made = [_new_pair(user, password) for user, password in passwords.items()]
    for pair, secret in made:
        for function in _when_made:
            function(pair, secret)
        event = "key.replaced" if pair.follows_id else "key.made"
        record_for(event, pair.user, setting_id=INSTALLATION, by=pair.user)
    return [secret for _, secret in made]


def _new_pair(user: User, password: str) -> tuple[PersonKey, str]:
    identity = sealed.new_identity()
    before = PersonKey.objects.newest().filter(user=user).first()
    pair = PersonKey(user=user, public=identity.public, follows=before)
    _wrap(pair, identity.secret, password)
    pair.save(force_insert=True)
    return pair, identity.secret


def wrap_again(user: User, secret: str, password: str) -> bool:
    """After a changed password: the same secret under the new one. False where it is not theirs."""
    pair = PersonKey.objects.newest().filter(user=user).first()
    if pair is None or sealed.public_of(secret) != pair.public:
        return False
    _wrap(pair, secret, password)
    pair.save(update_fields=["wrapped", "salt", "rounds", "memory", "lanes"])
    return True


def secret_of(user: User, password: str) -> str | None:
    """The secret half of a person's pair; None where this password does not open it."""
    pair = PersonKey.objects.newest().filter(user=user).first()
    return _unwrapped(pair, password) if pair else None


def has_pair(user: User) -> bool:
    """Whether a person has ever had a key."""
    return PersonKey.objects.filter(user=user).exists()


def words_of(user: User) -> list[str]:
    """The words of a person's key as it is now; none without one."""
    pair = PersonKey.objects.newest().filter(user=user).first()
    return fingerprint(pair) if pair else []


def fingerprint(pair: PersonKey) -> list[str]:
    """Eight words that stand for a key, to be compared by telephone."""
    from shamir_mnemonic.wordlist import WORDLIST

    digest = int.from_bytes(hashlib.sha256(pair.public.encode()).digest(), "big")
    return [WORDLIST[(digest >> (10 * place)) % 1024] for place in range(8)]


def _wrap(pair: PersonKey, secret: str, password: str) -> None:
    pair.salt = os.urandom(16)
    pair.rounds, pair.memory, pair.lanes = settings.PERSON_KEY_COST
    nonce = os.urandom(NONCE)
    sealed_secret = AESGCM(_from_password(pair, password)).encrypt(
        nonce, secret.encode(), _about(pair)
    )
    pair.wrapped = nonce + sealed_secret


def _unwrapped(pair: PersonKey, password: str) -> str | None:
    wrapped = bytes(pair.wrapped)
    try:
        key = AESGCM(_from_password(pair, password))
        return key.decrypt(wrapped[:NONCE], wrapped[NONCE:], _about(pair)).decode()
    except InvalidTag:
        return None


def _about(pair: PersonKey) -> bytes:
    return f"key of a person|{pair.user_id}|{pair.pk}|{pair.public}".encode()


def _from_password(pair: PersonKey, password: str) -> bytes:
    return hash_secret_raw(
        password.encode(),
        bytes(pair.salt),
        time_cost=pair.rounds,
        memory_cost=pair.memory,
        parallelism=pair.lanes,
        hash_len=LENGTH,
        type=Type.ID,
    )
