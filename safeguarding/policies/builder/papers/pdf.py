"""A version as a tagged PDF."""

from pathlib import Path

from safeguarding.documents.typeset import pdf

from .content import Content

TEMPLATE = Path(__file__).with_name("policy.typ")


def as_pdf(content: Content) -> bytes:
    """The paper itself: the same bytes for the same content."""
    return pdf(TEMPLATE, content)
