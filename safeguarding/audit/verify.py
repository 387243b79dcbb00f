"""Walks the chains and says where, if anywhere, one has been tampered with.

Looks through a stretch of a chain quickly (quick.py); only where that does not find all of it sound, entry
by entry, to say what is wrong and where. A long trail needs little more memory than a short one. Filing goes
on meanwhile: the end of a chain is read before the walk and again after it. Without the key (`keyed=False`)
it sees what an outsider with an export sees, and bin/verify-export must come to the same result.
What none of this can see without an anchor kept elsewhere: a record written anew by somebody who
holds every key, or an older copy of it put back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from foundation import fence
from safeguarding.audit import checkpoints, contents, keyring, quick, signing
from safeguarding.audit.chain import FIELDS, GENESIS, VERSION, next_link, seal
from safeguarding.audit.models import INSTALLATION, ChainHead, Checkpoint, Entry, SigningKey

READ = (*FIELDS, "commitment", "prev", "link", "seal")
AT_ONCE = 2000  # entries fetched together
Known = Mapping[int, list[tuple[str, str]]]  # at which place which link; what to say of another one

MISSING = "An entry is missing here."
EXTRA = "There is an entry here that the chain does not know."
CHANGED = "This entry was changed after it was written."
UNFOLLOWED = "This entry does not follow the one before it: one of them came from elsewhere."
UNKNOWN = "This entry is written in a way this version of Hedgerow does not know."
UNSEALED = "This entry was written by somebody without the key of this record."
NO_SUCH_KEY = "This entry is sealed with a key that this installation does not have."
OTHER_MARK = "A checkpoint says that something else stood here."
CUT_MARK = "The chain was cut short: a checkpoint says that it went on from here."
CUT = "The chain was cut short: entries from here on are gone."
AFTER_END = "There is an entry here after the end of the chain."
NO_HEAD = "The record of where this chain ends is gone."
OTHER_END = "The record of where this chain ends does not match the entry there."
NO_START = "There are checkpoints, but not the key that this record began with."

LAYERS: Final = {
    "order": (MISSING, EXTRA),
    "link": (CHANGED, UNFOLLOWED, UNKNOWN),
    "seal": (UNSEALED, NO_SUCH_KEY),
    "checkpoint": (OTHER_MARK, CUT_MARK),
    "end": (CUT, AFTER_END, NO_HEAD, OTHER_END),
    "content": (contents.OTHER_WORDS, contents.RECORD_GONE, contents.SALT_GONE),
    "signature": (
        checkpoints.FORGED,
        checkpoints.OTHER_ORIGIN,
        checkpoints.OTHER_ROOT,
        signing.LOST,
        signing.STRANGE,
        signing.DAMAGED,
        NO_START,
    ),
}
_LAYER_OF = {wrong: layer for layer, all_of_it in LAYERS.items() for wrong in all_of_it}


@dataclass(frozen=True)
class Problem:
    """The first bad place in one chain. Positions count from 1; of signatures, they count checkpoints."""

    setting_id: UUID
    position: int
    wrong: str

    @property
    def layer(self) -> str:
        """By what it was noticed."""
        return _LAYER_OF[self.wrong]


@dataclass
class Report:
    """What a walk found."""

    chains: int = 0
    entries: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        return not self.problems

    def of(self, setting_id: UUID) -> Problem | None:
        """What concerns this setting: its own chain first, then what belongs to all."""
        own = [one for one in self.problems if one.setting_id == setting_id]
        shared = [one for one in self.problems if one.setting_id == INSTALLATION]
        return next(iter([*own, *shared]), None)


class Broken(Exception):  # noqa: N818  stops the walk of one chain
    """A bad place: its position, and what is wrong there."""

    def __init__(self, position: int, wrong: str) -> None:
        super().__init__(position, wrong)
        self.position, self.wrong = position, wrong


def verify(
    setting_id: UUID | None = None,
    *,
    last: int | None = None,
    keyed: bool = True,
    processes: int = 1,
    told: Callable[[int], object] = lambda _count: None,
) -> Report:
    """Check one setting's chain, or every chain there is; with `last`, only so many newest entries.

    The checkpoints are checked in any case, what records say only with the whole of a chain. With more
    processes a long chain is looked through in parts at once. `told` hears how many entries were sound.
    """
    report = Report(problems=list(_wrong_checkpoints(keyed=keyed)))
    for chain in [setting_id] if setting_id else _chains():
        report.chains += 1
        try:
            with fence.inside(chain):
                walk = Walk(chain, keyring.known() if keyed else None)
                for count in walk.through(last, processes):
                    report.entries += count
                    told(report.entries)
                if last is None and keyed:
                    _check_contents(walk)
        except Broken as found:
            report.problems.append(Problem(chain, found.position, found.wrong))
    return report


@dataclass
class Walk:
    """On the way along a chain: the last sound place with its link, and what was met."""

    setting_id: UUID
    keys: Mapping[str, bytes] | None
    seq: int = 0
    link: str = GENESIS
    committed: list[int] = field(default_factory=list)  # the places of entries with a commitment
    erased: set[UUID] = field(default_factory=set)  # records whose erasure is written down

    def through(self, last: int | None, processes: int = 1) -> Iterator[int]:
        """Yield how many more entries are sound, again and again. Raises Broken at the first that is not.

        With `last`, the entry before the last so many is taken as it is, and the walk goes on from there.
        """
        before = _end(self.setting_id)
        self.seq, self.link = _begin(self.setting_id, before, last)
        marks = checkpoints.marks_of(self.setting_id)
        known = {seq: [(link, OTHER_MARK)] for seq, (_, link) in marks.items()}
        if before:
            known.setdefault(before.seq, []).append((before.link, OTHER_END))
            yield from self._by_stretches(before.seq, known, processes)
        yield from self._in_full(None, known)
        if marks and max(marks) > self.seq:
            raise Broken(self.seq + 1, CUT_MARK)
        _check_end(self.setting_id, self.seq, before)

    def _by_stretches(self, end: int, known: Known, processes: int) -> Iterator[int]:
        """Stretch by stretch: quickly, and in full where that does not find everything sound."""
        links = {seq: {link for link, _ in said} for seq, said in known.items()}
        parts = quick.stretches(self.setting_id, self.seq, end, links, self.keys)
        for part, found in zip(parts, quick.look_through(parts, processes=processes), strict=True):
            if found is None or (part.after, found.follows) != (self.seq, self.link):
                yield from self._in_full(part.upto, known)
                continue
            self.seq, self.link = part.upto, found.link
            self.committed += found.committed
            self.erased.update(found.erased)
            yield part.upto - part.after

    def _in_full(self, upto: int | None, known: Known) -> Iterator[int]:
        """Entry by entry, up to a place or as far as there are any."""
        rows = Entry.objects.filter(setting_id=self.setting_id).order_by("seq", "id")
        rows = rows.filter(seq__gt=self.seq) if self.seq else rows
        rows = rows if upto is None else rows.filter(seq__lte=upto)
        for entry in rows.values(*READ).iterator(chunk_size=AT_ONCE):
            self.seq, self.link = _step(entry, self.seq, self.link, self.keys)
            for link, wrong in known.get(self.seq, ()):
                if link != self.link:
                    raise Broken(self.seq, wrong)
            if entry["commitment"]:
                self.committed.append(self.seq)
            if entry["event"] == contents.ERASED:
                self.erased.add(entry["subject_id"])
            yield 1


def _begin(setting_id: UUID, end: ChainHead | None, last: int | None) -> tuple[int, str]:
    """Where the walk begins: the place and link of the entry before."""
    if last is None or end is None or end.seq <= last:
        return 0, GENESIS
    rows = Entry.objects.filter(setting_id=setting_id, seq=end.seq - last)
    if (link := rows.values_list("link", flat=True).first()) is None:
        raise Broken(end.seq - last, MISSING)
    return end.seq - last, link


def _step(
    entry: Mapping[str, Any], seq: int, link: str, keys: Mapping[str, bytes] | None
) -> tuple[int, str]:
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
    if keys is not None:
        _check_seal(entry, keys)
    return seq + 1, entry["link"]


def _check_seal(entry: Mapping[str, Any], keys: Mapping[str, bytes]) -> None:
    key = keys.get(entry["key_id"])
    if key is None:
        raise Broken(entry["seq"], NO_SUCH_KEY)
    if entry["seal"] != seal(key, entry["setting_id"], entry["seq"], entry["link"]):
        raise Broken(entry["seq"], UNSEALED)


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
        raise Broken(after.seq + 1, AFTER_END)


def _check_contents(walk: Walk) -> None:
    for position, wrong in contents.wrong(walk.setting_id, walk.committed, walk.erased):
        raise Broken(position, wrong)


def _wrong_checkpoints(*, keyed: bool) -> Iterator[Problem]:
    """Checkpoints that cannot be believed, and a key that no longer is the one of this record."""
    for one in checkpoints.wrong_ones():
        yield Problem(INSTALLATION, one.number, one.wrong)
        return
    if Checkpoint.objects.exists() and not SigningKey.objects.exists():
        yield Problem(INSTALLATION, 1, NO_START)
    elif keyed and SigningKey.objects.exists():
        try:
            signing.signer()
        except signing.NoKey as alarm:
            yield Problem(INSTALLATION, checkpoints.newest_number(), str(alarm))


def _end(setting_id: UUID) -> ChainHead | None:
    return ChainHead.objects.filter(pk=setting_id).first()


def _chains() -> Iterable[UUID]:
    """Every chain that has an end or an entry, or that a checkpoint knows: one may be gone as a whole."""
    with fence.across("the trail"):
        ended = set(ChainHead.objects.values_list("pk", flat=True))
        begun = set(Entry.objects.order_by().values_list("setting_id", flat=True).distinct())
    return sorted(ended | begun | checkpoints.chains())
