"""What rules.yaml may say. Anything else is a mistake, named with its line."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from foundation import strict_yaml

RULES = Path(__file__).parent / "rules.yaml"

Box = Literal["saw", "heard", "asked", "did", "think", "note"]
Sentence = Annotated[str, StringConstraints(pattern=r"^[A-Z“].*[.?]$", max_length=240)]
Phrase = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=60)]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Strict(BaseModel):
    """Refuses a key it does not know; cannot be changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Advice(Strict):
    """What is suggested, and why."""

    says: Sentence
    why: Sentence


class Found(Advice):
    """Suggested where any of these words stand, but for sentences with any of `unless`."""

    words: Phrases
    unless: tuple[Phrase, ...] = ()


class Judging(Found):
    """Words that judge, in the boxes that are for facts."""

    boxes: Annotated[tuple[Box, ...], Field(min_length=1)]


class Secret(Found):
    """Words about pictures and secrets. Some matter only where a picture of a child may be involved."""

    only_imagery: bool = False


class Speech(Strict):
    """How one can tell that somebody's own words follow."""

    verbs: Phrases
    oneself: Phrases


class Asked(Strict):
    """Questions that put an answer into a child's mouth."""

    harmless: Phrases
    suggesting: Found
    blaming: Found
    either_or: Advice
    yes_or_no: Found


class Names(Strict):
    """Names that are hidden behind initials, letters or "a child"."""

    initials: Advice
    never_initials: tuple[Phrase, ...]
    letters: Found
    nameless: Found


class Empty(Strict):
    """What is missing."""

    events: Phrases
    times: Phrases
    places: Phrases
    time: Advice
    place: Advice
    voice: Advice
    said_nothing: Phrases
    did: Advice


class Length(Strict):
    """Very little in all, or a great deal in one box."""

    few: int
    many: int
    short: Advice
    one_box: Advice


class Rules(Strict):
    """Everything the coach knows."""

    most: int
    speech: Speech
    secrets: tuple[Secret, ...]
    judging: tuple[Judging, ...]
    asked: Asked
    names: Names
    empty: Empty
    length: Length


@cache
def rules() -> Rules:
    """The rules as the file has them."""
    return strict_yaml.read(RULES, TypeAdapter(Rules))
