"""What a list would do here: what is new, what changes, what stays. Nothing is written by a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.crypto import salted_hmac

from .cells import Problem
from .lists import Line

SECTIONS: Final[Mapping[str, str]] = {
    "added": "New",
    "changed": "Changes",
    "stayed": "Already here",
    "problems": "To put right",
    "missing": "Not in the list",
}


@dataclass(frozen=True)
class Shown:
    """One line of the preview: where it stands in the list, who, and what about them."""

    line: int | None
    who: str
    what: tuple[str, ...] = ()


@dataclass
class Plan:
    """The whole of it. `fingerprint` is the same as long as it would do the same."""

    added: list[Shown] = field(default_factory=list)
    changed: list[Shown] = field(default_factory=list)
    stayed: list[Shown] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: list[Shown] = field(default_factory=list)
    with_it: dict[str, int] = field(default_factory=dict)  # rooms, families, carers that are new
    in_two_families: int = 0  # carers of the list

    @property
    def lines_left_out(self) -> int:
        return len({one.line for one in self.problems})

    @property
    def does_something(self) -> bool:
        return bool(self.added or self.changed)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "stayed": len(self.stayed),
            "left_out": self.lines_left_out,
        }

    @property
    def fingerprint(self) -> str:
        whole = repr((self.added, self.changed, self.problems, sorted(self.with_it.items())))
        return salted_hmac("import plan", whole, algorithm="sha256").hexdigest()

    def section(self, name: str) -> Sequence[Shown | Problem]:
        found: Sequence[Shown | Problem] = getattr(self, name)
        return found

    def show(self, line: Line, who: str, news: Iterable[str], notes: Iterable[str]) -> None:
        """Put somebody who is here already under what changes, or under what stays."""
        changes = tuple(news)
        shown = Shown(line.line, who, (*changes, *notes))
        (self.changed if changes else self.stayed).append(shown)


def problem(line: Line, column: str, value: str, what: str) -> Problem:
    return Problem(line.line, column, value, what)
