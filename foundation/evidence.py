"""How a part of the house shows that duties are kept: computed from its own records, for any moment.

Each app registers one or more functions in its `evidence.py`. A function answers for many duties and many
settings at once, with a number of queries that does not grow with either.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

State = Literal["met", "due", "overdue", "nothing yet"]


@dataclass(frozen=True)
class Finding:
    """How one duty stands in one setting at a moment: how often kept, still owed, and late."""

    setting_id: UUID
    kept: int = 0
    owed: int = 0
    late: int = 0

    @property
    def state(self) -> State:
        """The worst of it: anything late outweighs whatever is still owed."""
        if self.late:
            return "overdue"
        if self.owed:
            return "due"
        return "met" if self.kept else "nothing yet"


Findings = Mapping[str, Mapping[UUID, Finding]]  # by duty, then by setting
Function = Callable[[Collection[UUID], datetime], Findings]

_registered: list[tuple[frozenset[str], Function]] = []


def evidence(duties: Iterable[str]) -> Callable[[Function], Function]:
    """Register a function that answers for these duties, by their ids."""

    def register(function: Function) -> Function:
        _registered.append((frozenset(duties), function))
        return function

    return register


def evidenced() -> frozenset[str]:
    """Every duty that some function answers for."""
    return frozenset(duty for duties, _ in _registered for duty in duties)


def findings(settings: Collection[UUID], at: datetime) -> dict[str, dict[UUID, Finding]]:
    """How every evidenced duty stood in each setting at a moment. Several functions may add up."""
    total: dict[str, dict[UUID, Finding]] = {duty: {} for duty in evidenced()}
    for _, function in _registered:
        for duty, by_setting in function(settings, at).items():
            for setting, finding in by_setting.items():
                total[duty][setting] = _added(total[duty].get(setting), finding)
    return total


def _added(one: Finding | None, other: Finding) -> Finding:
    if one is None:
        return other
    return Finding(
        other.setting_id, one.kept + other.kept, one.owed + other.owed, one.late + other.late
    )
