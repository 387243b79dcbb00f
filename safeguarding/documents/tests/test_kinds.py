"""What may be added is looked at first: by its name, by what it is, and by what it hides."""

import zipfile
from io import BytesIO

import pytest

from foundation.errors import RuleBroken
from safeguarding.documents.kinds import LONGEST_NAME, look_at, safe_name

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
MAIL = b"From: pat@example.org\r\nSubject: Kit\r\n\r\nHe was sad on Monday.\r\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 50
ZIP = b"PK\x03\x04" + b"x" * 50


def docx(parts: dict[str, bytes] | None = None) -> bytes:
    """A Word document as small as can be, with these parts as well."""
    usual = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (usual | (parts or {})).items():
            packed.writestr(name, content)
    return into.getvalue()


def encrypted() -> bytes:
    """The first part says that it is locked."""
    content = bytearray(docx())
    content[6] |= 1
    return bytes(
        content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    )


def damaged() -> bytes:
    """A part of it cannot be unpacked."""
    name = b"word/_rels/document.xml.rels"
    content = bytearray(docx({name.decode(): b"<Relationships/>" * 20}))
    content[content.index(name) + len(name)] = 0xFF
    return bytes(content)


TAKEN = {
    "letter.pdf": PDF,
    "Note.TXT": "Grüße von Kits Mutter – danke".encode(),
    "old.txt": "café".encode("cp1252"),
    "mail.eml": MAIL,
    "plan.docx": docx(),
}


@pytest.mark.parametrize("name", TAKEN)
def test_papers_and_words_are_taken(name: str) -> None:
    safe, kind = look_at(name, TAKEN[name])

    assert safe == name
    assert name.lower().endswith(kind)


BAD = {
    ("beach.png", PNG): "cannot be added",
    ("beach.jpg", PNG): "cannot be added",
    ("all.zip", ZIP): "cannot be added",
    ("run.exe", b"MZ"): "cannot be added",
    ("letter.pdf.exe", PDF): "cannot be added",
    ("page.html", b"<script>"): "cannot be added",
    ("drawing.svg", b"<svg/>"): "cannot be added",
    ("nothing", b"x"): "cannot be added",
    ("empty.txt", b" \n"): "is empty",
    ("beach.pdf", PNG): "not what its name says",
    ("beach.txt", PNG): "not what its name says",
    ("beach.docx", PNG): "not what its name says",
    ("beach.eml", PNG): "not what its name says",
    ("half.pdf", b"%PDF-1.7\n1 0 obj"): "not what its name says",
    ("mixed.pdf", PNG + PDF): "not what its name says",
    ("zip.docx", docx()[:80]): "not what its name says",
    ("locked.docx", encrypted()): "not what its name says",
    ("macro.docx", docx({"word/vbaProject.bin": b"x"})): "runs, links out",
    ("object.docx", docx({"word/embeddings/oleObject1.bin": b"x"})): "runs, links out",
    ("far.docx", docx({"word/_rels/settings.xml.rels": b'"x/attachedTemplate"'})): "runs, links",
    ("picture.docx", docx({"word/media/image1.png": PNG})): "pictures or attachments",
    ("capitals.docx", docx({"word/Media/Image1.PNG": PNG})): "pictures or attachments",
    ("moving.docx", docx({"word/x.gif": b"GIF89a"})): "pictures or attachments",
    ("disguised.docx", docx({"word/styles.xml": PNG})): "pictures or attachments",
    ("MACRO.docx", docx({"word/VBAPROJECT.BIN": b"x"})): "runs, links out",
    ("damaged.docx", damaged()): "not what its name says",
    ("elsewhere.docx", docx({"word/pictures/beach.GIF": b"GIF89a"})): "pictures or attachments",
    ("first page.docx", docx({"docProps/thumbnail.emf": b"x"})): "pictures or attachments",
    ("renamed.docx", docx({"word/theme/theme1.xml": PNG})): "pictures or attachments",
    ("in words.docx", docx({"word/a.xml": b'<a x="data:image/png;base64,iVBO"/>'})): "pictures or",
    ("page.docx", docx({"word/afchunk.mht": b"x"})): "runs, links out",
    ("bomb.docx", docx({"word/big.xml": b"0" * 30_000_000})): "unpacks to far more",
    ("many.docx", docx({f"word/{n}.xml": b"x" for n in range(600)})): "unpacks to far more",
    ("words.txt", b"see data:image/png;base64,iVBOR"): "not what its name says",
}


@pytest.mark.parametrize(("name", "content"), BAD, ids=[name for name, _ in BAD])
def test_anything_else_is_refused_with_what_to_do(name: str, content: bytes) -> None:
    with pytest.raises(RuleBroken, match=BAD[name, content]) as refused:
        look_at(name, content)

    assert "What you typed is still here." in str(refused.value)


def test_a_mail_with_a_picture_or_attachment_is_refused() -> None:
    parts = (
        b"Content-Type: multipart/mixed; boundary=b\r\nFrom: a@b.example\r\n\r\n"
        b"--b\r\nContent-Type: image/png\r\n\r\nxxxx\r\n--b--\r\n"
    )
    for mail in (parts, parts.replace(b"image/png", b'text/plain; name="a.txt"')):
        with pytest.raises(RuleBroken, match="pictures or attachments"):
            look_at("mail.eml", mail)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Docs\\x\\plan.docx", "plan.docx"),
        ("gnp\u202efdp.txt", "gnpfdp.txt"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ('a"b<c>.txt', "abc.txt"),
        ("x" * 400 + ".txt", "x" * (LONGEST_NAME - 4) + ".txt"),
        (" .txt", "txt"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept
    assert len(safe_name(sent)) <= LONGEST_NAME
