"""A list of children compared with those who are here: matched by full name and date of birth."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from foundation.moments import say_date
from safeguarding.people.models import Child, Member, Room

from .cells import Problem
from .homes import Home, homes_of, kept_from
from .lists import ChildLine
from .plans import Plan, Shown, problem


@dataclass
class NewChild:
    """A child to be put on the list."""

    line: ChildLine
    home: Home | None


@dataclass
class ChangedChild:
    """A child who is here, and the fields that get another value."""

    child: Child
    line: ChildLine
    fields: tuple[str, ...]
    home: Home | None


@dataclass
class ChildrenPlan(Plan):
    """What a list of children would do."""

    rooms: dict[str, str] = field(default_factory=dict)  # new ones, by their name in small letters
    homes: list[Home] = field(default_factory=list)
    admitted: list[NewChild] = field(default_factory=list)
    altered: list[ChangedChild] = field(default_factory=list)


class Comparison:
    """Everything about the children of a setting, in five queries; then each line against it."""

    def __init__(self, by: Member) -> None:
        self.plan = ChildrenPlan()
        rooms = Room.objects.readable_by(by)
        self.rooms = {room.name.casefold(): room for room in rooms}
        self.homes = homes_of(by)
        self.by_family = {one.family.pk: one for one in self.homes if one.family}
        self.by_name: dict[str, list[Home]] = defaultdict(list)
        for home in self.homes:
            self.by_name[home.name.casefold()].append(home)
        self.children: dict[str, list[Child]] = defaultdict(list)
        everyone = Child.objects.readable_by(by).select_related("room", "family")
        for child in everyone.order_by("created_at", "pk"):
            self.children[" ".join(child.full_name.split()).casefold()].append(child)
        self.found: set[UUID] = set()

    def compare(self, lines: Sequence[ChildLine], problems: Sequence[Problem]) -> ChildrenPlan:
        self.plan.problems = list(problems)
        for line in lines:
            self._line(line)
        self._finish()
        return self.plan

    def _line(self, line: ChildLine) -> None:
        same_name = self.children.get(line.full_name.casefold(), [])
        child, trouble = _match(line, same_name)
        if child is not None and child.pk in self.found:
            trouble = "Another line is about this child already. Write the date of birth on both."
        home, unclear = self._home(line, child)
        trouble = trouble or unclear
        if trouble:
            self.plan.problems.append(problem(line, "The whole line", line.full_name, trouble))
        elif child is None:
            self._admit(line, home)
        else:
            self.found.add(child.pk)
            self._alter(line, child, home)

    def _home(self, line: ChildLine, child: Child | None) -> tuple[Home | None, str]:
        """The family this line means, or why we cannot tell."""
        if child is not None and child.family_id is not None:
            return self.by_family[child.family_id], ""
        if not line.family:
            return None, ""
        names = {name.casefold() for name, _ in line.carers}
        fitting = self._fitting(line.family, names)
        if len(fitting) > 1:
            return None, f"There are two families called {line.family}. Add the name of a carer."
        if not fitting:
            return self._new_home(line.family), ""
        return fitting[0], kept_from(fitting[0], names)

    def _fitting(self, name: str, carers: set[str]) -> list[Home]:
        """The families of this name with one of these carers; else those that do not contradict."""
        known = self.by_name[name.casefold()]
        sharing = [one for one in known if carers & one.all_carers]
        return sharing or [one for one in known if not carers or not one.all_carers]

    def _new_home(self, name: str) -> Home:
        home = Home(name)
        self.homes.append(home)
        self.by_name[name.casefold()].append(home)
        return home

    def _admit(self, line: ChildLine, home: Home | None) -> None:
        news = [f"room: {line.room}"] if line.room else []
        if home is not None:
            news.append(f"family: {home.name}")
        news += self._carers(line, home)
        self._room(line)
        self.plan.admitted.append(NewChild(line, home))
        self.plan.added.append(Shown(line.line, line.full_name, (*news, *_notes(line, home))))

    def _alter(self, line: ChildLine, child: Child, home: Home | None) -> None:
        notes = _notes(line, home, child)
        fields = _differences(line, child, home)
        news = [_said(name, line, child) for name in fields]
        if _is_other_family(line, child):
            news_of_carers: list[str] = []
        else:
            news_of_carers = self._carers(line, home)
        self._room(line)
        if fields:
            self.plan.altered.append(ChangedChild(child, line, fields, home))
        self.plan.show(line, str(child), [*news, *news_of_carers], notes)

    def _room(self, line: ChildLine) -> None:
        if line.room and line.room.casefold() not in self.rooms:
            self.plan.rooms.setdefault(line.room.casefold(), line.room)

    def _carers(self, line: ChildLine, home: Home | None) -> list[str]:
        """Give the family the carers it lacks; what to say about them."""
        if home is None:
            return []
        home.is_wanted = True
        said = []
        for name, relation in line.carers:
            if name.casefold() not in home.all_carers | home.ended:
                home.new_carers.append((name, relation))
                said.append(f"carer: {name} ({relation})")
        return said

    def _finish(self) -> None:
        today = timezone.localdate()
        self.plan.problems.sort(key=lambda one: one.line)
        self.plan.homes = [one for one in self.homes if one.is_wanted]
        self.plan.with_it = {
            "rooms": len(self.plan.rooms),
            "families": sum(one.family is None for one in self.plan.homes),
            "carers": sum(len(one.new_carers) for one in self.plan.homes),
        }
        here = (one for same in self.children.values() for one in same)
        gone = [one for one in here if one.pk not in self.found and one.attends_on(today)]
        self.plan.missing = [Shown(None, str(one)) for one in gone]
        self._families_in_two()

    def _families_in_two(self) -> None:
        """Count the carers who stand in two families: it may be so, and may be a slip."""
        in_homes: dict[str, int] = defaultdict(int)
        for home in self.homes:
            for name in home.all_carers:
                in_homes[name] += 1
        mine = {name.casefold() for one in self.plan.homes for name, _ in one.new_carers}
        self.plan.in_two_families = sum(in_homes[name] > 1 for name in mine)


def _match(line: ChildLine, same_name: Sequence[Child]) -> tuple[Child | None, str]:
    """The child here that a line is about; none for a new one; or why we cannot tell."""
    exact = [one for one in same_name if one.born_on == line.born_on]
    if len(exact) == 1:
        return exact[0], ""
    if len(exact) > 1:
        return (
            None,
            "There are two children with this name and date of birth here. Change them by hand.",
        )
    if line.born_on is None and same_name:
        return (
            None,
            "A child of this name is here. Write the date of birth, so that we know if it is them.",
        )
    undated = [one for one in same_name if one.born_on is None]
    if len(undated) > 1:
        return (
            None,
            "Two children of this name are here without a date of birth. Write it on their pages.",
        )
    return (undated[0] if undated else None), ""


def _differences(line: ChildLine, child: Child, home: Home | None) -> tuple[str, ...]:
    """The fields that the list fills or changes. What it leaves empty stays as it is."""
    room = child.room.name.casefold() if child.room else ""
    different = {
        "known_as": bool(line.known_as) and line.known_as != child.known_as,
        "born_on": line.born_on is not None and line.born_on != child.born_on,
        "room": bool(line.room) and line.room.casefold() != room,
        "family": child.family_id is None and home is not None,
    }
    return tuple(name for name, is_so in different.items() if is_so)


def _said(name: str, line: ChildLine, child: Child) -> str:
    if name == "born_on" and line.born_on:
        return f"date of birth: {say_date(line.born_on)}, not known before"
    before = getattr(child, name)
    now = getattr(line, name)
    label = name.replace("_", " ")
    return f"{label}: {now}, before {before}" if before else f"{label}: {now}"


def _is_other_family(line: ChildLine, child: Child) -> bool:
    if child.family is None or not line.family:
        return False
    return line.family.casefold() != child.family.name.casefold()


def _notes(line: ChildLine, home: Home | None, child: Child | None = None) -> Iterable[str]:
    """What the person should know, and the import leaves as it is."""
    notes = []
    if child is not None and child.left_on is not None:
        notes.append(f"left on {say_date(child.left_on)}, and stays so")
    if child is not None and child.family is not None and _is_other_family(line, child):
        notes.append(f"stays with the family {child.family.name}, and not {line.family}")
    for name, _ in line.carers:
        if home is not None and name.casefold() in home.ended:
            notes.append(f"{name} no longer cares for this family here, and is not added again")
    return notes


def compare(by: Member, lines: Sequence[ChildLine], problems: Sequence[Problem]) -> ChildrenPlan:
    return Comparison(by).compare(lines, problems)
