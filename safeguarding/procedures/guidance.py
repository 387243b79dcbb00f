"""What staff need of a procedure, on one sheet of paper: first minutes, never, who, numbers, what next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from safeguarding.directory.models import Contact
from safeguarding.directory.urgent import NATIONAL, as_line
from safeguarding.people.models import Setting
from safeguarding.people.roles import Role

from .adapting import Adapted
from .schema import Definition
from .wording import WHO, Wording, never_said

SENTENCES = re.compile(r"(?<=[.!?]) +")
NEXT = 5  # steps told on the sheet; the page of the procedure tells them all
# Characters from which the sheet is printed smaller, so that it stays one.
PRINT = {2300: "long", 3100: "longest"}
TOLD = {
    False: (Role.LEAD, Role.DEPUTY),
    True: (Role.MANAGER, Role.COMMITTEE_LEAD),  # a worry about an adult here
}
ALWAYS = ("999", "101")


@dataclass(frozen=True)
class Person:
    """Somebody here who is told."""

    name: str
    role: str


@dataclass(frozen=True)
class Not:
    """What is never done, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Next:
    """A step that others take once they know."""

    do: str
    who: str


@dataclass(frozen=True)
class Guidance:
    """The sheet."""

    first: tuple[str, ...]
    never: tuple[Not, ...]
    told: tuple[Person, ...]
    numbers: tuple[dict[str, str], ...]
    next: tuple[Next, ...]
    more: int  # steps that follow and are not told here

    @property
    def print_size(self) -> str:
        """How it has to be printed to fit: long, longest, or nothing where it fits as it is."""
        said = [*self.first, *(one.why for one in self.never), *(one.do for one in self.next)]
        length = sum(map(len, said)) + 80 * len(self.numbers)
        return next((PRINT[one] for one in sorted(PRINT, reverse=True) if length > one), "")


def sheet_of(ours: Adapted, setting: Setting, contacts: Iterable[Contact]) -> Guidance:
    """The sheet of a procedure for one setting, with its people and its numbers."""
    following = _next(ours)
    return Guidance(
        first=tuple(SENTENCES.split(ours.definition.summary)),
        never=tuple(nots(ours.definition)),
        told=tuple(_told(ours.definition, setting)),
        numbers=tuple(_numbers(ours.definition, contacts)),
        next=tuple(following[:NEXT]),
        more=len(ours.definition.steps) - 1 - len(following[:NEXT]),
    )


def nots(definition: Definition) -> list[Not]:
    """Everything a procedure never lets happen."""
    return [Not(never_said(one), one.says) for one in definition.never]


def _told(definition: Definition, setting: Setting) -> list[Person]:
    """Who holds the posts that are told, in the order in which they are asked."""
    today = timezone.localdate()
    found = []
    for role in TOLD[definition.record_class == "C3"]:
        holders = setting.holding([role], today).select_related("user")
        found += [Person(one.display_name, role.label) for one in holders]
    return found


def _numbers(definition: Definition, contacts: Iterable[Contact]) -> list[dict[str, str]]:
    """999 and 101, whoever the steps of the procedure turn to, and who helps when nobody listens."""
    wanted = dict.fromkeys(agency for step in definition.steps for agency in step.to)
    known = {one.slug: one for one in contacts}
    asked = [known[slug] for slug in wanted if slug in known]
    return [
        *(dict(line) for line in NATIONAL if line["number"] in ALWAYS),
        *(as_line(one) | {"number": _how(one)} for one in asked if one.phone not in ALWAYS),
        *(dict(line) for line in NATIONAL if "whistleblowing" in line["name"]),
    ]


def _how(contact: Contact) -> str:
    way = contact.phone or contact.email or contact.link.removeprefix("https://").rstrip("/")
    return way or "Ask the lead: not filled in yet"


def _next(ours: Adapted) -> list[Next]:
    """The steps that must be done in every case, after the first."""
    wording = Wording(ours.definition, ours.rules)
    return [
        Next(step.do, ", ".join(filter(None, [WHO[step.by], wording.within(step)])))
        for step in ours.definition.steps[1:]
        if step.need == "must"
    ]
