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
from functools import partial
from hashlib import sha256
from itertools import chain
from json.encoder import (  # type: ignore[attr-defined]  # typeshed knows only the second
    c_make_encoder,
    encode_basestring,
)
from struct import Struct
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
FETCHED = 500  # entries fetched together

_OWN = ("at", "details", "id", "seq", "subject_id")  # of each entry alone, in the order of names
_GAP = "\0"  # stands for one of them
_NOTHING = bytes.fromhex(NOTHING)
_PLACE = Struct(">Q32s").pack  # as in `chain.seal`: the place in the chain, and the link
_READ = json.JSONDecoder().raw_decode
_WRITE = c_make_encoder(  # what `chain.canonical_json` makes anew for each text
    markers=None,
    default=None,
    encoder=encode_basestring,
    indent=None,
    key_separator=":",
    item_separator=",",
    sort_keys=True,
    skipkeys=False,
    allow_nan=False,
)

# What recurs from entry to entry comes in one column, since each takes its time: as JSON, which keeps one
# value apart from the next and has none for bytes. The rest, as text, where a database has a form of its own.
_RECURRING = ("actor_id", "actor_name", "event", "key_id", "outcome", "subject_type")
_AS_TEXT = {
    "sqlite": {
        "recurring": f"json_array({', '.join(_RECURRING)})",
        "details": "details",
        "at": "CASE length(at) WHEN 19 THEN at || '.000000' ELSE at END",
        "ids": "id, subject_id",
    },
    "postgresql": {
        "recurring": f"json_build_array({', '.join(_RECURRING)})::text",
        "details": "details::text",
        "at": "CASE WHEN at BETWEEN '0001-01-01' AND '9999-12-31'"
        " THEN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') END",
        "ids": "replace(id::text, '-', ''), replace(subject_id::text, '-', '')",
    },
}
_ROWS = (
    "SELECT seq, prev, link, seal, commitment, {recurring}, {details}, {at}, {ids} FROM audit_entry"
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

    def note(self, at: int, commitment: str, erased: UUID | None) -> None:
        """What an entry says that has to be looked at once all of the chain is known."""
        if commitment:
            self.committed.append(at)
        if erased:
            self.erased.append(erased)


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
            rows = chain.from_iterable(iter(partial(cursor.fetchmany, FETCHED), []))
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
    recurring, details = _Made(partial(_around, part)), _Made(_details)
    for seq, prev, stored, seal, commitment, kind, said, moment, row_id, subject in rows:
        at += 1
        around, inner, outer, erased = recurring[kind]
        head, after_at, after_details, after_id, after_seq, tail = around
        words = (
            f'{head}"{moment.replace(" ", "T")}Z"{after_at}{details[said]}{after_details}'
            f'"{row_id}"{after_id}{at}{after_seq}"{subject}"{tail}'
        )
        committed = bytes.fromhex(commitment) if commitment else _NOTHING
        body = sha256(words.encode()).digest()
        digest = sha256(ENTRY_TAG + digest + body + committed).digest()
        other_mark = at in marks and marks[at] != {stored}
        if seq != at or prev != link or stored != digest.hex() or other_mark:
            return at - 1
        place = _PLACE(at, digest)
        if outer and seal != sha256(outer + sha256(inner + place).digest()).hexdigest():
            return at - 1
        link = stored
        if commitment or erased:
            found.note(at, commitment, UUID(subject) if erased else None)
    found.link = link
    return at


class _Made(dict[str, Any]):
    """What is made of a text, made once for each text of a stretch."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self.make = make

    def __missing__(self, text: str) -> Any:
        made = self[text] = self.make(text)
        return made


def _around(part: Stretch, kind: str) -> tuple[Any, ...]:
    """What recurs: the form of `chain.canonical`, cut where each entry has words of its own; and its key."""
    recurs = dict(zip(_RECURRING, json.loads(kind), strict=True))
    if recurs["actor_id"] is not None:
        recurs["actor_id"] = UUID(recurs["actor_id"]).hex
    whole = recurs | {"setting_id": part.setting_id.hex, "v": VERSION} | dict.fromkeys(_OWN, _GAP)
    around = canonical_json(whole).split(canonical_json(_GAP))  # a name like a gap makes too many
    pads = (b"", b"")
    if part.keys is not None:
        pads = _pads(part.keys[recurs["key_id"]], SEAL_TAG + part.setting_id.bytes)
    return (around, *pads, recurs["event"] == ERASED)


def _pads(key: bytes, before: bytes) -> tuple[bytes, bytes]:
    """What HMAC-SHA-256 (RFC 2104) puts before the message, and before its digest."""
    block = key.ljust(64, b"\0") if len(key) <= 64 else sha256(key).digest().ljust(64, b"\0")
    return bytes(one ^ 0x36 for one in block) + before, bytes(one ^ 0x5C for one in block)


def _details(text: str) -> str:
    value, end = _READ(text)
    if end != len(text):
        raise ValueError("There is more than one value.")
    return "".join(_WRITE(value, 0))
