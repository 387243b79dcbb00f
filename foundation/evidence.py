"""How a part of the house shows that duties are kept: computed from its own records, for any moment.

Each app registers one or more functions in its `evidence.py`. A function answers for many duties and many
settings at once, with a number of queries that does not grow with either.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

State = Literal["met", "due", "overdue", "broken", "nothing yet"]
COSTS = ("No", "One", "Two", "Three", "Four", "Five", "Six")
ABOUT_COST = re.compile(rf"\s*\b({'|'.join(COSTS)}) quer(?:y|ies)\b.*", re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """How one duty stands in one setting at a moment: how often kept, still owed, and late.

    `broken` counts what is not as it has to be; `latest` is when it was kept last, where it comes round.
    What is kept without it stands at that moment. `on_occasion`: it is done when something comes up, so
    that nobody is late where nothing did.
    """

    setting_id: UUID
    kept: int = 0
    owed: int = 0
    late: int = 0
    broken: int = 0
    latest: datetime | None = None
    on_occasion: bool = False

    @property
    def state(self) -> State:
        """The worst of it: what is broken, then anything late, outweighs whatever is still owed."""
        if self.broken:
            return "broken"
        if self.late:
            return "overdue"
        if self.owed:
            return "due"
        return "met" if self.kept else "nothing yet"


Findings = Mapping[str, Mapping[UUID, Finding]]  # by duty, then by setting
Function = Callable[[Collection[UUID], datetime], Findings]


@dataclass(frozen=True)
class Page:
    """Where the records behind some figures are seen: a page without ids, and who may open it."""

    name: str
    label: str
    may_open: Callable[[Any], bool] = lambda _: True


@dataclass(frozen=True)
class Source:
    """One function, the duties it answers for, and where its records are seen."""

    duties: frozenset[str]
    function: Function
    page: Page | None = None

    @property
    def how(self) -> str:
        """How it is counted, in the words of the function itself."""
        return " ".join(ABOUT_COST.sub("", self.function.__doc__ or "").split())

    @property
    def queries(self) -> int:
        """How many queries it asks, as its docstring says."""
        said = ABOUT_COST.search(self.function.__doc__ or "")
        if said is None:
            raise ValueError(f"{self.function.__name__} does not say how many queries it asks.")
        return COSTS.index(said[1])


_registered: list[Source] = []


def evidence(duties: Iterable[str], page: Page | None = None) -> Callable[[Function], Function]:
    """Register a function that answers for these duties, by their ids.

    Its docstring says how it counts, in plain words, and how many queries that takes.
    """

    def register(function: Function) -> Function:
        _registered.append(Source(frozenset(duties), function, page))
        return function

    return register


def evidenced() -> frozenset[str]:
    """Every duty that some function answers for."""
    return frozenset(duty for one in _registered for duty in one.duties)


def sources(duty: str | None = None) -> list[Source]:
    """The functions that answer for a duty; without one, all of them."""
    return [one for one in _registered if duty is None or duty in one.duties]


def findings(settings: Collection[UUID], at: datetime) -> dict[str, dict[UUID, Finding]]:
    """How every evidenced duty stood in each setting at a moment. Several functions may add up."""
    return _asked(_registered, settings, at)


def findings_of(duty: str, settings: Collection[UUID], at: datetime) -> Mapping[UUID, Finding]:
    """The same for one duty alone: only the functions that answer for it are asked."""
    return _asked(sources(duty), settings, at).get(duty, {})


def _asked(
    of: Iterable[Source], settings: Collection[UUID], at: datetime
) -> dict[str, dict[UUID, Finding]]:
    total: dict[str, dict[UUID, Finding]] = {duty: {} for one in of for duty in one.duties}
    for source in of:
        for duty, by_setting in source.function(settings, at).items():
            for setting, finding in by_setting.items():
                total[duty][setting] = added(total[duty].get(setting), finding)
    return total


def added(one: Finding | None, other: Finding) -> Finding:
    """Two findings about one duty of one setting, as one."""
    if one is None:
        return other
    return Finding(
        other.setting_id,
        one.kept + other.kept,
        one.owed + other.owed,
        one.late + other.late,
        one.broken + other.broken,
        _latest(one, other),
        one.on_occasion or other.on_occasion,
    )


def _latest(*several: Finding) -> datetime | None:
    """When it was kept last; None where something of it is kept at this very moment."""
    kept = [one.latest for one in several if one.kept]
    return None if None in kept else max(filter(None, kept), default=None)
