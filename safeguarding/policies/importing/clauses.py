"""Finds the clauses in the lines of a policy. Nothing is guessed silently: see `slips`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .lines import Line

Number = tuple[int, ...]
PRINTED = re.compile(
    r"^(?:(?:section|part|clause)\s+)?(\d{1,3}(?:\.\d{1,3}){0,6})([.):]?)(\s*[-–]?\s*)(?=[^\W\d_]|[“\"'‘(]|$)",  # noqa: RUF001
    re.IGNORECASE,
)
LABEL = re.compile(r"^\D{0,10}?(\d{1,3}(?:\.\d{1,3}){0,6})[.):]?$")
LETTER = re.compile(r"^(?:\([a-z]{1,4}\)|[a-z]{1,4}\))\s")
LONGEST_HEADING = 110
LONGEST_TITLE = 200
ENDS = ".;:!?,"


@dataclass
class Piece:
    """One clause as it was found. `at` is the line of the source on which it begins, if it has one."""

    number: str = ""
    heading: str = ""
    text: str = ""
    level: int = 1
    is_ours: bool = False
    at: int | None = None
    tight: bool = False  # the file has no space after the number

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def parts(self) -> Number:
        return parts_of(self.number)


def parts_of(number: str) -> Number:
    """The number as numbers, to compare; empty for none and for letters."""
    return tuple(map(int, number.split("."))) if re.fullmatch(r"\d+(\.\d+)*", number) else ()


@dataclass
class Seen:
    """A line with the number it bears, and the words after it."""

    line: Line
    number: Number = ()
    words: str = ""
    tight: bool = False

    @property
    def looks_like_heading(self) -> bool:
        one = self.line
        if one.heading or one.strong:
            return len(self.words) <= LONGEST_TITLE
        short = len(self.words) <= LONGEST_HEADING and self.words[-1:] not in ENDS
        return short and not one.bullet and self.words[:1].isupper()


@dataclass
class Section:
    """Everything from one section's heading to the next."""

    number: Number = ()
    head: Seen | None = None
    rest: list[Seen] = field(default_factory=list)

    @property
    def is_printed(self) -> bool:
        """Whether its clauses bear numbers of their own."""
        return any(len(one.number) > 1 for one in self.rest)


def found(lines: Sequence[Line]) -> tuple[str, list[Piece]]:
    """The title of a policy and its clauses, in their order."""
    seen = [_seen(line) for line in lines]
    title, seen = _title(seen)
    _leave_local_numbers(seen)
    sections = list(_sections(seen))
    if not any(one.number for one in sections):
        _count_sections(sections)
    pieces: list[Piece] = []
    for one in sections:
        pieces.extend(_Splitter(one).pieces())
    return title, pieces


def _seen(line: Line) -> Seen:
    """The number comes from Word's or Markdown's list, or stands before the words."""
    label = LABEL.match(line.label)
    if label:
        return Seen(line, parts_of(label[1]), line.text)
    if line.label or LETTER.match(line.text):  # an item of the clause before it, with its letter
        deeper = Line(line.text, line.at, line.label, 0, max(line.bullet, 2))
        return Seen(deeper, (), line.text)
    printed = PRINTED.match(line.text)
    if not printed or not (printed[2] or "." in printed[1] or line.heading):
        return Seen(line, (), line.text)
    words = line.text[printed.end() :].strip()
    return Seen(line, parts_of(printed[1]), words, tight=bool(words) and not printed[3])


def _title(seen: list[Seen]) -> tuple[str, list[Seen]]:
    """The first line, where it is a heading without a number."""
    if seen and not seen[0].number and seen[0].looks_like_heading:
        return seen[0].words[:LONGEST_TITLE], seen[1:]
    return "", seen


def _leave_local_numbers(seen: list[Seen]) -> None:
    """Lists that count 1, 2, 3 anew in each section name no clause of the whole policy."""
    single = [one for one in seen if len(one.number) == 1]
    heads = [one for one in single if one.line.heading or one.line.strong]
    if not heads and any(len(one.number) > 1 for one in seen):
        heads = [one for one in single if one.looks_like_heading]
    others = [one for one in single if one not in heads]
    repeats = len({one.number for one in others}) < len(others)
    if heads or repeats:
        for one in others:
            _unnumber(one)


def _unnumber(one: Seen) -> None:
    line = one.line
    one.number = ()
    one.line = Line(line.text, line.at, line.label, line.heading, max(line.bullet, 1), line.strong)
    one.words = one.words if line.label else line.text


def _sections(seen: Sequence[Seen]) -> Iterator[Section]:
    """Cut where a section's number stands, or begins to differ, or where a heading is as high as those."""
    highest = _depth_of_sections(seen)
    current = Section()
    for one in seen:
        is_head = len(one.number) == 1 or (not one.number and 0 < one.line.heading <= highest)
        moved_on = len(one.number) > 1 and one.number[:1] != current.number
        if is_head or moved_on:
            if current.head or current.rest:
                yield current
            current = Section(one.number[:1], one if is_head else None, [] if is_head else [one])
        else:
            current.rest.append(one)
    if current.head or current.rest:
        yield current


def _depth_of_sections(seen: Sequence[Seen]) -> int:
    numbered = [one.line.heading for one in seen if len(one.number) == 1 and one.line.heading]
    every = [one.line.heading for one in seen if one.line.heading]
    return min(numbered or every, default=0)


