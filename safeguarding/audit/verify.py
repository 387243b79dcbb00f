"""Walks the chains and says where, if anywhere, one has been tampered with.

Reads one entry at a time, so a long trail needs no more memory than a short one. Filing goes on
meanwhile: the end of a chain is read before the walk and again after it. What this cannot see
without an anchor kept elsewhere: a chain rebuilt from some point on together with its end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from foundation import fence
from safeguarding.audit.chain import FIELDS, GENESIS, VERSION, next_link
from safeguarding.audit.models import ChainHead, Entry

READ = (*FIELDS, "prev", "link")
AT_ONCE = 500  # entries fetched together

MISSING = "An entry is missing here."
EXTRA = "There is an entry here that the chain does not know."
CHANGED = "This entry was changed after it was written."
UNFOLLOWED = "This entry does not follow the one before it: one of them came from elsewhere."
UNKNOWN = "This entry is written in a way this version of Hedgerow does not know."
CUT = "The chain was cut short: entries from here on are gone."
NO_HEAD = "The record of where this chain ends is gone."
OTHER_END = "The record of where this chain ends does not match the entry there."


@dataclass(frozen=True)
class Problem:
    """The first bad place in one chain. Positions count from 1."""

    setting_id: UUID
    position: int
    wrong: str


@dataclass
class Report:
    """What a walk found."""

    chains: int = 0
    entries: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        return not self.problems


class Broken(Exception):  # noqa: N818  stops the walk of one chain
    """A bad place: its position, and what is wrong there."""

    def __init__(self, position: int, wrong: str) -> None:
        super().__init__(position, wrong)
        self.position, self.wrong = position, wrong


def verify(setting_id: UUID | None = None) -> Report:
    """Walk one setting's chain, or every chain there is."""
    report = Report()
    for chain in [setting_id] if setting_id else _chains():
        report.chains += 1
        try:
            with fence.inside(chain):
                for _ in walk(chain):
                    report.entries += 1
        except Broken as found:
            report.problems.append(Problem(chain, found.position, found.wrong))
    return report


def walk(setting_id: UUID) -> Iterator[int]:
    """Yield each sound position of a chain in turn. Raises Broken at the first that is not."""
    before = _end(setting_id)
    seq, link = 0, GENESIS
    rows = Entry.objects.filter(setting_id=setting_id).order_by("seq", "id").values(*READ)
    for entry in rows.iterator(chunk_size=AT_ONCE):
        seq, link = _step(entry, seq, link)
        if before and seq == before.seq and link != before.link:
            raise Broken(seq, OTHER_END)
        yield seq
    _check_end(setting_id, seq, before)


def _step(entry: Mapping[str, Any], seq: int, link: str) -> tuple[int, str]:
    """Go on by one entry from a sound place, or raise Broken."""
    if entry["seq"] != seq + 1:
        gap = entry["seq"] > seq + 1
        raise Broken(seq + 1 if gap else entry["seq"], MISSING if gap else EXTRA)
    if entry["v"] != VERSION:
        raise Broken(seq + 1, UNKNOWN)
    if entry["prev"] != link:
        raise Broken(seq + 1, UNFOLLOWED)
    if entry["link"] != _recomputed(link, entry):
        raise Broken(seq + 1, CHANGED)
    return seq + 1, entry["link"]


def _recomputed(prev: str, entry: Mapping[str, Any]) -> str | None:
    try:
        return next_link(prev, entry)
    except (TypeError, ValueError):  # not even a value the trail could hold
        return None


def _check_end(setting_id: UUID, seq: int, before: ChainHead | None) -> None:
    """Compare where the entries end with where the chain is known to end."""
    after = _end(setting_id)
    if after is None:
        if seq or before:
            raise Broken(seq, NO_HEAD)
    elif before and seq < before.seq:
        raise Broken(seq + 1, CUT)
    elif seq > after.seq:
        raise Broken(after.seq + 1, EXTRA)


def _end(setting_id: UUID) -> ChainHead | None:
    return ChainHead.objects.filter(pk=setting_id).first()


def _chains() -> Iterable[UUID]:
    """Every chain that has an end or an entry."""
    with fence.across("the trail"):
        ended = set(ChainHead.objects.values_list("pk", flat=True))
        begun = set(Entry.objects.order_by().values_list("setting_id", flat=True).distinct())
    return sorted(ended | begun)
