"""Reads a Word document: its paragraphs in order, with the numbers that Word itself would show."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from .lines import Read
from .numbering import Numbering, Shown
from .ooxml import attribute, named
from .refused import RefusedError
from .styles import Styles

PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
# What stands in a paragraph and is none of its words: deleted text, codes of fields, text for old programs.
NOT_READ = {"del", "moveFrom", "instrText", "delText", "Fallback", "txbxContent", "pict", "object",
    "pPr", "rPr", "sectPr"}  # fmt: skip
SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": ""}
MOST_XML = 60 * 1024 * 1024


def read_word(content: bytes) -> Read:
    """Its paragraphs and the rows of its tables, without pictures, comments, deleted words and contents."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            document = _part(packed, "word/document.xml")
            styles = Styles(_part(packed, "word/styles.xml"))
            numbering = Numbering(_part(packed, "word/numbering.xml"), styles)
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,  # a place in the file that lies before its beginning
    ):
        raise RefusedError("broken") from None
    body = None if document is None else document.find(named("body"))
    if body is None:
        raise RefusedError("broken")
    read = Read()
    for paragraph in _blocks(body):
        _add(read, paragraph, styles, numbering)
    return read


def _part(packed: zipfile.ZipFile, name: str) -> Any:
    """One part as a tree; None where the document has none. A document type is refused: Word writes none."""
    if name not in packed.namelist():
        return None
    with packed.open(name) as file:
        text = file.read(MOST_XML + 1)
    if len(text) > MOST_XML:
        raise RefusedError("huge")
    root = etree.fromstring(text, etree.XMLParser(**PARSER))
    if root.getroottree().docinfo.doctype:
        raise RefusedError("broken")
    return root


def _blocks(within: Any) -> Iterator[Any]:
    """Paragraphs and rows of tables, in order, also from boxes that Word puts round them."""
    for block in within:
        if block.tag in {named("p"), named("tr")}:
            yield block
        elif block.tag in {
            named("sdt"),
            named("sdtContent"),
            named("tbl"),
            named("ins"),
            named("customXml"),
        }:
            yield from _blocks(block)


def _add(read: Read, block: Any, styles: Styles, numbering: Numbering) -> None:
    if block.tag == named("tr"):
        cells = [" ".join(_text(cell)[0].split()) for cell in block.iter(named("tc"))]
        read.add(" | ".join(cell for cell in cells if cell))
        return
    text, is_strong = _text(block)
    if not text.strip():
        return  # Word counts no empty paragraph that shows nothing; see numbering for those that do
    style = styles.of(block)
    if styles.is_no_clause(style):
        return
    shown = numbering.shown(block, style) or Shown()
    heading = styles.outline(block, style)
    read.add(
        text,
        label=shown.label,
        heading=heading,
        bullet=0
        if heading or shown.label or not shown.is_bullet
        else styles.deep(style, shown.level),
        strong=is_strong and not heading,
    )


def _text(block: Any) -> tuple[str, bool]:
    """The words of a paragraph, and whether all of them are bold."""
    words: list[str] = []
    bold: list[bool] = []
    for run, said in _runs(block):
        words.append(said)
        if said.strip():
            bold.append(_is_on(run, "b"))
    return "".join(words), bool(bold) and all(bold)


def _runs(within: Any) -> Iterator[tuple[Any, str]]:
    for child in within:
        name = _name(child)
        if name == "r" and not _is_on(child, "vanish"):
            yield child, "".join(_said(child))
        elif name != "r" and name not in NOT_READ:
            yield from _runs(child)
            if name == "p":  # a paragraph in a cell
                yield child, " "


def _name(element: Any) -> str:
    """A tag without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _said(run: Any) -> Iterator[str]:
    for child in run:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        else:
            yield SIGNS.get(name, "")


def _is_on(run: Any, name: str) -> bool:
    """Whether a property of a run is set: there, and not said to be off."""
    found = run.find(f"{named('rPr')}/{named(name)}")
    return found is not None and attribute(found, "val") not in {"0", "false", "off"}
