"""Agreements on paper: the receipt of an answer, and a sheet to sign."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from foundation.moments import say_date
from safeguarding.documents.typeset import pdf

from .models import Agreement, Signature

PAPER = Path(__file__).parent / "papers" / "agreement.typ"


def receipt(signature: Signature) -> bytes:
    """What somebody answered to which wording."""
    written = timezone.localtime(signature.created_at)
    answered = [
        ("Name", signature.member.display_name),
        ("Answer", signature.get_answer_display()),
        ("Signed on", say_date(signature.signed_on)),
        ("How", signature.get_how_display()),
        ("Written down", f"{say_date(written.date())}, {written:%H:%M}"),
    ]
    if children := ", ".join(one.child.known_as for one in signature.children.all()):
        answered.append(("Talked about with", children))
    return _printed(signature.agreement, answered)


def sheet(agreement: Agreement) -> bytes:
    """The wording with lines to sign on."""
    return _printed(agreement, [])


def _printed(agreement: Agreement, answered: list[tuple[str, str]]) -> bytes:
    data: dict[str, Any] = {
        "title": agreement.title,
        "setting": agreement.setting.name,
        "version": agreement.number,
        "digest": agreement.digest,
        "parts": [{"heading": one.heading, "text": one.text} for one in agreement.said],
        "answered": answered,
        "for_parents": agreement.audience == "parent",
    }
    return pdf(PAPER, data)


def answer(name: str, content: bytes) -> HttpResponse:
    """A PDF to be saved or printed."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
