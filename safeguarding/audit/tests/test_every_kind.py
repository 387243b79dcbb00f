"""Every kind of entry there is, tampered with in every way: two verifiers, one chain in memory (F20).

What needs checkpoints, anchors or the database itself is tried in `test_mutations.py`.
"""

import ast
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

import pytest

from safeguarding.audit.chain import GENESIS, VERSION, body, next_link, seal
from safeguarding.audit.tests.given import BLUEBELLS, SUNFLOWERS
from safeguarding.audit.tests.verifiers import other
from safeguarding.audit.verify import Broken, _step
from tests.architecture.source import calls, modules, tree

pytestmark = pytest.mark.once
KEY, KEY_ID, STRANGERS = (
    b"the key of this trail, 32 bytes.",
    "k1",
    b"the key of somebody else, 32 b..",
)
NEAR = 3  # entries beside the one that is tampered with: further off nothing can differ
WRITERS = {"record", "record_for", "record_knock", "TrailLine", "Line"}
Entry = dict[str, Any]
Chain = list[Entry]


@cache
def kinds() -> list[str]:
    """Every event that some action, page or task of ours writes."""
    called = [
        call
        for path in modules("safeguarding")
        for name, call in calls(tree(path))
        if name in WRITERS
    ]
    first = [call.args[0] for call in called if call.args]
    return sorted({str(one.value) for one in first if isinstance(one, ast.Constant)})


def entry_of(kind: str, place: int) -> Entry:
    return {
        "v": VERSION,
        "id": uuid5(SUNFLOWERS, f"{kind} {place}"),
        "setting_id": SUNFLOWERS,
        "seq": place,
        "at": datetime(2026, 11, 21, 9, tzinfo=UTC) + timedelta(seconds=place),
        "event": kind,
        "outcome": "deny" if kind.endswith(".refused") else "allow",
        "key_id": KEY_ID,
        "actor_id": uuid5(SUNFLOWERS, "actor"),
        "actor_name": "Dana Okafor",
        "subject_type": kind.partition(".")[0],
        "subject_id": uuid5(SUNFLOWERS, kind),
        "details": {"turn": place, "note": "né"},
        "commitment": "ab" * 32 if place % 2 else "",
    }


def written(entry: Entry, prev: str, key: bytes = KEY) -> Entry:
    """The entry as the product writes it after that link."""
    link = next_link(prev, entry)
    sealed = seal(key, entry["setting_id"], entry["seq"], link)
    return {**entry, "prev": prev, "link": link, "seal": sealed}


@cache
def whole() -> Chain:
    chain: Chain = []
    for place, kind in enumerate(kinds(), start=1):
        chain.append(written(entry_of(kind, place), chain[-1]["link"] if chain else GENESIS))
    return chain


# --- What is done to one of them ------------------------------------------------------------------


def said_otherwise(**other_words: Any) -> Callable[[Chain, int], None]:
    def tamper(chain: Chain, at: int) -> None:
        chain[at] = {**chain[at], **other_words}

    return tamper


def gone(chain: Chain, at: int) -> None:
    del chain[at]


def twice(chain: Chain, at: int) -> None:
    chain.insert(at, chain[at])


def swapped(chain: Chain, at: int) -> None:
    chain[at], chain[at + 1] = chain[at + 1], chain[at]


def swapped_and_numbered(chain: Chain, at: int) -> None:
    swapped(chain, at)
    for place in (at, at + 1):
        chain[place] = {**chain[place], "seq": chain[at - 1]["seq"] + 1 + place - at}


def put_between(chain: Chain, at: int) -> None:
    """Rightly written after the one before it: what stood there follows something else now."""
    new = entry_of("case.opened", chain[at]["seq"])
    chain.insert(at, written(new, chain[at]["prev"]))


def of_another_setting(chain: Chain, at: int) -> None:
    entry = {**chain[at], "setting_id": BLUEBELLS}
    chain[at] = written(entry, uuid5(BLUEBELLS, "before").hex * 2)


def forged_predecessor(chain: Chain, at: int) -> None:
    chain[at] = written(chain[at], "cd" * 32)


def other_words_rightly_linked(chain: Chain, at: int) -> None:
    """By somebody who has the key: the one after it no longer follows."""
    chain[at] = written({**chain[at], "actor_name": "Nobody"}, chain[at]["prev"])


def linked_without_the_key(chain: Chain, at: int) -> None:
    chain[at] = written({**chain[at], "actor_name": "Nobody"}, chain[at]["prev"], STRANGERS)


