"""The catalogue of duties: what the two policies ask, by whom and when. Files in, plain objects out."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from foundation import strict_yaml
from safeguarding.people.roles import LEADERSHIP, STAFF, TEMPORARY, Role

HERE = Path(__file__).parent
CATALOGUE = HERE / "obligations"
A_YEAR = 365
POLICIES = {"OSP": "Online safety policy", "MTSM": "Mobile technology and social media policy"}

DutyId = Annotated[
    str, StringConstraints(pattern=r"^(OSP|MTSM)-[0-9A-Z][0-9A-Za-z.-]*$", max_length=40)
]
Words = Annotated[str, StringConstraints(min_length=3, max_length=600)]
Who = Literal[
    "all_staff",
    "committee",
    "deputy_dsl",
    "dsl",
    "leadership",
    "learner",
    "manager",
    "parent_carer",
    "setting",
    "technical_staff",
    "visitor",
    "volunteer_contractor",
]
Kind = Literal[
    "approve",
    "assess",
    "educate",
    "enforce",
    "forbid",
    "inform",
    "notify",
    "protect_data",
    "record",
    "refer",
    "restrict_access",
    "review",
    "schedule",
    "train",
]
Automation = Literal["enforce", "detect", "remind", "attest"]

# Whose duty it is, as the register says it, and the posts of this house.
POSTS: Mapping[Who, frozenset[Role]] = {
    "all_staff": STAFF,
    "committee": frozenset({Role.COMMITTEE, Role.COMMITTEE_LEAD}),
    "deputy_dsl": frozenset({Role.DEPUTY}),
    "dsl": frozenset({Role.LEAD}),
    "leadership": LEADERSHIP,
    "learner": frozenset(),
    "manager": frozenset({Role.MANAGER, Role.DEPUTY_MANAGER}),
    "parent_carer": frozenset({Role.PARENT}),
    "setting": LEADERSHIP,
    "technical_staff": frozenset({Role.TECHNICAL}),
    "visitor": frozenset(),
    "volunteer_contractor": TEMPORARY,
}

# The same in words.
WHO: Mapping[Who, str] = {
    "all_staff": "all staff",
    "committee": "the committee",
    "deputy_dsl": "the deputy safeguarding leads",
    "dsl": "the designated safeguarding lead",
    "leadership": "those who lead the setting",
    "learner": "children",
    "manager": "the manager",
    "parent_carer": "parents and carers",
    "setting": "the setting as a whole",
    "technical_staff": "technical staff",
    "visitor": "visitors",
    "volunteer_contractor": "volunteers and contractors",
}


class Strict(BaseModel):
    """Refuses a key it does not know; cannot be changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Every(Strict):
    """How often a duty comes round, and who says so.

    The policy itself; a suggestion beside it; or the setting, where the policy says "regularly": a year then,
    until the setting chooses something shorter.
    """

    days: Annotated[int, Field(ge=1, le=366)]
    source: Annotated[Literal["policy", "suggested", "setting"], Field(alias="from")]


class Feature(Strict):
    """A part of the work, in our words, and the app that shows its duties."""

    title: Words
    app: str


class Section(Strict):
    """Where in its policy a duty stands."""

    section: str
    heading: Words


class Duty(Strict):
    """One thing that a policy asks of somebody."""

    id: DutyId
    also: tuple[DutyId, ...] = ()  # the same duty under the id it has elsewhere
    who: Annotated[tuple[Who, ...], Field(min_length=1)]
    duty: Words
    kind: Kind
    when: Words
    every: Every | None = None
    evidence: Words
    automation: Automation
    feature: str
    word: bool = False  # shown by somebody's word, although the register hopes for more

    @model_validator(mode="after")
    def of_a_known_part(self) -> Self:
        if self.feature not in features():
            raise ValueError(f"{self.id}: no feature {self.feature} in features.yaml")
        return self

    @property
    def days(self) -> int:
        """How many days there are between one time and the next at most; a year where it says nothing."""
        return self.every.days if self.every else A_YEAR

    @property
    def by_word(self) -> bool:
        """Whether somebody's word shows that it is kept, unless the records themselves do."""
        return self.word or self.automation == "attest"

    @property
    def policy(self) -> str:
        """Which of the two policies asks for it: OSP or MTSM."""
        return self.id.split("-", 1)[0]

    @property
    def clause(self) -> str:
        """The number of its clause, as far as its id gives one: 5.3.2, or only the section."""
        numbered = re.match(r"MTSM-([0-9]+(?:\.[0-9]+)*)", self.id)
        return numbered[1] if numbered else self.place.section

    @property
    def place(self) -> Section:
        """Its section and heading."""
        return _place(self.id)

    @property
    def part(self) -> Feature:
        return features()[self.feature]

    @property
    def posts(self) -> frozenset[Role]:
        """Everybody here whose duty it is. Where it asks somebody outside, those who lead see to it."""
        posts = frozenset(role for one in self.who for role in POSTS[one])
        return posts if posts & STAFF else posts | LEADERSHIP


@cache
def catalogue() -> dict[str, Duty]:
    """Every duty by its id. A mistake in a file stops the start, with its file and line."""
    return read_all(CATALOGUE)


def duty(duty_id: str) -> Duty | None:
    """The duty of this id; or the one that says the same under its own."""
    return catalogue().get(duty_id) or catalogue().get(_aliases().get(duty_id, ""))


@cache
def features() -> dict[str, Feature]:
    """The parts of the work that duties belong to."""
    return strict_yaml.read(HERE / "features.yaml", TypeAdapter(dict[str, Feature]))


@cache
def sections() -> dict[str, Section]:
    """Where the duties whose ids begin so stand in their policy."""
    return strict_yaml.read(HERE / "sections.yaml", TypeAdapter(dict[str, Section]))


def read_all(folder: Path) -> dict[str, Duty]:
    """Every duty of a folder, in the order of the sections. Refuses an id that stands twice, or in none."""
    found: dict[str, Duty] = {}
    for path in sorted(folder.glob("*.yaml")):
        for one in strict_yaml.read(path, TypeAdapter(list[Duty])):
            if one.id in found:
                raise ImproperlyConfigured(f"{path.name}: {one.id} stands twice.")
            if not _beginnings(one.id):
                raise ImproperlyConfigured(f"{path.name}: {one.id} is in no section.")
            found[one.id] = one
    order = list(sections())
    return dict(sorted(found.items(), key=lambda row: order.index(_beginning(row[0]))))


def of_posts(posts: Iterable[Role]) -> list[Duty]:
    """The duties of somebody who holds these posts."""
    held = frozenset(posts)
    return [one for one in catalogue().values() if one.posts & held]


@cache
def _aliases() -> dict[str, str]:
    return {other: one.id for one in catalogue().values() for other in one.also}


@cache
def _place(duty_id: str) -> Section:
    return sections()[_beginning(duty_id)]


def _beginning(duty_id: str) -> str:
    return max(_beginnings(duty_id), key=len)


def _beginnings(duty_id: str) -> list[str]:
    """The beginnings in sections.yaml that fit this id: whole parts of it, not OSP-1 for OSP-10."""
    return [one for one in sections() if re.match(rf"{re.escape(one)}(?![0-9])", duty_id)]
