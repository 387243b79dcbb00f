"""Blacking out the names of others in what people wrote. What was written stays; only a copy is changed."""

import re
from collections.abc import Iterable
from typing import Protocol

from foundation.names import Finder, likely, plain

ANOTHER_CHILD = "[another child]"
BLACKED_OUT = "[name blacked out]"
SHORTEST = 2  # letters of a name that is looked for by itself
BETWEEN = re.compile(r"[\s,;()]+")
AROUND = "'\"’‘“”`´.-"  # noqa: RUF001  as people type them
# Small words in a name that was written without any capital. They are no name by themselves.
PARTICLES = {
    *("al", "bin", "da", "de", "del", "den", "der"),
    *("di", "dos", "du", "el", "la", "of", "van", "von"),
}
CHINESE = re.compile("[\u3400-\u9fff]{3,4}")  # family name, then a given name of two, in one
NAMES_NOBODY = {"a", "an", "another", "the", "man", "woman", "boy", "girl", "somebody", "someone"}


class Hide(Protocol):
    """What to do with each text that somebody wrote, before it is shown."""

    def __call__(self, text: str, /) -> str: ...


def as_written(text: str, /) -> str:
    """Nothing is hidden."""
    return text


class Names(Finder):
    """Finds and hides words and names, however they are spelt."""

    def __call__(self, text: str, /) -> str:
        """The text with each of the words replaced."""
        parts, end = list[str](), 0
        for found in self.each_in(text):
            parts += [text[end : found.start], ANOTHER_CHILD]
            end = found.end
        return "".join([*parts, text[end:]])

    def covers(self, name: str) -> bool:
        """Whether nothing of a name is left to be read."""
        left = self(name).replace(ANOTHER_CHILD, "")
        return not any(one.isalnum() for one in left)


def of_ours(name: str, hide: Hide) -> str:
    """The name of somebody who works here: whole, or not at all. A child may be called the same."""
    return BLACKED_OUT if isinstance(hide, Names) and hide.covers(name) else name


class Reading:
    """Hides nothing, and remembers what it read."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str, /) -> str:
        self.texts.append(text)
        return text

    def possible(self, names: Iterable[str]) -> set[str]:
        """The names of which every word was read. Quick, however many there are: a school has thousands."""
        return likely(names, "\n".join(self.texts))


def ways_to_say(full_name: str, known_as: str = "", *, but: str = "") -> set[str]:
    """The whole name and each word of it, less the words that also belong to another name (`but`)."""
    own = {plain(one) for one in but.split()}
    single = {one for one in (*_parts(full_name), *_parts(known_as)) if len(one) >= SHORTEST}
    whole = {full_name.strip(), known_as.strip()}
    return {one for one in whole | single if plain(one) not in own | {""}}


def _parts(name: str) -> list[str]:
    """The words of a name that name by themselves: no "de la", but all of "mia brown"."""
    words = [one.strip(AROUND) for one in BETWEEN.split(name)]
    small = PARTICLES if name.islower() else {one for one in words if one[:1].islower()}
    given = [one[-2:] for one in words if CHINESE.fullmatch(one)]
    return [one for one in words if one[:1].isalpha() and one not in small] + given


def described(name: str) -> str:
    """The name in what a reporter wrote of somebody: "Rory" of "Rory, 11", nothing of "a man in a game"."""
    first = name.partition(",")[0].partition("(")[0]
    words = [one for one in first.split() if one.lower() not in NAMES_NOBODY]
    return " ".join(one for one in words if one[0].isalpha() and not one[0].islower())
