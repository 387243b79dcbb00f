"""Word's automatic numbers, counted as Word counts them: they stand nowhere in the text of a document.

A paragraph, or its style, names a list (`num`) and a level. The list follows a pattern (`abstractNum`) that
says for each level where it starts, how its numbers look and when they start again; lists of one pattern go
on counting together, unless a list says that a level starts anew (`startOverride`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .ooxml import attribute, named, number
from .styles import Styles

LEVELS = 9
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MOST = 9999
NO_NUMBER = {"bullet", "none"}


@dataclass(frozen=True)
class Shown:
    """What stands before a paragraph: the label as Word prints it, or that it is a bullet."""

    label: str = ""
    level: int = 0
    is_bullet: bool = False


@dataclass
class Level:
    """One level of a list: how it starts, looks and starts again."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = (
        None  # after which level it starts again; 0 is never; None after any above
    )
    is_legal: bool = False  # every number in it as figures
    style: str = ""


@dataclass
class Count:
    """How far the lists of one pattern have come. None: not begun since it last started again."""

    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass
class List:
    """One list: its pattern, and what is its own."""

    pattern: str
    levels: dict[int, Level]
    starts: dict[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Gives each paragraph, in the order of the document, the number that Word shows before it."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.patterns: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, List] = {}
        self.counts: dict[str, Count] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        links: dict[str, str] = {}
        for pattern in root.findall(named("abstractNum")):
            name = attribute(pattern, "abstractNumId")
            self.patterns[name] = dict(_levels(pattern))
            link = pattern.find(named("numStyleLink"))
            if link is not None:
                links[name] = attribute(link, "val")
        of_list = {attribute(one, "numId"): _pattern_of(one) for one in root.findall(named("num"))}
        for name, style in links.items():  # a pattern that only names a style of lists
            found = of_list.get(self._list_of_style(style), "")
            self.patterns[name] = self.patterns.get(found, {})
            of_list = {num: found if one == name else one for num, one in of_list.items()}
        for one in root.findall(named("num")):
            name = attribute(one, "numId")
            self.lists[name] = _list(one, of_list[name], self.patterns.get(of_list[name], {}))

    def _list_of_style(self, style: str) -> str:
        for _, found in self.styles.chain(style):
            num = found.find(f"{named('pPr')}/{named('numPr')}/{named('numId')}")
            if num is not None:
                return attribute(num, "val")
        return ""

    def shown(self, paragraph: Any, style: str) -> Shown | None:
        """What stands before this paragraph; None where it belongs to no list."""
        name, level = self._place(paragraph, style)
        found = self.lists.get(name)
        if found is None or not 0 <= level < LEVELS:
            return None
        how = found.levels.get(level, Level(format="bullet"))
        if how.format == "bullet":
            return Shown("", level, is_bullet=True)
        values = self._count(found, level)
        return Shown(_label(found, level, values), level, is_bullet=how.format == "none")

    def _place(self, paragraph: Any, style: str) -> tuple[str, int]:
        """The list and the level: the paragraph's own, else its style's, else what that is based on."""
        own = paragraph.find(f"{named('pPr')}/{named('numPr')}")
        name, level = _num(own)
        for style_id, found in self.styles.chain(style):
            if name is not None and level is not None:
                break
            inherited, deeper = _num(found.find(f"{named('pPr')}/{named('numPr')}"))
            if inherited is not None:
                name = inherited if name is None else name
                level = self._level_of(name, style_id, deeper) if level is None else level
        return name or "", level or 0

    def _level_of(self, name: str, style: str, said: int | None) -> int | None:
        """A style stands on the level that names it; without one, on the level it says."""
        found = self.lists.get(name)
        linked = [n for n, one in (found.levels if found else {}).items() if one.style == style]
        return linked[0] if linked else said

    def _count(self, found: List, level: int) -> list[int | None]:
        values = self.counts.setdefault(found.pattern, Count()).values
        starts = found.levels.get(level, Level()).start
        if level in found.starts and level not in found.begun:
            values[level] = found.starts[level]
            found.begun.add(level)
        else:
            now = values[level]
            values[level] = starts if now is None else min(now + 1, MOST)
        for deeper in range(level + 1, LEVELS):
            if _starts_again(found.levels.get(deeper, Level()), level):
                values[deeper] = None
        for above in range(level):
            if values[above] is None:
                values[above] = found.levels.get(above, Level()).start
        return values


def _starts_again(deeper: Level, after: int) -> bool:
    return deeper.restart is None or (deeper.restart > 0 and after < deeper.restart)


def _levels(within: Any) -> Iterator[tuple[int, Level]]:
    for one in within.findall(named("lvl")):
        place = number(one, "ilvl")
        if place is not None:
            yield place, _level(one)


def _level(one: Any) -> Level:
    start = number(one.find(named("start")))
    form, text, style = (one.find(named(name)) for name in ("numFmt", "lvlText", "pStyle"))
    legal = one.find(named("isLgl"))
    return Level(
        start=1 if start is None else start,
        format="decimal" if form is None else attribute(form, "val"),
        text="" if text is None else attribute(text, "val"),
        restart=number(one.find(named("lvlRestart"))),
        is_legal=legal is not None and attribute(legal, "val") not in {"0", "false"},
        style="" if style is None else attribute(style, "val"),
    )


def _pattern_of(one: Any) -> str:
    found = one.find(named("abstractNumId"))
    return "" if found is None else attribute(found, "val")


def _list(one: Any, pattern: str, levels: dict[int, Level]) -> List:
    own, starts = dict(levels), {}
    for override in one.findall(named("lvlOverride")):
        place = number(override, "ilvl")
        if place is None:
            continue
        own.update(_levels(override))
        start = number(override.find(named("startOverride")))
        if start is not None:
            starts[place] = start
    return List(pattern, own, starts)


def _num(found: Any) -> tuple[str | None, int | None]:
    """What a numPr says. A list of the number 0 takes the numbers away, and is a list nobody has."""
    if found is None:
        return None, None
    name = found.find(named("numId"))
    return (None if name is None else attribute(name, "val")), number(found.find(named("ilvl")))


def _label(found: List, level: int, values: list[int | None]) -> str:
    how = found.levels.get(level, Level())
    text = how.text
    for place in range(level + 1):
        one = found.levels.get(place, Level())
        form = "decimal" if how.is_legal else one.format
        text = text.replace(f"%{place + 1}", said(values[place] or 0, form))
    return text.strip()


def said(value: int, form: str) -> str:
    """A number as Word writes it in a format. Formats we do not know are figures."""
    if form in NO_NUMBER:
        return ""
    if form in {"lowerLetter", "upperLetter"} and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < value <= MOST:
        roman = _roman(value)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{value:02}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    words = ""
    for worth, sign in ROMAN:
        words += sign * (value // worth)
        value %= worth
    return words