HERE, NEXT, UNSEEN = 0, 1, None
# What is done; where the first bad place is for whoever has no key, and for Hedgerow with its own.
WAYS: dict[str, tuple[Callable[[Chain, int], None], int | None, int | None]] = {
    "nothing": (said_otherwise(), UNSEEN, UNSEEN),
    "another event": (said_otherwise(event="case.closed_quietly"), HERE, HERE),
    "another time": (said_otherwise(at=datetime(2020, 1, 1, tzinfo=UTC)), HERE, HERE),
    "another actor": (said_otherwise(actor_id=uuid5(BLUEBELLS, "x")), HERE, HERE),
    "another name": (said_otherwise(actor_name="Nobody"), HERE, HERE),
    "another subject": (said_otherwise(subject_id=UUID(int=7)), HERE, HERE),
    "another kind of subject": (said_otherwise(subject_type="nothing"), HERE, HERE),
    "another outcome": (said_otherwise(outcome="error"), HERE, HERE),
    "other details": (said_otherwise(details={}), HERE, HERE),
    "look-alike letters": (said_otherwise(details={"note": "ne\u0301"}), HERE, HERE),
    "another id": (said_otherwise(id=UUID(int=9)), HERE, HERE),
    "another key named": (said_otherwise(key_id="k9"), HERE, HERE),
    "another commitment": (said_otherwise(commitment="ef" * 32), HERE, HERE),
    "another link": (said_otherwise(link="ef" * 32), HERE, HERE),
    "another seal": (said_otherwise(seal="ef" * 32), UNSEEN, HERE),
    "no value at all": (said_otherwise(details={1, 2}), HERE, HERE),
    "gone": (gone, HERE, HERE),
    "twice": (twice, NEXT, NEXT),
    "swapped": (swapped, HERE, HERE),
    "swapped and numbered": (swapped_and_numbered, HERE, HERE),
    "put between": (put_between, NEXT, NEXT),
    "of another setting": (of_another_setting, HERE, HERE),
    "forged predecessor": (forged_predecessor, HERE, HERE),
    "other words, rightly linked": (other_words_rightly_linked, NEXT, NEXT),
    "other words, without the key": (linked_without_the_key, NEXT, HERE),
}


# --- Looking --------------------------------------------------------------------------------------


def by_ours(
    near: Sequence[Entry], seq: int, link: str, keys: dict[str, bytes] | None
) -> int | None:
    """How many of these are sound before the first that is not; None where all are."""
    for number, entry in enumerate(near):
        try:
            seq, link = _step(entry, seq, link, keys)
        except Broken:
            return number
    return None


def by_the_other(near: Sequence[Entry], seq: int, link: str) -> int | None:
    """The same by bin/verify-export, from what a copy for outsiders says."""
    links = [bytes(32)] * seq + [bytes.fromhex(link)]
    for number, one in enumerate(near):
        said = (one["seq"], _body(one), one["commitment"] or "-", one["link"])
        if other.follow(links, *(str(part).encode() for part in said)):
            return number
    return None


def _body(entry: Entry) -> str:
    try:
        return body(entry).hex()
    except TypeError:
        return "0" * 64


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_done_to_an_entry_of_any_kind_both_find_it_where_it_is(way: str) -> None:
    tamper, public, keyed = WAYS[way]
    assert len(kinds()) > 150, "every kind of entry"
    for at in range(NEAR, len(whole()) - NEAR):
        near = whole()[at - NEAR : at + NEAR]
        seq, link = near[0]["seq"] - 1, near[0]["prev"]
        tamper(near, NEAR)

        found = [
            by_ours(near, seq, link, None),
            by_the_other(near, seq, link),
            by_ours(near, seq, link, {KEY_ID: KEY}),
        ]
        wanted = [None if one is None else NEAR + one for one in (public, public, keyed)]
        assert found == wanted, whole()[at]["event"]


def test_wherever_the_end_is_cut_off_the_copy_says_from_where() -> None:
    links = [bytes(32), *(bytes.fromhex(one["link"]) for one in whole())]
    ends = [(str(len(links) - 1), links[-1].hex())]

    other.look_at_end(ends, links)
    for length in range(len(links) - 1):
        with pytest.raises(other.Bad) as bad:
            other.look_at_end(ends, links[: length + 1])
        assert (bad.value.layer, bad.value.place) == ("end", length + 1)
