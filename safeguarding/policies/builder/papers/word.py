"""A version as a Word file: real headings, automatic numbers where they are regular, contents, properties."""

import re
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from . import word_parts
from .content import Content

HEDGE = RGBColor(0x0B, 0x55, 0x63)
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DEEPEST = 4
CLAUSE = "Clause"
COVER = "Hedgerow cover"  # our importer leaves it out


def as_word(content: Content) -> bytes:
    """The whole file."""
    paper = docx.Document()
    _styles(paper)
    _properties(paper, content)
    numbers = word_parts.numbering(paper) if is_regular(content["clauses"]) else 0
    _cover(paper, content)
    for at, clause in enumerate(content["clauses"]):
        _clause(paper, clause, numbers, at)
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


def is_regular(clauses: list[Content]) -> bool:
    """Whether counting by level gives exactly the printed numbers, so that Word may count itself."""
    counted: list[int] = []
    for clause in clauses:
        level = clause["level"]
        if level > min(len(counted) + 1, DEEPEST):
            return False
        counted = [*counted, 0][:level]
        counted[-1] += 1
        if clause["number"] != ".".join(map(str, counted)):
            return False
    return True


def _styles(paper: Document) -> None:
    word_parts.say_the_language(paper)
    normal = _style(paper, "Normal")
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for level in range(1, DEEPEST + 1):
        heading = _style(paper, f"Heading {level}")
        heading.font.name, heading.font.color.rgb = "Arial", HEDGE
        heading.font.size = Pt((16, 13, 12, 11)[level - 1])
        word_parts.plain_font(heading)
    for level in range(2, DEEPEST + 1):
        made = paper.styles.add_style(f"{CLAUSE} {level}", WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
    paper.styles.add_style(COVER, WD_STYLE_TYPE.PARAGRAPH).base_style = normal
    for level in (1, 2):
        made = paper.styles.add_style(f"TOC {level}", WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
        made.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        made.paragraph_format.space_after = Pt(2)


def _style(paper: Document, name: str) -> ParagraphStyle:
    style = paper.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs.")
    return style


def _properties(paper: Document, content: Content) -> None:
    about = paper.core_properties
    about.title, about.subject = content["title"], content["state"]
    about.author = about.last_modified_by = content["setting"]
    about.language, about.version = "en-GB", str(content["number"])
    about.comments, about.keywords = "", ""
    about.created = about.modified = datetime.fromisoformat(content["written_at"])


def _cover(paper: Document, content: Content) -> None:
    paper.add_paragraph(safe(content["title"]), style="Title")
    paper.add_paragraph(safe(content["setting"]), style=COVER)
    said = f"Version {content['number']}, written on {content['written']}. {content['state']}."
    paper.add_paragraph(said, style=COVER)
    head = f"{content['setting']} · {content['title']} · version {content['number']} · {content['state']}"
    paper.sections[0].header.paragraphs[0].text = safe(head)
    word_parts.page_numbers(paper.sections[0].footer.paragraphs[0])
    headings = [
        (at, one["level"], safe(_numbered(one)))
        for at, one in enumerate(content["clauses"])
        if one["heading"] and one["level"] <= 2
    ]
    word_parts.contents(paper, headings)
    word_parts.new_page(paper)


def _clause(paper: Document, clause: Content, numbers: int, at: int) -> None:
    level = min(clause["level"], DEEPEST)
    blocks = clause["blocks"]
    if clause["heading"]:
        text = clause["heading"] if numbers else _numbered(clause)
        row = paper.add_heading(safe(text), level)
        word_parts.bookmark(row, at)
    else:
        row = paper.add_paragraph(style=f"{CLAUSE} {max(level, 2)}")
        if not numbers and clause["number"]:
            row.add_run(f"{clause['number']} ").bold = True
        if blocks and blocks[0]["words"]:
            row.add_run(safe(blocks[0]["words"]))
            blocks = [{**blocks[0], "words": ""}, *blocks[1:]]
    if numbers:
        word_parts.number(row, numbers, level)
    for block in blocks:
        _block(paper, block)


def _block(paper: Document, block: Content) -> None:
    if block["words"]:
        paper.add_paragraph(safe(block["words"]))
    for point in block["items"]:
        paper.add_paragraph(safe(point["words"]), style="List Bullet")
        for deeper in point["items"]:
            paper.add_paragraph(safe(deeper["words"]), style="List Bullet 2")


def _numbered(clause: Content) -> str:
    return f"{clause['number']} {clause['heading']}".strip()


def safe(text: str) -> str:
    """The text without signs that no XML file may hold."""
    return NOT_IN_XML.sub("", text)
