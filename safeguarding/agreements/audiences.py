"""Whom an agreement is for, by the roles people hold; and the wording that a setting may begin with."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from django.db import models
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from foundation import strict_yaml
from safeguarding.people.roles import Role

FOLDER = Path(__file__).parent / "wording"


class Audience(models.TextChoices):
    STAFF = "staff", "Staff"
    VISITOR = "visitor", "Visitors, volunteers and contractors"
    PARENT = "parent", "Parents and carers"
    SOCIAL_MEDIA = "social_media", "Our social media"
    COMMITTEE = "committee", "Committee"


# Who is asked. Nobody has to sign the one on social media but whoever is given a channel (OSP-8-OST-02).
SIGN: dict[Audience, frozenset[Role]] = {
    Audience.STAFF: frozenset(
        {
            *(Role.LEAD, Role.DEPUTY, Role.MANAGER, Role.DEPUTY_MANAGER),
            *(Role.PRACTITIONER, Role.TECHNICAL),
        }
    ),
    Audience.VISITOR: frozenset({Role.VOLUNTEER, Role.CONTRACTOR}),
    Audience.PARENT: frozenset({Role.PARENT}),
    Audience.SOCIAL_MEDIA: frozenset(),
    Audience.COMMITTEE: frozenset({Role.COMMITTEE_LEAD, Role.COMMITTEE}),
}

# What a part of an agreement has to have said, for a duty to count as kept.
Cover = Literal[
    "monitoring",  # use is looked at, and can be traced to a person
    "reporting",  # concerns and breaches are reported, to whom
    "social_media",  # what is expected there
    "conduct",  # safe and professional behaviour online
    "no_guarantee",  # nobody can promise that nothing bad is ever reached
    "kindness",  # nothing is posted that could hurt somebody here
    "sharing",  # passing on what threatens, hurts or shames somebody is as bad as writing it
    "private_matters",  # what is private, of oneself and others, is not put on social media
    "own_account",  # whoever follows our pages does so from an account kept for work
    "secure_mail",  # what is sensitive or personal is sent encrypted, or not by mail
    "security",  # passwords, locking, data
    "with_child",  # read and talked over with the child
    "information",  # where to read about online safety
    "official_voice",  # whoever posts for us says in which role
]
Words = Annotated[str, StringConstraints(min_length=3, max_length=6000, strip_whitespace=True)]
Reply = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]


class Strict(BaseModel):
    """Refuses a key it does not know; cannot be changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(Strict):
    """One part of an agreement, and what it makes sure was said."""

    heading: Annotated[Words, StringConstraints(max_length=200)]
    text: Words
    covers: tuple[Cover, ...] = ()


class Question(Strict):
    """Something to be answered rightly before signing, and why it is so."""

    ask: Annotated[Words, StringConstraints(max_length=300)]
    choices: Annotated[tuple[Reply, ...], Field(min_length=2)]
    right: int
    why: Words

    @model_validator(mode="after")
    def right_is_one_of_them(self) -> Self:
        if not 0 <= self.right < len(self.choices):
            raise ValueError("`right` is the place of the right choice, counted from 0")
        return self


class Wording(Strict):
    """A whole agreement as it is written down."""

    title: Annotated[Words, StringConstraints(max_length=200)]
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    questions: tuple[Question, ...] = ()


@cache
def ours(audience: Audience) -> Wording:
    """The wording that comes with Hedgerow, for a setting to take or to change."""
    return strict_yaml.read(FOLDER / f"{audience}.yaml", TypeAdapter(Wording))


def audiences_of(roles: Collection[Role]) -> frozenset[Audience]:
    """The agreements that somebody with these roles has to sign."""
    return frozenset(one for one, who in SIGN.items() if who & frozenset(roles))
