"""Files made to break in, drawn by a seed: the same seed gives the same file for ever."""

import base64
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf

MARK = b"HEDGEHOGMARK"  # in every picture, so that a byte of one is found wherever it went
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MAIL = b"From: a@b.example\r\nSubject: x\r\n"
NAMES = [
    *("../../etc/passwd", "..\\..\\boot.ini", "CON", "nul.", "LPT1", "a\x00b", "gnp\u202e"),
    *("x" * 400, " ", ".", "-rf", "$(id)", "`id`", "<script>", "%00", "a/b/c", "naïve"),
]
ENDINGS = [
    ".pdf",
    ".txt",
    ".eml",
    ".docx",
    ".PDF",
    ".png",
    ".svg",
    ".html",
    ".zip",
    ".docm",
    ".exe",
]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2) -> bytes:
    """A picture, which may say that it is far larger than what it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 14)
    parts = chunk(b"IHDR", head) + chunk(b"tEXt", b"Comment\0" + MARK) + chunk(b"IDAT", rows)
    return b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IEND", b"")


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, drawn: bytes = b"BT ET") -> bytes:
    """One empty page, or what the change makes of it."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    made.pages[0].obj["/Contents"] = made.make_stream(drawn)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def acting(**action: object) -> Callable[[pikepdf.Pdf], None]:
    """Something a reader does by itself when it opens the file."""

    def change(made: pikepdf.Pdf) -> None:
        made.Root["/OpenAction"] = made.make_indirect(
            pikepdf.Dictionary({f"/{name}": value for name, value in action.items()})
        )

    return change


def with_file(made: pikepdf.Pdf) -> None:
    made.attachments["run.exe"] = b"MZ" + MARK


def with_picture(made: pikepdf.Pdf) -> None:
    about = {"Width": 10, "Height": 10, "BitsPerComponent": 8}
    stream = made.make_stream(MARK + b"\xff" * 288, **about)
    stream["/Type"], stream["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
    stream["/ColorSpace"] = pikepdf.Name("/DeviceRGB")
    made.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))


def with_form(made: pikepdf.Pdf) -> None:
    made.Root["/AcroForm"] = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=[])


def deep(made: pikepdf.Pdf) -> None:
    inside = pikepdf.Array([])
    for _ in range(80):
        inside = pikepdf.Array([inside])
    made.Root["/Deep"] = inside


def bomb(made: pikepdf.Pdf) -> None:
    """Sixty megabytes in sixty kilobytes."""
    packed = zlib.compress(b" " * 60_000_000, 9)
    stream = made.make_stream(b"")
    stream.write(packed, filter=pikepdf.Name("/FlateDecode"))
    made.pages[0].obj["/Contents"] = stream


def office(**parts: bytes) -> bytes:
    """A Word document with these parts, named with __ for a stroke and _dot_ for a dot."""
    out = io.BytesIO()
    usual = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    named = {key.replace("__", "/").replace("_dot_", "."): part for key, part in parts.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (usual | named).items():
            packed.writestr(name, content)
    return out.getvalue()


Name = pikepdf.Name
REFUSED: dict[str, Callable[[], bytes]] = {
    "javascript.pdf": lambda: pdf(acting(S=Name("/JavaScript"), JS="app.alert(1)")),
    "launch.pdf": lambda: pdf(acting(S=Name("/Launch"), F="cmd.exe")),
    "submit.pdf": lambda: pdf(acting(S=Name("/SubmitForm"), F="http://203.0.113.5/")),
    "elsewhere.pdf": lambda: pdf(acting(S=Name("/GoToR"), F="\\\\203.0.113.5\\x")),
    "attached.pdf": lambda: pdf(with_file),
    "picture.pdf": lambda: pdf(with_picture),
    "inline.pdf": lambda: pdf(drawn=b"q BI /W 2 /H 2 /CS /G /BPC 8 ID " + MARK + b" EI Q"),
    "form.pdf": lambda: pdf(with_form),
    "deep.pdf": lambda: pdf(deep),
    "truncated.pdf": lambda: pdf()[:200] + b"\n%%EOF",
    "nothing.pdf": lambda: b"%PDF-1.7\n%%EOF\n",
    "picture-named.pdf": png,
    "zip-named.pdf": office,
    "behind-a-picture.pdf": lambda: png() + pdf(),
    "picture.txt": png,
    "base64.txt": lambda: b"see " + base64.b64encode(png() * 20),
    "data.txt": lambda: b"see data:image/png;base64,iVBORw0KGgo=",
    "gif.txt": lambda: b"GIF89a plain words",
    "macro.docx": lambda: office(word__vbaProject_dot_bin=MARK),
    "picture.docx": lambda: office(word__media__image1_dot_png=png()),
    "bomb.docx": lambda: office(word__big_dot_xml=b"0" * 60_000_000),
    "before.docx": lambda: pdf() + office(),
    "behind.docx": lambda: office() + png(),
    "picture.eml": lambda: MAIL + b"Content-Type: image/png\r\n\r\n" + png(),
    "hidden.eml": lambda: MAIL + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(png()),
    "drawing.svg": lambda: b"<svg onload='alert(1)'/>",
    "page.html": lambda: b"<script>alert(1)</script>",
    "old.docm": office,
    "all.zip": office,
    "beach.png": png,
    "huge.png": lambda: png(60_000, 60_000),
    "run.exe": lambda: b"MZ" + MARK,
}  # fmt: skip

MADE: list[Callable[[], bytes]] = [*REFUSED.values(), lambda: EICAR, png, pdf, office]


def drawn(seed: int) -> tuple[str, bytes]:
    """A name and a file of this seed: one of the above, cut, flipped, joined and named anew."""
    lot = random.Random(seed)  # noqa: S311  drawn again from its seed, not secret
    content = bytearray(lot.choice(MADE)())
    for _ in range(lot.randrange(6)):
        if content:
            content[lot.randrange(len(content))] = lot.randrange(256)
    if lot.random() < 0.3:
        content = content[: lot.randrange(len(content) + 1)]
    if lot.random() < 0.2:
        content += lot.choice(MADE[-3:])()
    return lot.choice([*NAMES, "letter"]) + lot.choice(ENDINGS), bytes(content)
