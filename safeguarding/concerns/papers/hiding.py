"""Blacking out the names of others in what people wrote. What was written stays; only a copy is changed."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol

ANOTHER_CHILD = "[another child]"
SHORTEST = 2  # letters of a name that is looked for by itself


class Hide(Protocol):
    """What to do with each text that somebody wrote, before it is shown."""

    def __call__(self, text: str, /) -> str: ...


def as_written(text: str, /) -> str:
    """Nothing is hidden."""
    return text


class Names:
    """Finds and hides words and names, however they are capitalised and whether or not with accents."""

    def __init__(self, words: Iterable[str]) -> None:
        # The longest first, so that a whole name goes before its first half.
        kept = sorted(
            {one.strip() for one in words if one.strip()}, key=lambda one: (-len(one), one)
        )
        self.words = kept
        self._folded = {_fold(" ".join(one.split())): one for one in reversed(kept)}
        self._pattern = re.compile("|".join(map(_way, kept))) if kept else None

    def __call__(self, text: str, /) -> str:
        """The text with each of the words replaced."""
        if self._pattern is None:
            return text
        composed = unicodedata.normalize("NFC", text)
        parts, end = [], 0
        for found in self._pattern.finditer(_fold(composed)):
            parts += [composed[end : found.start()], ANOTHER_CHILD]
            end = found.end()
        return "".join([*parts, composed[end:]])

    def found_in(self, text: str) -> set[str]:
        """Which of the words stand in a text."""
        if self._pattern is None:
            return set()
        folded = _fold(unicodedata.normalize("NFC", text))
        found = {" ".join(one.split()) for one in self._pattern.findall(folded)}
        return {self._folded.get(one) or self._folded[one.removesuffix("s")] for one in found}


class Reading:
    """Hides nothing, and remembers what it read."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str, /) -> str:
        self.texts.append(text)
        return text

    def possible(self, names: Iterable[str]) -> set[str]:
        """The names of which every word was read. Quick, however many there are: a school has thousands."""
        read = set(_words("\n".join(self.texts)))
        read |= {word.removesuffix("s") for word in read}
        return {name for name in names if read.issuperset(_words(name))}


def ways_to_say(full_name: str, known_as: str = "", *, but: str = "") -> set[str]:
    """The whole name and each word of it, less the words that also belong to another name (`but`)."""
    own = set(_fold(but).split())
    words = [*re.findall(r"[^\W\d_][\w-]*", full_name), *known_as.split()]
    single = {one for one in words if one[0].isupper() and len(one) >= SHORTEST}
    single = {one for one in single if _fold(one) not in own}
    whole = {one for one in (full_name.strip(), known_as.strip()) if _fold(one) not in own}
    return {one for one in whole | single if one}


def _way(word: str) -> str:
    """A pattern for a word by itself, not inside another; a name with an s as well: "the Byrnes"."""
    way = r"\s+".join(map(re.escape, _fold(word).split()))
    before = r"(?<!\w)" if word[0].isalnum() else ""
    return f"{before}{way}" + (r"s?(?!\w)" if word[-1].isalnum() else "")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _fold(unicodedata.normalize("NFC", text)))


def _fold(text: str) -> str:
    """Text without accents and capitals, sign for sign: what is found can be cut out of the original."""
    return "".join(_folded(sign) for sign in text)


def _folded(sign: str) -> str:
    low = unicodedata.normalize("NFKD", sign)[0].lower()
    return low if len(low) == 1 else sign
