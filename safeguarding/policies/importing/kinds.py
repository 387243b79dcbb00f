"""What may be brought in: by name and by what is inside. Everything else is refused in a plain sentence."""

import zipfile
from io import BytesIO

from foundation.errors import RuleBroken

TAKEN = (
    "A Word document (.docx), a PDF with text, Markdown (.md), a web page (.html) or a text file (.txt) "
    "can be brought in."
)
KEPT = "Nothing was kept."
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 2000
MOST_TIMES = 200  # how much larger unpacked than packed, where it is large at all
SMALL = 5 * 1024 * 1024
PICTURES = "word/media/"  # never unpacked: a white logo packs to a thousandth of its size

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
ENDINGS = {
    ".docx": "docx",
    ".pdf": "pdf",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
}
NOT_TAKEN = {".docm": "macros", ".dotm": "macros", ".doc": "old_word"}
SAVE_AS = "In Word, use Save As and choose “Word Document (.docx)”, then bring that in."
SAID = {
    "other": f"This kind of file cannot be brought in. {TAKEN}",
    "empty": "This file is empty.",
    "too_big": "This file is larger than 10 MB, and was not taken. Save it without pictures and try again.",
    "macros": f"This Word document holds macros: small programs that run. We do not open it. {SAVE_AS}",
    "old_word": f"This is a document of an old Word, which we cannot read. {SAVE_AS}",
    "locked": "This file is locked with a password. Save it without one, then bring that in.",
    "scanned": "This PDF is pictures of pages: there is no text in it that can be read. Bring in the Word "
    "document it came from, or have it typed.",
    "huge": "This file unpacks to far more than it seems, or takes too long to read. We stopped.",
    "broken": "This file is damaged and cannot be read to its end. Open it, save it anew and try again.",
    "not_what_it_says": "This file is not what its name says it is. Look which program made it, and save "
    "it from there as a Word document.",
    "not_text": f"This is not a text file. {TAKEN}",
}
WHY = {name: f"{said} {KEPT}" for name, said in SAID.items()}


def kind_of(name: str, content: bytes) -> str:
    """How a file is read, by its name and by how it begins. Raises RuleBroken for what is not taken."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    problem = _problem(content) or ("" if ending in ENDINGS else NOT_TAKEN.get(ending, "other"))
    if problem:
        raise RuleBroken(WHY[problem])
    kind = ENDINGS[ending]
    if _begins_as(content) != (kind if kind in {"docx", "pdf"} else "text"):
        raise RuleBroken(WHY["not_what_it_says"])
    if kind == "docx":
        _look_into(content)
    return kind


def _problem(content: bytes) -> str:
    """What is wrong whatever its name is; empty for nothing."""
    if not content.strip():
        return "empty"
    if len(content) > MOST_BYTES:
        return "too_big"
    if content.startswith(OLE):  # how an old Word, and one that locks with a password, begin a file
        return "locked" if LOCKED_STREAM in content else "old_word"
    return ""


def _begins_as(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return "text"


def _look_into(content: bytes) -> None:
    """A look at the list of what is packed, without unpacking any of it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise RuleBroken(WHY["broken"]) from None
    names = {part.filename.lower() for part in parts}
    if any("vbaproject" in name or "activex" in name for name in names):
        raise RuleBroken(WHY["macros"])
    if any(part.flag_bits & 1 for part in parts):
        raise RuleBroken(WHY["locked"])
    if "word/document.xml" not in names:
        raise RuleBroken(WHY["not_what_it_says"])
    read = [one for one in parts if not one.filename.startswith(PICTURES)]
    total, held = sum(one.file_size for one in read), sum(one.compress_size for one in read)
    is_bomb = total > SMALL and total > MOST_TIMES * max(held, 1)
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED or is_bomb:
        raise RuleBroken(WHY["huge"])
