"""Turns the bytes of a text file into words, in whichever of the usual ways they were written."""

import re

from .lines import Read
from .marked import read_text
from .refused import RefusedError

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_bytes(content: bytes) -> Read:
    """A text file or Markdown."""
    return read_text(decoded(content))


def decoded(content: bytes) -> str:
    """The words. Raises RefusedError for what is no text."""
    try:
        text = content.decode(MARKS.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if CONTROL.search(text):
        raise RefusedError("not_text")
    return (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").replace("\x0b", "\n")
    )
