"""Readers of policies and of definitions, as files; and what we write for calendars."""

import json
import logging
import re
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

import pikepdf
import yaml
from lxml import etree
from pydantic import ValidationError

from foundation import strict_yaml
from foundation.errors import RuleBroken
from safeguarding.documents.kinds import look_at
from safeguarding.notifications.calendar.drawn import drawn
from safeguarding.notifications.calendar.entries import Entry
from safeguarding.policies.importing import clauses, editing, portable, slips, web, word
from safeguarding.policies.importing import words as texts
from safeguarding.policies.importing.lines import Read
from safeguarding.policies.importing.refused import RefusedError
from safeguarding.policies.tests.word import Word
from safeguarding.procedures import adapting
from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import Definition

from .odd import Lot, changed, pieced, words
from .readers import Reader

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it remarks on every damage
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


# --- Policies -------------------------------------------------------------------------------------
LINES = [
    *(
        "# Online safety",
        "## 1. Aims",
        "1.1 We keep children safe.",
        "1.2 Staff know",
        "(a) one",
        "",
    ),
    *("- a dot", "1. One", "3.1.4 Deep", "12. ", "**Bold**", "| a | b |", "    code", "> said"),
    *("[a](b)", "Page 3 of 9"),
]
TAGS = [
    *("<h1>", "</h1>", "<ol start='5'>", "<ol start='²'>", "<li value='x'>", "<li value=3>", "<p>"),
    *("<table>", "<tr><td>", "</ol>", "<ul><ul>", "<b>", "&lt;", "&#0;", "<!--", "<script>"),
    *("1.1 Words", "<br>"),
]


def a_text(lot: Lot) -> None:
    content = pieced(lot, LINES).encode(lot.choice(["utf-8", "utf-16", "cp1252"]), "replace")
    _clauses_of(lot, texts.read_bytes(changed(lot, content) if lot.random() < 0.3 else content))


def a_web_page(lot: Lot) -> None:
    _clauses_of(lot, web.read_html(pieced(lot, TAGS).encode("utf-8", "replace")))


def a_word_document(lot: Lot) -> None:
    """One part changed and packed anew: changed outside of that, nearly all are no document at all."""
    parts = dict(_word_parts())
    name = lot.choice([*parts])
    parts[name] = _slipped(lot, parts[name])
    _clauses_of(lot, word.read_word(_packed(lot, parts)))


def a_word_document_to_keep(lot: Lot) -> None:
    """The same for a file that is kept as it is: it is looked into before it is."""
    rels = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>"}
    look_at("file.docx", _packed(lot, {**_word_parts(), **rels}))


def _slipped(lot: Lot, content: bytes) -> bytes:
    """One number or name in it is another; or its bytes are changed, after which few can be read."""
    if lot.random() < 0.3:
        return changed(lot, content)
    said = [*re.finditer(rb'"[^"<>&]*"', content)]
    one, new = lot.choice(said), words(lot, ["0", "9", "decimal", "%1.%2"])
    return content[: one.start()] + quoteattr(new).encode("utf-8", "replace") + content[one.end() :]


