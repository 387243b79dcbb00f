"""The ready-made topics and the list for new colleagues. Files in, plain objects out; no database here."""

from functools import cache
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter

from foundation import strict_yaml
from safeguarding.law.library import rule_ids
from safeguarding.law.schema import RuleId, Slug, Strict, Words
from safeguarding.people.roles import Role

HERE = Path(__file__).parent
Strand = Literal["content", "contact", "conduct", "commerce", "practice", "privacy"]
Audience = Literal["staff", "volunteer", "committee", "visitor"]

STRANDS: dict[str, str] = {
    "content": "Content",
    "contact": "Contact",
    "conduct": "Conduct",
    "commerce": "Commerce",
    "practice": "Professional practice",
    "privacy": "Privacy",
}
AUDIENCES: dict[str, str] = {
    "staff": "Staff",
    "volunteer": "Volunteer",
    "committee": "Committee",
    "visitor": "Contractor",
}
# Whoever holds several of these roles is shown the longest list of them: the first that fits.
AUDIENCE_ROLES: dict[str, frozenset[Role]] = {
    "staff": frozenset(
        {
            Role.LEAD,
            Role.DEPUTY,
            Role.MANAGER,
            Role.DEPUTY_MANAGER,
            Role.PRACTITIONER,
            Role.TECHNICAL,
        }
    ),
    "volunteer": frozenset({Role.VOLUNTEER}),
    "committee": frozenset({Role.COMMITTEE_LEAD, Role.COMMITTEE}),
    "visitor": frozenset({Role.CONTRACTOR}),
}


class Point(Strict):
    """One thing a topic covers, to be ticked when a training covered it."""

    id: Slug
    strand: Strand
    text: Words


class Ready(Strict):
    """A topic as it comes with Hedgerow."""

    id: Slug
    name: Words
    about: Words
    every: RuleId
    roles: tuple[Role, ...]
    before_role: bool = False
    counts_for: tuple[Slug, ...] = ()
    duties: tuple[str, ...] = ()
    points: tuple[Point, ...]

    def asks_before(self, role: Role) -> bool:
        """Whether it is to be learnt before this role begins."""
        return self.before_role and role in self.roles


class Shown(Strict):
    """One thing a new colleague is shown."""

    id: Slug
    name: Words
    text: Words
    for_: tuple[Audience, ...]
    first_day: bool = False
    by_app: str = ""
    duties: tuple[str, ...] = ()

    model_config = {"extra": "forbid", "frozen": True, "alias_generator": lambda n: n.rstrip("_")}


@cache
def ready_topics() -> dict[str, Ready]:
    """The ready-made topics by id, in their order. A slip in the file stops the start."""
    topics = strict_yaml.read(HERE / "topics.yaml", TypeAdapter(list[Ready]))
    found = {one.id: one for one in topics}
    for one in topics:
        if one.every not in rule_ids():
            raise ImproperlyConfigured(f"topics.yaml, {one.id}: no rule {one.every}")
        if unknown := set(one.counts_for) - set(found):
            raise ImproperlyConfigured(f"topics.yaml, {one.id}: no topic {min(unknown)}")
    return found


@cache
def shown() -> dict[str, Shown]:
    """What new colleagues are shown, by id."""
    return {
        one.id: one for one in strict_yaml.read(HERE / "induction.yaml", TypeAdapter(list[Shown]))
    }


def audience_of(roles: frozenset[Role]) -> str:
    """Which list somebody with these roles is shown; empty where none fits."""
    return next((one for one, fits in AUDIENCE_ROLES.items() if roles & fits), "")


def list_for(audience: str) -> list[Shown]:
    """What somebody of an audience is shown, in order."""
    return [one for one in shown().values() if audience in one.for_]


def covers(audience: str, other: str) -> bool:
    """Whether whoever was shown the list of one audience was shown all that another is."""
    return {one.id for one in list_for(other)} <= {one.id for one in list_for(audience)}