def _count_sections(sections: Sequence[Section]) -> None:
    """A policy without any printed number gets all of them from us."""
    with_head = [one for one in sections if one.head]
    for place, one in enumerate(with_head, start=1):
        one.number = (place,)
        if one.head:
            one.head.number = ()


class _Splitter:
    """Makes the clauses of one section."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.made: list[Piece] = []
        self.counts: dict[Number, int] = {}
        self.within: list[
            tuple[int, Number]
        ] = []  # headings we stand under: how deep, and their numbers
        self.under: Number = section.number  # what the next number of ours is counted under

    def pieces(self) -> list[Piece]:
        head = self.section.head
        if head:
            self.made.append(self._head(head))
        place = self._printed if self.section.is_printed else self._counted
        if not self.section.number:
            place = self._unnumbered
        for at, one in enumerate(self.section.rest):
            after = self.section.rest[at + 1] if at + 1 < len(self.section.rest) else None
            place(one, after)
        return self.made

    def _head(self, head: Seen) -> Piece:
        number = say(self.section.number)
        is_ours = bool(number) and not head.number
        piece = Piece(number, "", "", 1, is_ours, head.line.at, head.tight)
        if head.looks_like_heading or not self.section.rest:
            piece.heading = head.words[:300]
        if piece.heading != head.words:
            piece.heading, piece.text = "", head.words
        return piece

    def _printed(self, one: Seen, after: Seen | None) -> None:
        """Numbers stand in the file: what bears none goes with the clause before it, or stands without."""
        if one.number:
            deeper = after is not None and after.number[: len(one.number)] == one.number
            is_heading = one.looks_like_heading and (
                deeper or bool(one.line.heading or one.line.strong)
            )
            piece = self._new(one, say(one.number), is_heading=is_heading)
            piece.level, piece.tight = len(one.number), one.tight
        elif one.line.bullet and self.made:
            self._append(one)
        elif one.looks_like_heading:
            self._new(one, "", is_heading=True).level = self._level()
        elif self.made and not self.made[-1].text and self.made[-1].heading:
            self.made[-1].text = one.words
        else:
            self._new(one, "", is_heading=False).level = self._level()

    def _counted(self, one: Seen, after: Seen | None) -> None:
        """No clause of this section bears a number: each gets one of ours."""
        bare = not one.line.bullet and after is not None and one.looks_like_heading
        is_heading = bool(one.line.heading) or bare
        leads = not one.line.bullet and one.words.endswith(":") and after is not None
        if one.line.bullet > 1 and self.made:
            self._append(one)
        elif is_heading:
            self._under_heading(one, one.line.heading or self._depth())
        elif leads and after is not None and after.line.bullet:
            self._leave(100)
            number = self._next(self.under)
            self._ours(one, number, is_heading=False)
            self.within.append((100, number))
            self.under = number
        else:
            if not one.line.bullet:
                self._leave(100)
            self._ours(one, self._next(self.under), is_heading=False)

    def _unnumbered(self, one: Seen, after: Seen | None) -> None:
        """A section without a number: its headings stand alone, and all else is text under them."""
        if one.line.heading or one.line.strong or not self.made:
            self._new(one, "", is_heading=one.looks_like_heading).level = 2 if self.made else 1
        elif (
            one.looks_like_heading
            and after is not None
            and not after.line.bullet
            and not self.section.head
        ):
            self._new(one, "", is_heading=True)
        else:
            self._append(one)

    def _under_heading(self, one: Seen, depth: int) -> None:
        self._leave(depth)
        number = self._next(self.under)
        self._ours(one, number, is_heading=True)
        self.within.append((depth, number))
        self.under = number

    def _depth(self) -> int:
        """A line in bold stands beside the heading above it, not below."""
        return next((depth for depth, _ in self.within if depth < 99), 3)

    def _leave(self, depth: int) -> None:
        while self.within and self.within[-1][0] >= depth:
            self.within.pop()
        self.under = self.within[-1][1] if self.within else self.section.number

    def _next(self, under: Number) -> Number:
        self.counts[under] = self.counts.get(under, 0) + 1
        return (*under, self.counts[under])

    def _ours(self, one: Seen, number: Number, *, is_heading: bool) -> None:
        piece = self._new(one, say(number), is_heading=is_heading)
        piece.is_ours, piece.level = True, len(number)

    def _new(self, one: Seen, number: str, *, is_heading: bool) -> Piece:
        piece = Piece(number, at=one.line.at)
        if is_heading and len(one.words) <= 300:
            piece.heading = one.words
        else:
            piece.text = one.words
        self.made.append(piece)
        return piece

    def _append(self, one: Seen) -> None:
        """An item of a list, or a paragraph, that belongs to the clause before it."""
        before = f"{one.line.label} " if one.line.label else ""
        if one.line.bullet and not before and not LETTER.match(one.words):
            before = "  " * (one.line.bullet - 2) + "• "
        last = self.made[-1]
        last.text = f"{last.text}\n{before}{one.words}".strip("\n")

    def _level(self) -> int:
        numbered = [piece.level for piece in self.made if piece.number]
        return max(numbered[-1] if numbered else 1, 2)


def say(number: Number) -> str:
    return ".".join(map(str, number))
