"""How long large papers take: a policy of 60 pages read from Word, an inspection pack of 100 pages made."""

import time
from collections.abc import Callable
from io import BytesIO
from itertools import cycle, islice
from typing import Any

import docx
from django.utils import timezone
from pypdf import PdfReader

from demo.cast import Nursery
from safeguarding.governance.pack import as_pdf, content
from safeguarding.policies.importing.reading import from_file

from .checking import spent
from .filling import WORDS, say

WORD_PAGES, PACK_PAGES = 60, 100
WORDS_A_PAGE = 450


def figures(nursery: Nursery) -> dict[str, Any]:
    """Processor time with that of the processes it takes apart; what came out is counted, not judged."""
    policy, clauses = _policy()
    brought, reading = _timed(lambda: from_file("policy.docx", policy))
    say(f"  a Word policy of {WORD_PAGES} pages: {reading}")
    pack = _long(content(nursery.setting, timezone.now()))
    paper, making = _timed(lambda: as_pdf(pack))
    pages = len(PdfReader(BytesIO(paper)).pages)
    say(f"  an inspection pack of {pages} pages: {making}")
    return {
        "word_pages": WORD_PAGES,
        "word_paragraphs": clauses,
        "word_clauses_found": len(brought.pieces),
        "word": reading,
        "pack_pages": pages,
        "pack": making,
    }


def _policy() -> tuple[bytes, int]:
    """Headings and numbered clauses of so many words that they fill the pages."""
    document, said = docx.Document(), 0
    paragraphs = 0
    while said < WORD_PAGES * WORDS_A_PAGE:
        if paragraphs % 12 == 0:
            document.add_heading(f"{paragraphs // 12 + 1} What we do", 1)
        document.add_paragraph(f"{paragraphs // 12 + 1}.{paragraphs % 12 + 1} {WORDS}")
        said, paragraphs = said + len(WORDS.split()), paragraphs + 1
    file = BytesIO()
    document.save(file)
    return file.getvalue(), paragraphs


def _long(pack: dict[str, Any]) -> dict[str, Any]:
    """The same pack with so many clauses that it has the pages."""
    pages = len(PdfReader(BytesIO(as_pdf(pack))).pages)
    wanted = round(len(pack["clauses"]) * PACK_PAGES / pages)
    return {**pack, "clauses": list(islice(cycle(pack["clauses"]), wanted))}


def _timed(make: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    began, before = time.monotonic(), spent()
    made = make()
    took = time.monotonic() - began
    return made, {"seconds": round(took, 2), "processor_seconds": round(spent() - before, 2)}
