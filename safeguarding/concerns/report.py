"""What one report says, as a value: the form makes it, the action keeps it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from safeguarding.people.models import Child, Member

from . import body, kinds

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .models import Involvement

BOXES = {
    "who": "Who it is about",
    "saw": "What I saw",
    "heard": "What I heard, word for word",
    "asked": "What I asked",
    "did": "What I did",
    "think": "What I think",
    "place": "Where",
    "web_address": "Web address",
    "device": "Device",
}


@dataclass(frozen=True)
class Person:
    """Someone involved: a child here, a member, or somebody by name."""

    part: str
    child: Child | None = None
    member: Member | None = None
    name: str = ""
    works_here: bool = False

    @property
    def is_about_an_adult_here(self) -> bool:
        return self.part == "alleged" and (self.member is not None or self.works_here)

    def __str__(self) -> str:
        return str(self.child or self.member or self.name)

    def as_columns(self) -> dict[str, Any]:
        """The values of an Involvement's own columns."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Mark:
    """A mark seen on a child's body: where, and how it looked, as said."""

    area: str
    size: str = ""
    colour: str = ""
    shape: str = ""
    words: str = ""
    whose: str = ""

    def as_columns(self) -> dict[str, Any]:
        """The values of a BodyMark's own columns."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        said = (self.whose, self.size, self.colour, self.shape, self.words)
        return "; ".join([body.NAMES[self.area], *(one for one in said if one)])


@dataclass(frozen=True)
class Report:
    """Everything the report form asks."""

    kind: str
    risk_area: str
    in_danger_now: bool
    told_lead: str
    happened_on: date | None
    happened_time: time | None = None
    place: str = ""
    who: str = ""
    saw: str = ""
    heard: str = ""
    asked: str = ""
    did: str = ""
    think: str = ""
    web_address: str = ""
    device: str = ""
    people: tuple[Person, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_about_an_adult_here(self) -> bool:
        return any(person.is_about_an_adult_here for person in self.people)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all of it: the same words sent again give the same digits."""
        said = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        said["people"] = str([_who(one) for one in self.people])
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def in_words(self) -> str:
        """The boxes that hold something, each with its heading, for an addition to the first report."""
        lines = [
            f"Sent as: {kinds.in_words(self.kind)}",
            f"A child in danger right now: {'yes' if self.in_danger_now else 'no'}",
        ]
        if self.happened_on:
            lines.append(f"Happened on {self.happened_on:%-d %B %Y}{self._at}")
        lines += [
            f"{heading}: {getattr(self, box)}"
            for box, heading in BOXES.items()
            if getattr(self, box)
        ]
        lines += [f"A mark on the body: {mark}" for mark in self.marks]
        return "\n\n".join(lines)

    def names_the_same_as(self, others: Iterable["Person | Involvement"]) -> bool:
        """Whether it names exactly these people, each in the same part."""
        return {_who(one) for one in self.people} == {_who(one) for one in others}

    @property
    def _at(self) -> str:
        return f" at {self.happened_time:%H:%M}" if self.happened_time else ""

    def as_columns(self) -> dict[str, object]:
        """The values of a Concern's own columns."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        del values["people"], values["marks"]
        return values


def fingerprint_today(text: str, *, answers: "QuerySet[Any]") -> str:
    """The digest of words written today. Sent twice they are the same words.

    On another day, or after a further one of the other side's `answers`, they are news.
    """
    last = answers.order_by("-created_at").values_list("pk", flat=True).first() or ""
    return hashlib.sha256(f"{timezone.localdate()} {last} {text}".encode()).hexdigest()


def _who(one: "Person | Involvement") -> tuple[str, ...]:
    """Somebody and their part, as plain text that can be compared."""
    child, member = (str(x.pk) if x else "" for x in (one.child, one.member))
    return (one.part, child, member, one.name, str(one.works_here))
