"""What cannot be brought in is refused in a plain sentence, and nothing of it is kept."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfWriter

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.policies.importing import reading
from safeguarding.policies.importing.clauses import found
from safeguarding.policies.importing.kinds import MOST_BYTES, OLE, WHY
from safeguarding.policies.importing.refused import RefusedError
from safeguarding.policies.importing.word import read_word
from safeguarding.policies.models import Draft, Policy
from tests.people import signed_in

from .test_pages import sent
from .word import Word

LOCKED = OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")


def word_with(parts: dict[str, bytes]) -> bytes:
    """A Word document in which parts are added or changed."""
    word = Word()
    word.add("1. Aims", word.list(word.pattern()))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word.content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)
        for name, content in parts.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def portable(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


BOMB = {
    "word/one.xml": b"\0" * (6 * 1024 * 1024),
    "word/two.xml": b"\0" * (6 * 1024 * 1024),
}
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""

BEFORE_IT_IS_OPENED = {
    "a scan of a letter": ("letter.jpg", b"\xff\xd8\xff\xe0 picture", "other"),
    "nothing in it": ("a.txt", b"  \n", "empty"),
    "macros, by its name": ("a.docm", b"PK\x03\x04", "macros"),
    "macros, inside": ("a.docx", word_with({"word/vbaProject.bin": b"x"}), "macros"),
    "an old Word document": ("a.doc", OLE + b"\0" * 600, "old_word"),
    "an old one with a new name": ("a.docx", OLE + b"\0" * 600, "old_word"),
    "locked with a password": ("a.docx", LOCKED, "locked"),
    "a bomb": ("a.docx", word_with(BOMB), "huge"),
    "cut off": ("a.docx", word_with({})[:900], "broken"),
    "a workbook by another name": ("a.docx", b"PK\x05\x06" + b"\0" * 18, "not_what_it_says"),
    "a PDF by another name": ("a.docx", b"%PDF-1.7 %%EOF", "not_what_it_says"),
    "a Word document called text": ("a.txt", word_with({}), "not_what_it_says"),
}
APART = {
    "a PDF of pictures": ("a.pdf", portable(lambda _: None), "scanned"),
    "a PDF with a password": ("a.pdf", portable(lambda one: one.encrypt("secret")), "locked"),
    "a PDF cut off": ("a.pdf", portable(lambda _: None)[:60], "broken"),
    "numbers that end in the middle": (
        "a.docx",
        word_with({"word/numbering.xml": b"<w"}),
        "broken",
    ),
    "a text that laughs": ("a.docx", word_with({"word/document.xml": LAUGHS}), "broken"),
    "a program called text": ("a.txt", b"\x7fELF\x02\x01\x00\x00 program", "not_text"),
}


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "content", "why"), BEFORE_IT_IS_OPENED.values(), ids=BEFORE_IT_IS_OPENED
)
def test_it_is_refused_before_it_is_opened(name: str, content: bytes, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        reading.from_file(name, content)

    assert str(refused.value) == WHY[why]


@pytest.mark.once
@pytest.mark.parametrize(("name", "content", "why"), APART.values(), ids=APART)
def test_it_is_refused_by_the_process_that_reads_it(name: str, content: bytes, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        reading.from_file(name, content)

    assert str(refused.value) == WHY[why]


@pytest.mark.once
@pytest.mark.parametrize("logo", ["image1.emf", "image1.wmf", "image1.bmp"])
def test_a_large_white_picture_in_it_is_left_out_and_the_words_are_read(logo: str) -> None:
    """As the letterheads of councils bring them."""
    content = word_with({f"word/media/{logo}": b"\xff" * (20 * 1024 * 1024)})
    assert [one.text or one.heading for one in reading.from_file("a.docx", content).pieces] == [
        "1. Aims"
    ]


@pytest.mark.once
def test_each_refusal_says_what_was_kept() -> None:
    assert all(said.endswith("Nothing was kept.") for said in WHY.values())


@pytest.mark.once
def test_a_document_whose_lists_lead_nowhere_is_read_without_their_numbers() -> None:
    word = Word()
    word.add("Aims are set out here.", number=4711)
    word.add("2. Scope")

    _, pieces = found(read_word(word.content).lines)

    assert [(one.number, one.heading or one.text) for one in pieces][-1] == ("2", "Scope")


@pytest.mark.once
def test_a_part_that_unpacks_to_too_much_is_refused_while_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("safeguarding.policies.importing.word.MOST_XML", 100)

    with pytest.raises(RefusedError, match="huge"):
        read_word(Word().content)


def test_a_file_that_is_too_large_is_not_even_kept_in_memory(sunflowers: Nursery) -> None:
    answer = sent(signed_in(sunflowers.dana), sunflowers, "a.docx", b"PK" * (MOST_BYTES // 2 + 1))

    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()
    assert not Draft.objects.exists()


def test_after_a_refusal_nothing_is_there(sunflowers: Nursery) -> None:
    answer = sent(signed_in(sunflowers.dana), sunflowers, "a.docx", LOCKED)

    assert answer.status_code == 422
    assert "locked with a password" in answer.content.decode()
    assert not Draft.objects.exists()
    assert not Policy.objects.exists()
