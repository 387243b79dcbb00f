"""The few kinds of file that are taken, and how each is looked at before it is."""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import PurePosixPath

import puremagic

from foundation.errors import RuleBroken
from foundation.words import without_pictures

TAKEN = "A PDF, a text file (.txt), a Word document (.docx) or an e-mail (.eml) can be added."
OTHER = f"This file cannot be added. {TAKEN} Pictures, videos and archives never. {{}}"
KEPT = "Nothing of it was kept. What you typed is still here."
LIVELY = (
    "This file holds something that runs, links out or is packed inside it. Save it anew as a plain "
    f"PDF, or write down what it says. {KEPT}"
)
PICTURES = (
    "There are pictures or attachments inside this file. Pictures are not taken here. Write down "
    f"what matters, or save only the words. {KEPT}"
)
HUGE = f"This file unpacks to far more than it seems. It was not opened. {KEPT}"
NOT_WHAT_IT_SAYS = f"This file is not what its name says it is. {KEPT}"

UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(OSError, EOFError, ValueError),
)
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
MOST_TIMES = 100  # how much larger unpacked than packed
ACTIVE_IN_DOCX = re.compile(
    r"vbaProject|activeX|embeddings/|externalLinks|\.(exe|bin|js|vbs|zip|mht|mhtml|html?|rtf|docx?)$",
    re.IGNORECASE,
)
PICTURE_IN_DOCX = re.compile(
    r"/media/|\.(png|jpe?g|jfif|gif|bmp|dib|tiff?|webp|hei[cf]|avif|svg|[ew]mf|wdp|jxr|ico|pcx|pict?"
    r"|mp4|mov|avi|webm)$",
    re.IGNORECASE,
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
UNSAFE_IN_A_NAME = set('/\\:*?"<>|')
LONGEST_NAME = 120
LONGEST_ENDING = 20


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is named and served, and what looks at it. Looking raises RuleBroken."""

    ending: str
    content_type: str
    look: Callable[[bytes], None]
    is_picture: bool = False


def look_at(name: str, content: bytes, *, pictures: bool = False) -> tuple[str, str]:
    """The safe name and the kind of a file that may be kept; otherwise RuleBroken, saying why.

    Only looks: whoever keeps it calls `cleaning.clean`.
    """
    safe = safe_name(name)
    kind = next((one for one, what in KINDS.items() if safe.lower().endswith(what.ending)), None)
    if kind is None or (KINDS[kind].is_picture and not pictures):
        raise RuleBroken(OTHER.format(KEPT))
    if not content.strip():
        raise RuleBroken(f"This file is empty. {KEPT}")
    KINDS[kind].look(content)
    return safe, kind


def safe_name(name: str) -> str:
    """The last part of a name, without signs that hide its ending or lead somewhere else."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFC", last)
        if not unicodedata.category(sign).startswith("C") and sign not in UNSAFE_IN_A_NAME
    )
    plain = plain.strip(" .")
    stem, dot, ending = plain.rpartition(".")
    ending = ending[:LONGEST_ENDING]
    room = LONGEST_NAME - len(ending) - 1
    short = f"{stem[:room]}{dot}{ending}" if stem else plain[:LONGEST_NAME]
    return short.strip(" .")  # where it was cut, another space or full stop may stand at its end


def _pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise RuleBroken(NOT_WHAT_IT_SAYS)


def _picture(begins: bytes) -> Callable[[bytes], None]:
    def look(content: bytes) -> None:
        if not content.startswith(begins):
            raise RuleBroken(NOT_WHAT_IT_SAYS)

    return look


def _text(content: bytes) -> None:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    if CONTROL.search(words) or "\ufffd" in words or "data:image/" in words:
        raise RuleBroken(NOT_WHAT_IT_SAYS)
    if _is_something_else(content) or without_pictures(words) != words:
        raise RuleBroken(PICTURES)


def _is_something_else(content: bytes) -> bool:
    """Whether words begin as a picture, film, sound or program does."""
    try:
        found = puremagic.from_string(content[:4096], mime=True)
    except (puremagic.PureError, ValueError):
        return False
    return found.startswith(("image/", "video/", "audio/")) and not found.startswith("image/svg")


def _email(content: bytes) -> None:
    _text(content)
    mail = message_from_bytes(content, policy=policy.default)
    if not (mail["From"] or mail["Subject"]):
        raise RuleBroken(NOT_WHAT_IT_SAYS)
    for part in mail.walk():
        packed = part.get_content_maintype() not in {"text", "multipart"} or part.get_filename()
        if packed or str(part.get("Content-Disposition", "")).startswith("attachment"):
            raise RuleBroken(PICTURES)
        if not part.is_multipart():
            _text(bytes(part.get_payload(decode=True) or b""))


def _docx(content: bytes) -> None:
    if not content.startswith(b"PK\x03\x04") or content.rfind(b"PK\x05\x06") != len(content) - 22:
        raise RuleBroken(NOT_WHAT_IT_SAYS)  # something stands before or after what is packed
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            _parts(packed)
    except UNREADABLE:
        raise RuleBroken(NOT_WHAT_IT_SAYS) from None


def _parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise RuleBroken(NOT_WHAT_IT_SAYS)
    total, held = sum(one.file_size for one in parts), sum(one.compress_size for one in parts)
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED or total > MOST_TIMES * max(held, 1):
        raise RuleBroken(HUGE)
    if any(part.flag_bits & 1 for part in parts) or len(names) != len(parts):
        raise RuleBroken(NOT_WHAT_IT_SAYS)
    if any(ACTIVE_IN_DOCX.search(name) for name in names):
        raise RuleBroken(LIVELY)
    if any(PICTURE_IN_DOCX.search(name) or _is_picture(packed.read(name)) for name in names):
        raise RuleBroken(PICTURES)
    _look_outside(packed, names)


def _is_picture(part: bytes) -> bool:
    """Whether a part is a picture under another name, or words that hold one."""
    return _is_something_else(part) or b"data:image/" in part


def _look_outside(packed: zipfile.ZipFile, names: set[str]) -> None:
    """A template or frame fetched from elsewhere runs when the document is opened."""
    for name in names:
        if name.endswith(".rels"):
            links = packed.read(name)
            if b"attachedTemplate" in links or b"oleObject" in links or b"/frame" in links:
                raise RuleBroken(LIVELY)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "pdf": Kind(".pdf", "application/pdf", _pdf),
    "txt": Kind(".txt", "text/plain; charset=utf-8", _text),
    "eml": Kind(".eml", "text/plain; charset=utf-8", _email),  # shown as words, never as a mail
    "docx": Kind(".docx", WORD, _docx),
    # Only where a setting allows pictures, which none does as it comes.
    "png": Kind(".png", "image/png", _picture(b"\x89PNG\r\n\x1a\n"), is_picture=True),
    "jpg": Kind(".jpg", "image/jpeg", _picture(b"\xff\xd8\xff"), is_picture=True),
}
