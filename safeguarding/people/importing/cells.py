"""One row at a time: the words in its cells, and what is wrong with them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from foundation.moments import Unreadable
from foundation.words import without_pictures

from . import dates
from .columns import LABELS
from .reading import Row

FORMULA = ("=", "+", "-", "@")
NOTHING = {"-", "–", "—", "n/a", "na", "none", "null"}
JOINERS = {"\u200c", "\u200d"}  # some names are written with them
LONGEST = {"known_as": 80, "room": 60, "family": 120, "name": 120, "email": 254, "roles": 200}
SHOWN = 60


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, in which column, and what to do."""

    line: int
    column: str
    value: str
    what: str


class Wrong(Exception):  # noqa: N818  caught below, and shown as a problem of its line
    """A cell that cannot be taken."""


@dataclass
class Cells:
    """A row read by the names of its fields. Problems are collected, so that all are seen at once."""

    row: Row
    fields: Sequence[str]
    day_first: bool = True
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The words of a field on one line; empty where it is empty, not there, or cannot be taken."""
        written = self._written(name)
        try:
            return _checked(written, LONGEST.get(name, 60 if "relation" in name else 160))
        except Wrong as wrong:
            self.problem(name, written, str(wrong))
            return ""

    def date(self, name: str) -> date | None:
        written = self._written(name)
        if written.casefold() in {"", *NOTHING}:
            return None
        try:
            return dates.read(written, day_first=self.day_first)
        except Unreadable as unreadable:
            self.problem(name, written, str(unreadable))
            return None

    def problem(self, name: str, value: str, what: str) -> None:
        short = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
        label = LABELS.get(name, "The whole line")
        self.problems.append(Problem(self.row.line, label, _harmless(short), what))

    def whole(self, headings: Sequence[str]) -> None:
        """Say so when the row is longer than the headings: its cells have moved."""
        extra = [one for one in self.row.cells[len(headings) :] if one.strip()]
        if extra:
            self.problem(
                "",
                extra[0],
                f"This line has {len(self.row.cells)} cells, and there are {len(headings)} headings. "
                "Where a comma belongs to the words, put the cell in quotation marks.",
            )

    def _written(self, name: str) -> str:
        if name not in self.fields:
            return ""
        place = list(self.fields).index(name)
        cell = self.row.cells[place] if place < len(self.row.cells) else ""
        return " ".join(unicodedata.normalize("NFC", cell).split())


def _checked(text: str, most: int) -> str:
    """The same text, if a name may look like that."""
    if text.casefold() in NOTHING:
        return ""
    if text.startswith(FORMULA):
        raise Wrong(
            f"It begins with {text[0]}, as a formula does. Spreadsheets would run it. Take that sign away."
        )
    if any(_is_unseen(one) for one in text):
        raise Wrong("It holds a character that cannot be seen. Type the words anew.")
    if without_pictures(text) != text:
        raise Wrong("It holds a picture or a file. Take it out. Do not copy it or send it on.")
    if len(text) > most:
        raise Wrong(f"It is {len(text)} characters long, and {most} is the most we take.")
    return text


def _is_unseen(character: str) -> bool:
    """Control characters, marks that turn text round, and what has no shape at all."""
    return unicodedata.category(character).startswith("C") and character not in JOINERS


def _harmless(text: str) -> str:
    """A value for a page or a file: what cannot be seen is written out."""
    return re.sub(
        r".",
        lambda found: f"[U+{ord(found[0]):04X}]" if _is_unseen(found[0]) else found[0],
        text,
        flags=re.DOTALL,
    )
