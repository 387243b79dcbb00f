"""Word documents with automatic numbers, made as Word makes them, for tests."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Level = tuple[str, str]  # how its numbers are written, and the label with %1 in it
OUTLINE: Sequence[Level] = (("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))


class Word:
    """A document to which lists and numbered paragraphs are added."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self.numbering: Any = self.document.part.numbering_part.element
        self.next = 90

    def pattern(
        self,
        levels: Sequence[Level] = OUTLINE,
        styles: Sequence[str] = (),
        starts: Sequence[int] = (),
    ) -> int:
        """A pattern of levels; `styles` are those that stand on them."""
        number, self.next = self.next, self.next + 1
        pattern = _element("w:abstractNum", abstractNumId=number)
        for place, (form, text) in enumerate(levels):
            level = _element("w:lvl", ilvl=place)
            level.append(_element("w:start", val=starts[place] if place < len(starts) else 1))
            level.append(_element("w:numFmt", val=form))
            if place < len(styles):
                level.append(_element("w:pStyle", val=styles[place]))
            level.append(_element("w:lvlText", val=text))
            pattern.append(level)
        self.numbering.insert(0, pattern)
        return number

    def list(self, pattern: int, restart: dict[int, int] | None = None) -> int:
        """A list of that pattern, whose levels may start anew."""
        number, self.next = self.next, self.next + 1
        one = _element("w:num", numId=number)
        one.append(_element("w:abstractNumId", val=pattern))
        for place, start in (restart or {}).items():
            override = _element("w:lvlOverride", ilvl=place)
            override.append(_element("w:startOverride", val=start))
            one.append(override)
        self.numbering.append(one)
        return number

    def style(self, name: str, number: int | None = None, level: int | None = None) -> str:
        """A style that brings a number; without a level, the one that names it. Its id."""
        style = self.document.styles.add_style(name, 1)
        if number is not None:
            style.element.get_or_add_pPr().append(_of_list(number, level))
        return str(style.style_id)

    def add(
        self, text: str, number: int | None = None, level: int = 0, style: str | None = None
    ) -> Any:
        paragraph = self.document.add_paragraph(text, style=style)
        if number is not None:
            paragraph._p.get_or_add_pPr().append(_of_list(number, level))
        return paragraph

    @property
    def content(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _of_list(number: int, level: int | None) -> Any:
    of_list = _element("w:numPr")
    if level is not None:
        of_list.append(_element("w:ilvl", val=level))
    of_list.append(_element("w:numId", val=number))
    return of_list


def _element(name: str, **given: object) -> Any:
    made = OxmlElement(name)
    for key, value in given.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def long_policy(pages: int) -> bytes:
    """About so many pages of numbered clauses."""
    word = Word()
    number = word.list(word.pattern())
    word.document.add_heading("A long policy", 0)
    for section in range(pages // 3):
        word.add(f"Section about matter {section}", number, 0, "Heading 1")
        for _ in range(24):
            word.add(
                "Staff look after what they were given, and say so when it is lost. " * 3, number, 1
            )
    return word.content


def labels(lines: Iterable[Any]) -> list[str]:
    return [one.label for one in lines]
