"""What is filled in about people and settings before it becomes a record."""

from dataclasses import dataclass
from datetime import date, time

from .roles import Role


@dataclass(frozen=True)
class Person:
    """Somebody to be added: who they are and what they will be."""

    name: str
    email: str
    roles: frozenset[Role]
    ends: date | None = None
    starts: date | None = None  # empty for today


@dataclass(frozen=True)
class About:
    """What a setting is called, what kind it is, and the colour of its papers, as #rrggbb."""

    name: str
    kind: str
    brand_colour: str


@dataclass(frozen=True)
class Opening:
    """When a setting is open on one weekday; 0 is Monday."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class TermDates:
    """A term by name, first and last day."""

    name: str
    starts: date
    ends: date
