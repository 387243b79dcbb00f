"""What is filled in about training before it becomes a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Given:
    """A training as a form gives it: what it was, and for each topic the points it covered."""

    title: str
    done_on: date
    how: str
    topics: Mapping[str, Sequence[str]] = field(default_factory=dict)
    provider: str = ""
    until: date | None = None
