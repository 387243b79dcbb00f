"""What the files of rules, guidance and terms may say."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from safeguarding.law.values import Value

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.[a-z0-9-]+$", max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=3, max_length=600, strip_whitespace=True)]

# How we came to know it. Only the text itself makes a thing verified.
SeenIn = Literal[
    "primary",  # we read the law, the guidance or the body's own page
    "quoted",  # we read somebody else quoting it
    "recalled",  # general knowledge, looked up nowhere
    "ours",  # no source gives a figure; this is our starting point
]
Basis = Literal[
    "law",
    "statutory_guidance",
    "guidance",
    "practice",  # what others do, where law and guidance give no figure
    "policy",  # the setting's own policy asks for it
    "house",  # Hedgerow's starting point, for the setting to change
]
Override = Literal["no", "shorter", "longer", "any"]


class Strict(BaseModel):
    """Refuses a key it does not know; cannot be changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """Where a thing stands: a title, and a page or a paragraph."""

    title: Words
    where: str = ""


class Dated(Strict):
    """Something in force for a time. No first day: as long as anyone has asked."""

    in_force_from: date | None = None
    in_force_to: date | None = None
    source: Source
    seen_in: SeenIn
    verified: bool
    checked_on: date | None = None  # when somebody last looked at the source
    note: str = ""

    @model_validator(mode="after")
    def only_the_text_itself_verifies(self) -> Self:
        if self.verified and (self.seen_in != "primary" or self.checked_on is None):
            raise ValueError("verified means: read in the primary text, on a day (checked_on)")
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise ValueError("in_force_to is before in_force_from")
        return self

    def is_in_force(self, on: date) -> bool:
        started = self.in_force_from is None or self.in_force_from <= on
        return started and (self.in_force_to is None or on <= self.in_force_to)


class LocalChange(Strict):
    """What a setting put in place of a rule's own value, since when and why."""

    national: Annotated[Value, BeforeValidator(Value.read)]
    reason: str
    since: date


class Rule(Dated):
    """A deadline, a frequency or a time to keep something."""

    id: RuleId
    kind: Literal["deadline", "frequency", "retention"]
    title: Words
    text: Words
    value: Annotated[Value, BeforeValidator(Value.read)]
    counts_from: Words
    basis: Basis
    local_override: Override
    hold: bool = False  # never destroyed by the clock alone: a person decides
    local: LocalChange | None = None

    @model_validator(mode="after")
    def only_what_is_kept_is_held(self) -> Self:
        if self.hold and self.kind != "retention":
            raise ValueError("hold belongs to retention rules only")
        return self

    @property
    def said(self) -> str:
        """Where its time comes from, for whoever has to keep it: also that the setting chose its own."""
        checked = "" if self.verified else "; not yet verified"
        own = f"Your setting chose its own time: {self.value}. Elsewhere: " if self.local else ""
        return f"{own}{self.text} ({self.source.title}{checked})"

    def allows(self, value: Value) -> bool:
        """Whether a setting may put this value in place of the rule's own."""
        allowed = {
            "no": False,
            "shorter": value.is_within(self.value),
            "longer": self.value.is_within(value),
            "any": True,
        }
        return allowed[self.local_override]


class Guidance(Dated):
    """A document that the policies cite, and what rules in its place now."""

    id: Slug
    cited: Words
    now: Words
    status: Literal["current", "replaced", "replaced_twice", "renamed", "new", "to_check"]


class Term(Dated):
    """The word to use now, and the words it took the place of."""

    id: Slug
    term: Words
    instead_of: tuple[Words, ...] = ()
    meaning: Words
