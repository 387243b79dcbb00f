"""What the files of our own policy texts, questions and facts may say."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from safeguarding.law.schema import Slug, Strict

Said = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]
DutyId = Annotated[str, StringConstraints(pattern=r"^(OSP|MTSM)-[A-Za-z0-9.-]+$", max_length=40)]
FILLED = re.compile(r"\{([a-z_]+(?::[a-z0-9.-]+)?)\}")  # such as {lead} or {guidance:kcsie}


class Clause(Strict):
    """A rule of ours in a few sentences, the duties it carries, and the choices that bring it in."""

    text: Said
    duties: tuple[DutyId, ...] = ()
    when: dict[Slug, tuple[Slug, ...]] = {}

    def fits(self, chosen: dict[str, str]) -> bool:
        """Whether the choices made so far bring this clause in."""
        return all(chosen.get(choice) in options for choice, options in self.when.items())

    @property
    def fillings(self) -> set[str]:
        """The names of what is filled in."""
        return set(FILLED.findall(self.text))


class Part(Strict):
    """Clauses under a heading inside a section."""

    heading: Said
    clauses: tuple[Clause, ...] = Field(min_length=1)


class Section(Strict):
    """A section holds clauses, or parts that hold them."""

    heading: Said
    clauses: tuple[Clause, ...] = ()
    parts: tuple[Part, ...] = ()

    @model_validator(mode="after")
    def one_or_the_other(self) -> Self:
        if bool(self.clauses) == bool(self.parts):
            raise ValueError("a section has clauses or parts, and not both")
        return self

    @property
    def all_clauses(self) -> list[Clause]:
        return [*self.clauses, *(clause for part in self.parts for clause in part.clauses)]


class Cover(Strict):
    """What a text is called, and what it is for."""

    id: Slug
    order: int
    title: Said
    about: Said


class Text(Cover):
    """The whole of one policy, as we wrote it."""

    sections: tuple[Section, ...]

    @property
    def clauses(self) -> list[Clause]:
        return [clause for section in self.sections for clause in section.all_clauses]

    @property
    def duties(self) -> set[str]:
        """Every duty that the text can carry, whatever is chosen."""
        return {duty for clause in self.clauses for duty in clause.duties}

    @property
    def choices(self) -> set[str]:
        """The questions on which it hangs: for a whole clause, or for some of its words."""
        spoken = {name.partition(":")[2] for name in self.fillings if name.startswith("choice:")}
        return {choice for clause in self.clauses for choice in clause.when} | spoken

    @property
    def fillings(self) -> set[str]:
        return {name for clause in self.clauses for name in clause.fillings}


class Option(Strict):
    """One answer, what it changes in the text, and a warning where it asks for less than it might."""

    id: Slug
    label: Said
    changes: Said
    warning: str = ""
    words: str = ""  # what stands in the text for {choice:…}


class Choice(Strict):
    """A question that the two old policies answer differently, or leave open."""

    id: Slug
    page: Slug
    about: str = ""  # C1 to C26: where the old policies differ
    question: Said
    options: tuple[Option, ...] = Field(min_length=2)
    suggested: Slug
    why: Said

    @model_validator(mode="after")
    def the_suggestion_is_an_option(self) -> Self:
        if self.suggested not in {one.id for one in self.options}:
            raise ValueError("the suggested option is none of the options")
        return self

    def option(self, option_id: str) -> Option:
        """The option of that id, or the suggested one if there is none."""
        named = {one.id: one for one in self.options}
        return named.get(option_id, named[self.suggested])


class Extra(Strict):
    """Something the old policies leave open, which a setting may say or leave out."""

    id: Slug
    question: Said
    why: Said


class Fact(Strict):
    """Something only the setting knows, and the words to begin with where there are any."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=40)]
    question: Said
    hint: str = ""
    kind: Literal["line", "lines", "date"] = "line"
    suggested: str = ""


class Page(Strict):
    """A page of questions."""

    id: Slug
    title: Said


class Questions(Strict):
    """Everything that is asked."""

    pages: tuple[Page, ...]
    choices: tuple[Choice, ...]
    extras: tuple[Extra, ...]
    facts: tuple[Fact, ...]
