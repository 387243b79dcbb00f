"""The lines of a list as they were meant: children with their family, or staff with their roles."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation import addresses
from foundation.moments import say_date
from safeguarding.people.roles import TEMPORARY, Role

from .cells import Cells, Problem
from .columns import CARERS, Sheet

OLDEST = 25  # years
ROLE_WORDS: dict[str, Role] = {
    **{role.label.casefold(): role for role in Role},
    **dict.fromkeys(("lead", "dsl", "safeguarding lead", "lead dsl"), Role.LEAD),
    **dict.fromkeys(
        ("deputy", "deputy dsl", "ddsl", "deputy safeguarding lead", "deputy lead"), Role.DEPUTY
    ),
    **dict.fromkeys(("manager", "nursery manager", "setting manager"), Role.MANAGER),
    **dict.fromkeys(("deputy manager", "assistant manager"), Role.DEPUTY_MANAGER),
    **dict.fromkeys(("committee lead", "safeguarding trustee"), Role.COMMITTEE_LEAD),
    **dict.fromkeys(("committee", "trustee", "governor"), Role.COMMITTEE),
    **dict.fromkeys(
        ("practitioner", "early years practitioner", "teacher", "key person", "nursery nurse"),
        Role.PRACTITIONER,
    ),
    **dict.fromkeys(
        ("room leader", "teaching assistant", "apprentice", "staff"), Role.PRACTITIONER
    ),
    **dict.fromkeys(("technical", "it", "it support", "technician"), Role.TECHNICAL),
    **dict.fromkeys(("volunteer", "helper", "student"), Role.VOLUNTEER),
}
NOT_BY_LIST = {Role.PARENT, Role.GROUP_OFFICER}


@dataclass(frozen=True)
class ChildLine:
    """A child, as one line of the list has them."""

    line: int
    full_name: str
    known_as: str
    born_on: date | None
    room: str
    family: str
    carers: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[str, date | None]:
        return self.full_name.casefold(), self.born_on


@dataclass(frozen=True)
class StaffLine:
    """Somebody at work here, as one line of the list has them."""

    line: int
    name: str
    email: str
    roles: frozenset[Role]
    starts: date | None
    ends: date | None

    @property
    def key(self) -> str:
        return self.email


Line = ChildLine | StaffLine


def read(
    sheet: Sheet, fields: Sequence[str], kind: str, *, day_first: bool
) -> tuple[list[Line], list[Problem]]:
    """Every line that can be taken, and what is wrong with the others."""
    lines: list[Line] = []
    problems: list[Problem] = []
    seen: dict[Hashable, int] = {}
    make = _child if kind == "children" else _member
    for row in sheet.rows:
        cells = Cells(row, fields, day_first)
        cells.whole(sheet.headings)
        line = make(cells)
        first = seen.setdefault(line.key, row.line)
        if first != row.line and not cells.problems:
            cells.problem("", "", f"This is the same as line {first}. Take one of them out.")
        problems += cells.problems
        if not cells.problems:
            lines.append(line)
    return lines, problems


def _child(cells: Cells) -> ChildLine:
    full = _full_name(cells, "full_name")
    carers = _carers(cells)
    family = cells.text("family")
    if carers and not family:
        family = cells.text("last_name") or full.rpartition(" ")[2]
    return ChildLine(
        line=cells.row.line,
        full_name=full,
        known_as=cells.text("known_as"),
        born_on=_born_on(cells),
        room=cells.text("room"),
        family=family,
        carers=carers,
    )


def _full_name(cells: Cells, field: str) -> str:
    before = len(cells.problems)
    name = cells.text(field) or f"{cells.text('first_name')} {cells.text('last_name')}".strip()
    if not name and len(cells.problems) == before:
        cells.problem(field, "", "There is no name. Write it, or take the line out.")
    return name


def _born_on(cells: Cells) -> date | None:
    born, today = cells.date("born_on"), timezone.localdate()
    if born is not None and born > today:
        cells.problem("born_on", say_date(born), "This day has not come yet. Check the year.")
    elif born is not None and born.year < today.year - OLDEST:
        cells.problem(
            "born_on", say_date(born), "This is too long ago for a child. Check the year."
        )
    return born


def _carers(cells: Cells) -> tuple[tuple[str, str], ...]:
    found: dict[str, tuple[str, str]] = {}
    for number in range(1, CARERS + 1):
        name = cells.text(f"carer_{number}")
        relation = cells.text(f"relation_{number}")
        if relation and not name:
            cells.problem(
                f"carer_{number}", relation, "Write their name, or take this out as well."
            )
        if name:
            found.setdefault(name.casefold(), (name, relation or "carer"))
    return tuple(found.values())


def _member(cells: Cells) -> StaffLine:
    starts, ends = cells.date("starts"), cells.date("ends")
    roles = _roles(cells)
    _check_days(cells, roles, starts, ends)
    return StaffLine(
        line=cells.row.line,
        name=_full_name(cells, "name"),
        email=_email(cells),
        roles=roles,
        starts=starts,
        ends=ends,
    )


def _email(cells: Cells) -> str:
    email = cells.text("email").lower()
    try:
        addresses.look_at(email)
    except ValidationError:
        cells.problem("email", email, "Write the whole address, like name@example.org.")
    return email


def _roles(cells: Cells) -> frozenset[Role]:
    written = cells.text("roles")
    words = [" ".join(one.split()).casefold() for one in re.split(r"[,;/&+|]|\band\b", written)]
    known = {word: ROLE_WORDS.get(word) for word in words if word}
    for word, role in known.items():
        if role is None or role in NOT_BY_LIST:
            cells.problem(
                "roles",
                word,
                "This is not a role that a list can give. The page on bringing in lists has the words.",
            )
    if not known:
        cells.problem("roles", "", "Write at least one role, such as practitioner.")
    return frozenset(role for role in known.values() if role is not None)


def _check_days(
    cells: Cells, roles: frozenset[Role], starts: date | None, ends: date | None
) -> None:
    today = timezone.localdate()
    if ends is None and roles & TEMPORARY:
        cells.problem("ends", "", "Volunteers and contractors need a last day. Write it.")
    elif ends is not None and ends < today:
        cells.problem(
            "ends", say_date(ends), "This day is over. Take the line out, or check the year."
        )
    elif ends is not None and ends < (starts or today):
        cells.problem("ends", say_date(ends), "The last day is before the first. Check both.")