def _packed(lot: Lot, parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for one, content in parts.items():
            file.writestr(one, content)
    content = packed.getvalue()
    return changed(lot, content) if lot.random() < 0.2 else content


@cache
def _word_parts() -> dict[str, bytes]:
    made = Word()
    pattern = made.pattern()
    numbered = made.list(pattern)
    made.add("Online safety", style="Title")
    for level, text in enumerate(("Aims", "We keep children safe.", "Always.")):
        made.add(text, numbered, level)
    with ZipFile(BytesIO(made.content)) as packed:
        named = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
        return {name: _short(name, packed.read(name)) for name in named}


def _short(name: str, content: bytes) -> bytes:
    """Without the hundreds of styles, and of lists, that nothing here uses."""
    root = etree.fromstring(content)
    for one in root[12:] if "document" not in name else []:
        root.remove(one)
    return bytes(etree.tostring(root))


def a_pdf(lot: Lot) -> None:
    _clauses_of(lot, portable.read_pdf(changed(lot, _pdf())))


@cache
def _pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.pages[0].obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    said = b"BT /F1 12 Tf 10 100 Td (1.1 We keep children safe in all that we do here.) Tj ET"
    made.pages[0].obj["/Contents"] = made.make_stream(said)
    out = BytesIO()
    made.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _clauses_of(lot: Lot, read: Read) -> None:
    """What was read goes to another process as JSON; its clauses are found there, looked at and changed."""
    read = Read.from_json(json.loads(json.dumps(read.as_json())))
    _, pieces = clauses.found(read.lines)
    for one in slips.slips(pieces):
        assert 0 <= one.place < len(pieces)
    if pieces:
        place, number = lot.randrange(len(pieces)), words(lot, ["1.1", "7", "2.3.4"])
        try:
            pieces = editing.join(pieces, place)
            pieces = editing.split(pieces, min(place, len(pieces) - 1), lot.randrange(4), number)
        except RuleBroken:
            pass
        clauses.found(read.lines)
        slips.slips(pieces)


# --- Definitions, and what we write for other programs --------------------------------------------


@cache
def _definition_text() -> str:
    folder = Path(adapting.__file__).parent / "definitions"
    return (folder / "low-level-concern.yaml").read_text(encoding="utf-8")


def a_definition(lot: Lot) -> None:
    """A file of a procedure with a slip in it; and what is read of it draws as one."""
    text = changed(lot, _definition_text().encode()).decode("utf-8", "replace")
    node, data = strict_yaml.load(text)
    try:
        Definition.model_validate(data)
    except ValidationError as wrong:
        assert strict_yaml.line_of(node, wrong.errors()[0]["loc"]) >= 1
        raise


def a_step_of_their_own(lot: Lot) -> None:
    step: dict[str, Any] = {
        "id": "ours-1",
        "do": words(lot),
        "by": "lead",
        "need": "must",
        "records": "note",
    }
    for name in lot.sample([*step, "after", "within", "to", "x"], lot.choice([0, 1, 1, 2])):
        step[name] = lot.choice([words(lot, ["lead", "must", "ours-2", "note"]), None, [], {}, 9])
    base = definitions()["welfare-concern"]
    place = lot.choice([one.id for one in base.steps] + [words(lot)])
    now = adapting.changed(base, adapting.ADDS, "", {"step": step, "place": place}, {})
    assert [one for one in now.steps if one.id in base.by_id] == list(base.steps)


def a_day_in_a_calendar(lot: Lot) -> None:
    said = words(lot, ["BEGIN:VEVENT", "END:VCALENDAR", "\r\nATTACH:", "\\n", ";"])
    entry = Entry("key", date(2026, 11, 21), said, "/x/", NOW)
    lines = drawn(SimpleNamespace(name=said, pk=UUID(int=1)), [entry]).split(b"\r\n")  # type: ignore[arg-type]
    assert lines.count(b"BEGIN:VEVENT") == 1
    assert lines.count(b"END:VCALENDAR") == 1
    assert not [one for one in lines if one.startswith(b"ATTACH")]


REFUSED = (RefusedError, RuleBroken)
READERS = {
    "a text": Reader(a_text, 30, REFUSED),
    "a web page": Reader(a_web_page, 20, REFUSED),
    "a Word document": Reader(a_word_document, 5, REFUSED),
    "a Word document to keep": Reader(a_word_document_to_keep, 5, REFUSED),
    "a PDF": Reader(a_pdf, 3, (*REFUSED, RecursionError)),
    "a definition": Reader(a_definition, 3, (ValidationError, yaml.YAMLError)),
    "a step of their own": Reader(a_step_of_their_own, 4, (RuleBroken,)),
    "a day in a calendar": Reader(a_day_in_a_calendar, 3),
}
