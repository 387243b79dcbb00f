"""The parts of a Word file for which python-docx has no words: numbering, contents, fields, language."""

from collections.abc import Iterable

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

LEVELS = 4
INDENTS = (567, 794, 964, 1134)  # twentieths of a point


def element(name: str, /, **values: str) -> BaseOxmlElement:
    """An element such as <w:lvl w:ilvl="0"/>."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def numbering(paper: Document) -> int:
    """Define numbers such as 7.3.2, counted by Word itself. Answers the id by which a paragraph asks."""
    root = paper.part.numbering_part.element
    kinds = root.findall(qn("w:abstractNum"))
    kind = str(1 + max((int(one.get(qn("w:abstractNumId"))) for one in kinds), default=0))
    abstract = element("abstractNum", abstractNumId=kind)
    abstract.append(element("multiLevelType", val="multilevel"))
    for level in range(LEVELS):
        abstract.append(_level(level))
    kinds[-1].addnext(abstract)  # a numbering part has its kinds first, then what uses them
    used = [int(one.get(qn("w:numId"))) for one in root.findall(qn("w:num"))]
    number = 1 + max(used, default=0)
    made = element("num", numId=str(number))
    made.append(element("abstractNumId", val=kind))
    root.append(made)
    return number


def _level(level: int) -> BaseOxmlElement:
    made = element("lvl", ilvl=str(level))
    said = ".".join(f"%{n}" for n in range(1, level + 2))
    for name, value in (
        ("start", "1"),
        ("numFmt", "decimal"),
        ("lvlText", said),
        ("lvlJc", "left"),
    ):
        made.append(element(name, val=value))
    place = OxmlElement("w:pPr")
    place.append(element("ind", left=str(INDENTS[level]), hanging=str(INDENTS[level])))
    made.append(place)
    return made


def number(row: Paragraph, numbers: int, level: int) -> None:
    """Let Word number this paragraph, at a level from 1."""
    asked = row._p.get_or_add_pPr().get_or_add_numPr()
    asked.get_or_add_ilvl().val = level - 1
    asked.get_or_add_numId().val = numbers


def contents(paper: Document, headings: Iterable[tuple[int, int, str]]) -> None:
    """A contents list that works as it stands, with links, and that Word can bring up to date."""
    paper.add_paragraph("Contents", style="TOC Heading")
    rows = []
    for at, level, text in headings:
        row = paper.add_paragraph(style=f"TOC {level}")
        row._p.append(_link(at, text))
        rows.append(row)
    if rows:
        first, last = rows[0]._p, rows[-1]._p
        for place, run in enumerate(_field_begin('TOC \\o "1-2" \\h \\z \\u')):
            first.insert(place + 1, run)
        last.append(_field_char("end"))


def bookmark(row: Paragraph, at: int) -> None:
    """Name a heading, so that the contents can lead to it."""
    start = element("bookmarkStart", id=str(at), name=f"clause_{at}")
    row._p.insert(1, start)
    row._p.append(element("bookmarkEnd", id=str(at)))


def new_page(paper: Document) -> None:
    """What follows begins on a page of its own."""
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def page_numbers(row: Paragraph) -> None:
    """“Page 3 of 12”, which Word fills in."""
    row.add_run("Page ")
    _simple_field(row, "PAGE")
    row.add_run(" of ")
    _simple_field(row, "NUMPAGES")


def say_the_language(paper: Document) -> None:
    """British English, for whoever has it read aloud or checks its spelling."""
    for one in paper.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), "en-GB")


def plain_font(style: ParagraphStyle) -> None:
    """Let the style's own typeface count, not the theme's."""
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _link(at: int, text: str) -> BaseOxmlElement:
    link = element("hyperlink", anchor=f"clause_{at}", history="1")
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    run.append(words)
    link.append(run)
    return link


def _field_begin(instruction: str) -> list[BaseOxmlElement]:
    asked, words = OxmlElement("w:r"), OxmlElement("w:instrText")
    words.text = instruction
    words.set(qn("xml:space"), "preserve")
    asked.append(words)
    return [_field_char("begin"), asked, _field_char("separate")]


def _field_char(kind: str) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.append(element("fldChar", fldCharType=kind))
    return run


def _simple_field(row: Paragraph, instruction: str) -> None:
    field = element("fldSimple", instr=instruction)
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    row._p.append(field)
