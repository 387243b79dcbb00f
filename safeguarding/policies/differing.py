"""What changed between two versions: which clauses came, went or moved, and which words in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from .models import Clause

Kind = Literal["same", "changed", "moved", "new", "gone"]
ALIKE = 0.5  # share of words that two clauses have in common to be one that was reworded


@dataclass(frozen=True)
class Run:
    """Words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    words: str


@dataclass
class Change:
    """One clause, as it was and as it is."""

    kind: Kind
    before: Clause | None
    after: Clause | None
    runs: list[Run] = field(default_factory=list)

    @property
    def clause(self) -> Clause:
        return self.after or self.before  # type: ignore[return-value]  # there is always one


@dataclass(frozen=True)
class Compared:
    """Everything, in the order of the newer version; what went stands where it was."""

    changes: list[Change]

    @property
    def only_changed(self) -> list[Change]:
        return [one for one in self.changes if one.kind != "same"]

    def count(self, kind: Kind) -> int:
        return sum(one.kind == kind for one in self.changes)

    @property
    def counts(self) -> list[tuple[str, int]]:
        words: dict[Kind, str] = {
            "changed": "changed", "moved": "moved", "new": "new", "gone": "gone", "same": "as before"
        }  # fmt: skip
        return [(said, self.count(kind)) for kind, said in words.items() if self.count(kind)]


def compared(older: Iterable[Clause], newer: Iterable[Clause]) -> Compared:
    """Clauses are matched by number first, where their words are alike; the others by their words."""
    before, after = list(older), list(newer)
    pairs = _matched(before, after)
    by_after = {id(new): old for old, new in pairs}
    kept = {id(old) for old, _ in pairs}
    changes: list[Change] = []
    gone = [one for one in before if id(one) not in kept]
    for new in after:
        old = by_after.get(id(new))
        if old is not None:
            while gone and gone[0].position < old.position:
                changes.append(Change("gone", gone.pop(0), None))
        changes.append(_change(old, new))
    changes += [Change("gone", one, None) for one in gone]
    for one in changes:
        one.runs = _runs(one)
    return Compared(changes)


def _matched(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """First those with one number and the same words, then with one number and like words, then by words."""
    pairs: list[tuple[Clause, Clause]] = []
    left, right = list(before), list(after)
    for is_one in (_is_same, _is_reworded, _became):
        for new in list(right):
            fitting = [old for old in left if is_one(old, new)]
            if fitting:
                old = max(fitting, key=lambda one: _alike(one, new))
                pairs.append((old, new))
                left.remove(old)
                right.remove(new)
    return pairs


def _is_same(old: Clause, new: Clause) -> bool:
    return old.number == new.number and said(old) == said(new)


def _is_reworded(old: Clause, new: Clause) -> bool:
    return bool(new.number) and old.number == new.number and _alike(old, new) >= ALIKE / 2


def _became(old: Clause, new: Clause) -> bool:
    return _alike(old, new) >= ALIKE


def _alike(old: Clause, new: Clause) -> float:
    """The share of words in common: cheap, and good enough to say which clause became which."""
    one, other = set(said(old)), set(said(new))
    return len(one & other) / max(len(one | other), 1)


def _change(old: Clause | None, new: Clause) -> Change:
    if old is None:
        return Change("new", None, new)
    if said(old) != said(new):
        return Change("changed", old, new)
    return Change("same" if old.number == new.number else "moved", old, new)


def _runs(change: Change) -> list[Run]:
    old = said(change.before) if change.before else []
    new = said(change.after) if change.after else []
    runs = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            runs.append(Run("same", " ".join(old[i:j])))
            continue
        if j > i:
            runs.append(Run("gone", " ".join(old[i:j])))
        if m > k:
            runs.append(Run("new", " ".join(new[k:m])))
    return runs


def said(clause: Clause) -> list[str]:
    """Its words, heading and text; spaces and line ends do not count."""
    return f"{clause.heading} {clause.text}".split()
