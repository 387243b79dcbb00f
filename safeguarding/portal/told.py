"""What somebody without an account told us, as a value, and whom it may be about."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import TextChoices
from django.utils import timezone

from safeguarding.audit.trail import System
from safeguarding.concerns.adults import AdultsHere, words_of
from safeguarding.concerns.children_named import children_named_in
from safeguarding.concerns.report import Person, Report
from safeguarding.people.models import Member, Setting
from safeguarding.people.roles import CONFIRMS, Role

SHORTEST = 3  # letters of a word that may be a name
ALIKE = 0.8  # how much of a misspelt name has to be right
ALLEGED, HARMED = "alleged", "harmed"


class About(TextChoices):
    """Whether it is about an adult here. The form cannot list people: it only knows posts."""

    NO = "no", "No"
    LEAD = "lead", "Yes, the safeguarding lead"
    MANAGER = "manager", "Yes, the manager"
    COMMITTEE = "committee", "Yes, somebody on the committee"
    SOMEONE = "someone", "Yes, somebody else who works or helps here"
    UNSURE = "unsure", "I am not sure"


POSTS = {
    About.LEAD: {Role.LEAD},
    About.MANAGER: {Role.MANAGER},
    About.COMMITTEE: {Role.COMMITTEE_LEAD, Role.COMMITTEE},
}
IN_WORDS = {
    About.LEAD: "“The safeguarding lead”, as chosen on the form",
    About.MANAGER: "“The manager”, as chosen on the form",
    About.COMMITTEE: "“Somebody on the committee”, as chosen on the form",
    About.UNSURE: "Perhaps somebody who works or helps here; the reporter is not sure",
}
NOT_NAMED = "Somebody who works or helps here, not named"


@dataclass(frozen=True)
class Identity:
    """Who somebody says they are, and how to reach them: kept sealed, apart from their report."""

    name: str = ""
    contact: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.contact)


@dataclass(frozen=True)
class Told:
    """All that the public form takes in."""

    report: Report
    told_as: str
    identity: Identity = Identity()
    may_be_abuse: bool = False


def public_form(setting: Setting) -> System:
    """Who the trail says did it: nobody’s name."""
    return System("public form", setting.pk)


def who_it_is_about(
    setting: Setting, about: About, name: str, words: str, who: str = ""
) -> tuple[Person, ...]:
    """Whom a report may be about: they, and whoever is close to them, are shut out before (R3, R10).

    Everybody in the post that was chosen; whoever has the name that was written, or one like it; and
    whoever might be told and is mentioned in the words. Somebody else may be named as well, and what
    stands where a name belongs may be none. Where it is said to be about no adult here, only whoever
    is written in full under `who`, which mostly names a child. A child counts in any words.
    """
    children = [Person(HARMED, child=one) for one in children_named_in(words, setting)]
    if about == About.NO and not name:
        named = AdultsHere(setting).fully_named_in(who) if who else []
        return (*_people(named), *children)
    here = AdultsHere(setting)
    meant = {*setting.holding(POSTS.get(about, ()), timezone.localdate())}
    meant |= {*_named(here, name), *_mentioned(here, words)}
    said = Person(ALLEGED, name=name or IN_WORDS.get(about, NOT_NAMED), works_here=True)
    exactly = name and here.named(name)
    people = _people(meant)
    return (*([] if exactly else [said]), *people, *children)


def _people(members: Iterable[Member]) -> list[Person]:
    by_name = sorted(members, key=lambda one: one.display_name)
    return [Person(ALLEGED, member=one) for one in by_name]


def _named(here: AdultsHere, name: str) -> list[Member]:
    if not name:
        return []
    exactly = here.named(name)
    if exactly:
        return [exactly]
    meant = here.sounds_like(name)
    return meant or [one for one in here.adults.values() if _is_misspelt(one, name)]


def _is_misspelt(adult: Member, name: str) -> bool:
    """Whether a word that was written is nearly one of this person’s names."""
    known = [word for name in adult.names for word in words_of(name) if len(word) >= SHORTEST]
    return any(get_close_matches(word, known, cutoff=ALIKE) for word in words_of(name))


def _mentioned(here: AdultsHere, words: str) -> list[Member]:
    return [one for one in here.mentioned_in(words) if one.roles & CONFIRMS]
