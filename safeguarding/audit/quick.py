"""Looks through a stretch of a chain quickly, and answers whether all of it is sound, not what is wrong.

The bytes that an entry stands for are put together from the very text its columns hold, without making
values of it, so that each entry costs a few operations. A stretch that passes is one that `verify` would
pass entry by entry: other text gives other bytes, and those another link. Whatever is the least unusual
here is left to `verify`, which looks at the same stretch in full and finds the words for it.
"""

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from foundation import fence
from safeguarding.audit.chain import ENTRY_TAG, GENESIS, NOTHING, SEAL_TAG, VERSION, canonical_json
from safeguarding.audit.contents import ERASED
from safeguarding.audit.models import Entry

AT_ONCE = 20_000  # entries of a stretch
MANY = 5  # stretches that are worth a process for each core
FIRST = -(2**63)  # before the first entry there should be none, wherever it might stand

# What a database keeps in a form of its own, as text; and where Django would make a value of the text.
_AS_TEXT = {
    "sqlite": {
        "at": "CASE length(at) WHEN 19 THEN at || '.000000' ELSE at || '' END",
        "ids": "id, actor_id, subject_id",
        "details": "details",
    },
    "postgresql": {
        "at": "CASE WHEN at BETWEEN '0001-01-01' AND '9999-12-31'"
        " THEN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') END",
        "ids": "replace(id::text, '-', ''), replace(actor_id::text, '-', ''),"
        " replace(subject_id::text, '-', '')",
        "details": "details::text",
    },
}
_ROWS = (
    "SELECT seq, prev, link, seal, commitment, key_id, event, {details}, {at}, {ids}, actor_name,"
    " outcome, subject_type FROM audit_entry"
    " WHERE setting_id = %s AND v = %s AND seq >= %s AND seq <= %s ORDER BY seq, id"
)


@dataclass(frozen=True)
class Stretch:
    """A part of one chain: after which place, up to which, and what is known elsewhere of links in it."""

    setting_id: UUID
    after: int
    upto: int
    marks: Mapping[int, set[str]]
    keys: Mapping[str, bytes] | None  # None: look at no seals


@dataclass
class Sound:
    """A stretch in which everything is as it should be, if the entry before it has the link it follows."""

    follows: str
    link: str
    committed: list[int] = field(default_factory=list)  # the places of entries with a commitment
    erased: list[UUID] = field(default_factory=list)  # records whose erasure is written down


def stretches(
    setting_id: UUID, after: int, upto: int, marks: Mapping[int, set[str]], keys: Any
) -> list[Stretch]:
    """A chain cut in parts."""
    found = []
    for start in range(after, upto, AT_ONCE):
        end = min(start + AT_ONCE, upto)
        known = {seq: link for seq, link in marks.items() if start < seq <= end}
        found.append(Stretch(setting_id, start, end, known, keys))
    return found


def look_through(parts: Sequence[Stretch], *, processes: int) -> Iterator[Sound | None]:
    """Of each stretch in turn: what is there, if all of it is sound."""
    if len(parts) < MANY or processes < 2 or not _can_fork():
        yield from map(sound, parts)
        return
    connection.close()  # a connection to a database cannot be shared with another process
    forking = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, mp_context=forking)
    try:
        yield from pool.map(sound, parts)
    finally:
        pool.shutdown(cancel_futures=True)


def _can_fork() -> bool:
    """Whether other processes can be made here, and would see the same records."""
    if connection.in_atomic_block or "fork" not in multiprocessing.get_all_start_methods():
        return False
    in_memory = getattr(connection, "is_in_memory_db", bool)  # of SQLite only
    return not in_memory()


def sound(part: Stretch) -> Sound | None:
    """What is in a stretch, if all of it is sound; None where that is not sure."""
    try:
        with fence.inside(part.setting_id), connection.cursor() as cursor:
            cursor.execute(*_asking(part))
            rows = iter(cursor)
            found = _begun(part, rows)
            end = _follow(part, rows, found)
    except (TypeError, ValueError, KeyError, DatabaseError):  # not what the trail writes
        return None
    return found if end == part.upto else None


