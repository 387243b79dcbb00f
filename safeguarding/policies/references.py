"""Guidance that a clause cites, and what rules in its place now. What is said comes from the rule library.

Which words mean which guidance is in `citations.yaml`. Nothing here claims to be law: each says its source
and whether anybody has read it.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, model_validator

from foundation import strict_yaml
from safeguarding.law.library import guidance
from safeguarding.law.schema import Guidance, Slug

CITATIONS = Path(__file__).with_name("citations.yaml")
Words = Annotated[str, StringConstraints(min_length=3, max_length=120, strip_whitespace=True)]
YEAR = r"(?:\W{0,6}(?:\w+\s+)?(?P<year>20[0-3]\d))?"


class Cited(BaseModel):
    """Words that name a piece of guidance. `newest` is the year of the edition that we know of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    guidance: Slug
    title: Words
    names: list[Words]
    newest: int | None = None  # an edition of an earlier year is flagged; none: always flagged
    only_words: bool = False  # the words themselves are what has changed: a year says nothing

    @model_validator(mode="after")
    def is_known(self) -> Self:
        if self.guidance not in guidance():
            raise ValueError(f"there is no guidance {self.guidance}")
        return self


@dataclass(frozen=True)
class Citation:
    """One mention: what the clause says, and what we know of it."""

    cited: Cited
    year: int | None
    said: str

    @property
    def key(self) -> tuple[str, str]:
        return self.cited.title, str(self.year or "")

    @property
    def now(self) -> Guidance:
        return guidance()[self.cited.guidance]

    @property
    def state(self) -> str:
        """In a word: a newer edition rules, none is named, it has changed, or somebody has to look."""
        newest = self.cited.newest
        if self.cited.only_words or newest is None:
            return "changed"
        if self.year is None:
            return "no year"
        if self.year < newest:
            return "newer"
        return "to look up" if self.now.status == "to_check" else "newest we know"

    @property
    def needs_a_look(self) -> bool:
        return self.state != "newest we know"


def cited_in(words: str) -> list[Citation]:
    """Every piece of guidance that the words name, once for each edition."""
    found: dict[tuple[str, str], Citation] = {}
    for cited, pattern in _patterns():
        for one in pattern.finditer(words):
            year = one.groupdict().get("year")
            said = " ".join(one[0].split())
            citation = Citation(cited, int(year) if year else None, said)
            found.setdefault(citation.key, citation)
    return list(found.values())


@cache
def citations() -> tuple[Cited, ...]:
    """What is recognised."""
    return tuple(strict_yaml.read(CITATIONS, TypeAdapter(list[Cited])))


@cache
def _patterns() -> tuple[tuple[Cited, re.Pattern[str]], ...]:
    made = []
    for cited in citations():
        names = sorted(cited.names, key=len, reverse=True)
        either = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in names)
        year = "" if cited.only_words else YEAR
        made.append((cited, re.compile(rf"(?<!\w)(?:{either})(?!\w){year}", re.IGNORECASE)))
    return tuple(made)
