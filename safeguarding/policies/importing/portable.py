"""Reads a PDF that holds text: its lines put together to paragraphs, without what every page repeats."""

import re
from collections import Counter
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .lines import Line, Read
from .marked import BULLET, NUMBER, begins_anew
from .refused import RefusedError

MOST_PAGES = 400
LEAST_LETTERS = 30  # on a page, to be a page of text
PAGE_NUMBER = re.compile(r"^(page\s*)?\d{1,4}(\s*(of|/)\s*\d{1,4})?$", re.IGNORECASE)
AT_EDGE = 3  # lines at the top and the foot of a page that may be repeated
SHORT = 0.75  # of the usual length: a line that ends before the margin ends its paragraph


def read_pdf(content: bytes) -> Read:
    """The text of its pages. Raises RefusedError where it is locked, or only pictures of pages."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise RefusedError("locked")
        if len(reader.pages) > MOST_PAGES:
            raise RefusedError("huge")
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        raise RefusedError("broken") from None
    letters = sum(sign.isalpha() for page in pages for sign in page)
    if letters < LEAST_LETTERS * max(1, len(pages)) / 2:
        raise RefusedError("scanned")
    return _paragraphs(_without_edges([page.split("\n") for page in pages]))


def _without_edges(pages: list[list[str]]) -> list[str]:
    """All lines, without page numbers and what stands at the edge of half of the pages or more."""
    pages = [[line.rstrip() for line in page if line.strip()] for page in pages]
    edges = Counter(one for page in pages for one in {_alike(line) for line in _edge(page)})
    repeated = {one for one, times in edges.items() if len(pages) > 2 and times * 2 >= len(pages)}
    kept = []
    for page in pages:
        for place, line in enumerate(page):
            at_edge = place < AT_EDGE or place >= len(page) - AT_EDGE
            if at_edge and (_alike(line) in repeated or PAGE_NUMBER.match(line.strip())):
                continue
            kept.append(line)
    return kept


def _edge(page: list[str]) -> list[str]:
    return [*page[:AT_EDGE], *page[-AT_EDGE:]]


def _alike(line: str) -> str:
    """A line with its figures left open, so that “Page 3 of 9” is on every page."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _paragraphs(lines: list[str]) -> Read:
    read = Read(list(lines))
    lengths = sorted(len(line) for line in lines)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    open_at: list[int] = []
    for at, line in enumerate(lines):
        if open_at and _is_new(line, lines[at - 1], usual):
            _close(read, open_at)
        open_at.append(at)
    _close(read, open_at)
    return read


def _is_new(line: str, before: str, usual: int) -> bool:
    if begins_anew(line, before):
        return True
    ended = before.rstrip()
    is_short = len(ended) < usual * SHORT
    begins = line.strip()[:1]
    if BULLET.match(before) or NUMBER.match(before):
        return is_short and begins.isupper() and ended[-1:] not in ",;-"
    return is_short and begins.isupper()


def _close(read: Read, open_at: list[int]) -> None:
    if not open_at:
        return
    first = open_at[0]
    text = " ".join(read.source[at].strip() for at in open_at)
    found = BULLET.match(read.source[first])
    bullet = 0
    if found:
        text = text.strip()[1:].strip()
        bullet = 2 if read.source[first].strip()[0] in "o◦▪‣○–" else 1
    read.lines.append(Line(" ".join(text.split()), first, bullet=bullet))
    open_at.clear()