def _asking(part: Stretch) -> tuple[str, list[Any]]:
    """The rows of a stretch, with the one before it, or all that there are before the first."""
    statement = _ROWS.format(**_AS_TEXT[connection.vendor])
    field = Entry._meta.get_field("setting_id")
    setting = field.get_db_prep_value(part.setting_id, connection)
    return statement, [setting, VERSION, part.after or FIRST, part.upto]


def _begun(part: Stretch, rows: Iterator[Any]) -> Sound:
    """At the entry before, which is taken as it is, or at the beginning of the chain."""
    if not part.after:
        return Sound(GENESIS, GENESIS)
    seq, _, link, *_ = next(rows, (0, "", ""))
    if seq != part.after:
        raise ValueError("The entry before is not there.")
    return Sound(link, link)


def _follow(part: Stretch, rows: Iterable[Any], found: Sound) -> int:
    """Up to which place everything is sound. All the time goes here: no step that need not be."""
    at, link, digest, marks = part.after, found.link, bytes.fromhex(found.link), part.marks
    setting, nothing, sealing = _id(part.setting_id.hex), bytes.fromhex(NOTHING), _sealing(part)
    for seq, prev, stored, seal, commitment, *said in rows:
        at += 1
        committed = bytes.fromhex(commitment) if commitment else nothing
        inner = sha256(ENTRY_TAG + sha256(_words(at, setting, *said)).digest() + committed).digest()
        digest = sha256(digest + inner).digest()
        if seq != at or prev != link or digest.hex() != stored:
            return at - 1
        if (sealing and seal != sealing(said[0], at, digest)) or (
            at in marks and marks[at] != {stored}
        ):
            return at - 1
        link = stored
        if commitment:
            found.committed.append(at)
        if said[1] == ERASED:
            found.erased.append(UUID(said[6]))
    found.link = link
    return at


def _words(at: int, setting: str, *said: Any) -> bytes:
    """What an entry at this place says, in the form of `chain.canonical`."""
    key, event, details, moment, row_id, actor, subject, name, outcome, kind = said
    return (
        f'{{"actor_id":{_id(actor)},"actor_name":{_text(name)},'
        f'"at":"{moment[:10]}T{moment[11:]}Z","details":{_details(details)},'
        f'"event":{_text(event)},"id":{_id_anew(row_id)},"key_id":{_text(key)},'
        f'"outcome":{_text(outcome)},"seq":{at},"setting_id":{setting},'
        f'"subject_id":{_id(subject)},"subject_type":{_text(kind)},"v":{VERSION}}}'
    ).encode()


def _sealing(part: Stretch) -> Callable[[str, int, bytes], str] | None:
    """What makes the seals of a stretch: the HMAC of `chain.seal`, its key made ready once."""
    if part.keys is None:
        return None
    pads = {name: _pads(key, SEAL_TAG + part.setting_id.bytes) for name, key in part.keys.items()}

    def seal(key: str, at: int, digest: bytes) -> str:
        inner, outer = pads[key]
        return sha256(outer + sha256(inner + at.to_bytes(8, "big") + digest).digest()).hexdigest()

    return seal


def _pads(key: bytes, before: bytes) -> tuple[bytes, bytes]:
    """What HMAC-SHA-256 (RFC 2104) puts before the message, and before its digest."""
    block = key.ljust(64, b"\0") if len(key) <= 64 else sha256(key).digest().ljust(64, b"\0")
    return bytes(one ^ 0x36 for one in block) + before, bytes(one ^ 0x5C for one in block)


def _id_anew(digits: str) -> str:
    """An id as JSON, of the 32 digits that the column holds."""
    one = digits
    return f'"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}"'


@lru_cache(4096)
def _id(digits: str | None) -> str:
    return "null" if digits is None else _id_anew(digits)


_text = lru_cache(4096)(canonical_json)


@lru_cache(4096)
def _details(text: str) -> str:
    return canonical_json(json.loads(text))
