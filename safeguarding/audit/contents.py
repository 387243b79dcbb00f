"""Commitments to what a record said, so that it can be proved later, and forgotten for good.

    commitment = SHA-256(tag || salt || canonical form of the record's committed fields)

The entry holds the commitment; the salt has a row of its own. Whoever has the words and the salt can
show that these were the words. Once the salt is gone, nobody can even try words one after another.
The trail holds no copy of the words: they stay in their record.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from django.apps import apps

from foundation.encrypted import stored_if_sealed
from safeguarding.audit.chain import plain
from safeguarding.audit.models import Entry, Salt

Row = TypeVar("Row")
AT_ONCE = 500  # entries looked at together
ERASED = "content.erased"
OTHER_WORDS = "A record no longer says what it said when this entry was written."
RECORD_GONE = "A record that this entry stands for is gone, and no erasure is written down."
SALT_GONE = "What proves the words of a record is gone, and no erasure is written down."


class Committed(Protocol):
    """A record whose words are committed to: it names the fields that hold them.

    A field of a record beside it is named with a full stop: "entry.text".
    """

    committed: ClassVar[tuple[str, ...]]
    _meta: ClassVar[Any]

    @property
    def pk(self) -> Any: ...


def words_of(record: Committed) -> bytes:
    """What is committed to: each of its fields with its value, in one form."""
    said = {name: _said(record, name) for name in record.committed}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return text.encode()


def _said(record: Committed, name: str) -> Any:
    """One value. Of what is sealed to people, as it is stored: nobody else could compare the words."""
    way, _, field = name.rpartition(".")
    row: Any = attrgetter(way)(record) if way else record
    return stored_if_sealed(row, field) or plain(getattr(row, field))


def commitment(salt: bytes, words: bytes) -> str:
    return hashlib.sha256(b"hedgerow/content/v1\0" + salt + words).hexdigest()


def commit_to(record: Committed, entry_id: UUID, setting_id: UUID) -> str:
    """A commitment with a salt of its own, kept in a row that can be erased. One statement."""
    salt = os.urandom(32)
    Salt.objects.create(
        entry_id=entry_id,
        setting_id=setting_id,
        of_type=record._meta.label,
        of_id=record.pk,
        salt=salt.hex(),
    )
    return commitment(salt, words_of(record))


def forget(record_id: UUID, setting_id: UUID) -> None:
    """Destroy the salts of a record. The database refuses before the erasure is written down."""
    Salt.objects.filter(setting_id=setting_id, of_id=record_id).update(salt="")


def wrong(setting_id: UUID, places: Iterable[int], erased: set[UUID]) -> Iterator[tuple[int, str]]:
    """Each entry of a setting whose record says something else now, by its place. In its order.

    The places are those of entries with a commitment; of the records, those whose erasure is in the trail.
    """
    here = Entry.objects.filter(setting_id=setting_id).order_by("seq")
    for some in batched(places, AT_ONCE):
        rows = list(here.filter(seq__in=some).values_list("pk", "seq", "commitment"))
        salts = Salt.objects.in_bulk([pk for pk, _, _ in rows])
        records = _records(salts.values())
        for pk, seq, commit in rows:
            salt = salts.get(pk)
            record = records.get(salt.of_id) if salt else None
            if found := _compared(salt, record, commit, erased):
                yield seq, found


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most this size."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def _records(salts: Iterable[Salt]) -> dict[UUID, Any]:
    """The records that these salts belong to, one query for each kind of them."""
    wanted: dict[str, list[UUID]] = {}
    for salt in salts:
        wanted.setdefault(salt.of_type, []).append(salt.of_id)
    found: dict[UUID, Any] = {}
    for of_type, ids in wanted.items():
        found |= apps.get_model(of_type)._base_manager.in_bulk(ids)
    return found


def _compared(salt: Salt | None, record: Any, commit: str, erased: set[UUID]) -> str:
    """What is wrong with a record; nothing when it says what it said, or was lawfully erased."""
    if salt is None or not salt.salt:
        return "" if salt and salt.of_id in erased else SALT_GONE
    if record is None:
        return RECORD_GONE
    same = commitment(bytes.fromhex(salt.salt), words_of(record)) == commit
    return "" if same else OTHER_WORDS
