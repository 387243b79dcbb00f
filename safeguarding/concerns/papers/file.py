"""From content to a PDF. The name of the file tells nothing but a reference and the day."""

from pathlib import Path

from django.utils import timezone

from safeguarding.concerns.models import PaperCopy
from safeguarding.documents.typeset import pdf

from . import marks
from .content import Content

TEMPLATE = Path(__file__).with_name("record.typ")


def as_pdf(content: Content) -> bytes:
    """The paper itself: the same bytes for the same content."""
    reference = content["reference"]
    heading = f"Case {reference}" if reference else "A child’s file"
    drawn = {name: [_drawn(one) for one in content[name]] for name in ("reports", "items")}
    return pdf(TEMPLATE, {**content, **drawn, "heading": heading})


def _drawn(one: Content) -> Content:
    """A report or entry with its figures, which are made from what stands in the content."""
    return {**one, "figure": [marks.drawn(side) for side in one["figure"]]}


def name_of(copy: PaperCopy) -> str:
    """Such as copy-7KQM-2XWD-2026-11-21.pdf: no name, no words."""
    return f"copy-{copy.code}-{timezone.localdate(copy.created_at):%Y-%m-%d}.pdf"
