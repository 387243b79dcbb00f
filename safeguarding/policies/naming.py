"""Which words in a clause name a policy: titles and aliases of this library, and titles many settings use."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from foundation import strict_yaml

from .models import Alias, PolicyVersion

TITLES = Path(__file__).with_name("titles.yaml")
BEHIND = r"\s+(?:polic(?:y|ies)|procedures?)"
LONG = 4  # words of a title that nobody would say by chance
Title = Annotated[str, StringConstraints(min_length=3, max_length=120, strip_whitespace=True)]


class KnownPolicy(BaseModel):
    """A policy that settings commonly have, and the titles under which they name it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Title
    also: list[Title] = []


@dataclass(frozen=True)
class Name:
    """What a title leads to: a page of the library, the policy one is reading, or nothing yet."""

    title: str
    policy_id: UUID | None = None
    href: str = ""
    is_this: bool = False


class Names:
    """Every title that is recognised, longest first."""

    def __init__(self, known: dict[str, Name]) -> None:
        self.known = known
        longest = sorted(known, key=len, reverse=True)
        self.pattern = re.compile(
            rf"(?<!\w)(?:{'|'.join(map(_loosely, longest))})(?!\w)" if longest else r"(?!)",
            re.IGNORECASE,
        )

    def found_in(self, words: str) -> Iterator[tuple[int, int, Name]]:
        whole = self.known.get(plain(words))
        if whole is not None:  # an item of a list that is a title and nothing else
            yield 0, len(words), whole
            return
        for found in self.pattern.finditer(words):
            name = self.known.get(plain(found[0]))
            if name is not None:
                yield found.start(), found.end(), name


def names_for(
    version: PolicyVersion, titled: Iterable[PolicyVersion], aliases: Iterable[Alias]
) -> Names:
    """What the clauses of a version may name, with the page each leads to. `titled` is the library."""
    known = known_names(titled, aliases)
    pages = {
        one.policy_id: version.setting.link_to("policies:policy", one.policy_id)
        for one in known.values()
        if one.policy_id is not None
    }
    linked = {}
    for title, name in known.items():
        is_this = name.policy_id == version.policy_id
        href = "" if is_this or name.policy_id is None else pages[name.policy_id]
        linked[title] = replace(name, href=href, is_this=is_this)
    return Names(linked)


def known_names(titled: Iterable[PolicyVersion], aliases: Iterable[Alias]) -> dict[str, Name]:
    """Every title by which a policy is known here, and those of policies that are not here."""
    newest: dict[UUID, str] = {}
    titles: dict[UUID, set[str]] = {}
    for one in sorted(titled, key=lambda one: one.number):
        if getattr(one, "is_withdrawn", False) and not one.is_adopted:
            continue  # saved by mistake: nobody is led there
        newest[one.policy_id] = one.title
        titles.setdefault(one.policy_id, set()).add(one.title)
    for alias in aliases:
        titles.setdefault(alias.policy_id, set()).add(alias.name)
    known = {
        plain(title): Name(common.title)
        for common in common_titles()
        for title in (common.title, *common.also)
    }
    for policy_id, own in titles.items():
        name = Name(newest.get(policy_id, ""), policy_id)
        known |= {plain(title): name for title in _with_common(own)}
    return known


def _with_common(titles: set[str]) -> set[str]:
    """The titles, and those that settings commonly use for the same policy."""
    wanted = {plain(one) for one in titles}
    for common in common_titles():
        every = {common.title, *common.also}
        if wanted & {plain(one) for one in every}:
            titles = titles | every
    return titles


def plain(title: str) -> str:
    """A title for comparing: small letters, one space, and no “policy” at its end."""
    words = re.sub(r"[^\w]+", " ", title.replace("&", " and ")).casefold().split()
    if len(words) > 1 and words[-1] in {"policy", "policies", "procedure", "procedures"}:
        words = words[:-1]
    return " ".join(words)


def _loosely(title: str) -> str:
    """A pattern for a plain title: any spaces and signs between its words.

    Words that mean more than a policy, such as “online safety”, count only with “policy” behind them.
    """
    words = [r"(?:and|&)" if one == "and" else re.escape(one) for one in title.split()]
    is_plain_speech = len(words) < LONG and "code" not in words
    return r"[\W_]+".join(words) + (BEHIND if is_plain_speech else f"(?:{BEHIND})?")


@cache
def common_titles() -> tuple[KnownPolicy, ...]:
    """What settings commonly call their policies."""
    return tuple(strict_yaml.read(TITLES, TypeAdapter(list[KnownPolicy])))
