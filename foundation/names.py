"""Finding names in what people wrote, however they are spelt there.

A text is looked through in a plain form: without capitals and accents, without signs that nobody sees, and
with a space for each hyphen and underscore. Each sign of it knows where it came from, so that what is found
can be cut out of the text as it was written, and never half.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix
from typing import NamedTuple

from .words import FILLERS

_APOSTROPHES = "'’‘ʼʻ`´′＇"  # noqa: RUF001  all of them are typed for one
_UNSEEN = {*FILLERS, *map(chr, range(0xFE00, 0xFE10))}
# Letters with a stroke, and two in one: Unicode does not take them apart, and people type them plain.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
# Scripts that put no space between words: a name there may stand between other letters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_INDIC = "\u0900-\u0963\u0966-\u0dff"  # their vowels are signs of their own, and no letters to `re`
_LETTER = rf"(?:[^\W\d_{_UNSPACED}]|[{_INDIC}])"
_WORD = re.compile(rf"{_LETTER}+|[{_UNSPACED}]|\d+")
# A name is looked for by itself, not inside a word or a number; with an s as well: "the Byrnes".
_BEGINS = rf"(?:(?={_LETTER})(?<!{_LETTER})|(?=\d)(?<!\d)|(?!{_LETTER}|\d))"
_ENDS = rf"(?:(?<={_LETTER})s?(?!{_LETTER})|(?<=\d)(?!\d)|(?<!{_LETTER})(?<!\d))"


class Found(NamedTuple):
    """A name that stands in a text, and from where to where."""

    name: str
    start: int
    end: int


class Finder:
    """Finds names, and other words that somebody gave. One pattern, however many there are."""

    def __init__(self, names: Iterable[str]) -> None:
        ways = {plain(one): one for one in sorted(names, reverse=True)}
        ways.pop("", None)
        self._known = {_as_key(one): name for one, name in ways.items()}
        self._pattern = re.compile(_BEGINS + _tree(ways) + _ENDS) if ways else None

    def each_in(self, text: str) -> Iterator[Found]:
        """Each place where one of the names stands."""
        if self._pattern is None:
            return
        looked_at, came_from = _plain(text)
        for one in self._pattern.finditer(looked_at):
            # A sign that is several in the plain form is never cut in two.
            end = max(came_from[one.end()], came_from[one.end() - 1] + 1)
            yield Found(self._name_of(one[0]), came_from[one.start()], end)

    def _name_of(self, said: str) -> str:
        key = _as_key(said)
        return self._known.get(key) or self._known[key.removesuffix("s")]

    def found_in(self, text: str) -> set[str]:
        """Which of the names stand in a text, each as it was given."""
        return {one.name for one in self.each_in(text)}


def likely(names: Iterable[str], text: str) -> set[str]:
    """The names of which every word stands in a text. Quick, however many there are."""
    read = _plain(text)[0]
    words = {*_words(read.replace("'", "")), *_words(read)}
    words |= {one.removesuffix("s") for one in words}
    return {name for name in names if words.issuperset(_words(plain(name).replace("'", "")))}


def plain(name: str) -> str:
    """The plain form of a name, by which two spellings of it are the same; empty where none is left."""
    return " ".join(_plain(name)[0].split()).strip("' ")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _as_key(way: str) -> str:
    """The same for each way of writing a name that the pattern takes for it."""
    return re.sub("[ .]+", " ", way).replace("'", "")


def _tree(tails: Collection[str]) -> str:
    """A pattern for any of these. It looks at a sign once, however many begin alike.

    A longer one goes before one that it begins with, so that a whole name goes before its first half.
    """
    start = commonprefix(list(tails))  # noqa: RUF071  sign by sign is what is meant
    left = {one[len(start) :] for one in tails}
    # An apostrophe may be missing: what is written without one goes first.
    longer = sorted(left - {""}, key=lambda one: (one[0] == "'", one[0]))
    ways = [_tree(list(some)) for _, some in groupby(longer, itemgetter(0))]
    ways += [""] if "" in left else []
    return "".join(map(_sign, start)) + (ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})")


def _sign(sign: str) -> str:
    return {" ": "[ .]+", "'": "'?"}.get(sign) or re.escape(sign)


def _plain(text: str) -> tuple[str, list[int]]:
    """The plain form of a text, and for each sign of it (and for the end) its place in the text."""
    signs, places = list[str](), list[int]()
    for place, sign in enumerate(text):
        for one in _signs(sign):
            signs.append(one)
            places.append(place)
    return "".join(signs), [*places, len(text)]


@cache
def _signs(sign: str) -> str:
    """What a sign is in the plain form: one sign, several, or none."""
    kind = unicodedata.category(sign)
    if sign.isspace() or kind in {"Pd", "Pc"}:
        return " "
    if sign in _APOSTROPHES:
        return "'"
    if kind == "Cf" or sign in _UNSEEN:
        return ""
    low = unicodedata.normalize("NFKD", sign).casefold().translate(_PLAIN)
    return "".join(one for one in low if not unicodedata.combining(one))
