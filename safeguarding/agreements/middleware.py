"""The gate: whoever has not signed what they are asked to reports, gets help and signs; no more."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from foundation.headers import Responder
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.roles import READS_CASES

from .gate import OPEN, is_shut
from .standing import own


class AgreementGate:
    """Asks nothing of the database for whoever has signed. Every page is shut unless gate.yaml opens it."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        member: Member | None = getattr(request, "member", None)
        match = request.resolver_match
        if member is None or match is None or match.view_name in OPEN or not is_shut(member):
            return None
        kept = held.hold(request) if request.method == "POST" else ""
        if "HX-Request" in request.headers:
            return HttpResponseClientRedirect(member.setting.link_to("agreements:own"))
        return _shut(request, member, kept)


def _shut(request: HttpRequest, member: Member, kept: str) -> HttpResponse:
    """What is missing, what was kept, and how to sign."""
    stands = [one for one in own(member, timezone.localdate()) if one.is_missing]
    page = {
        "stands": stands,
        "kept": kept if "held=" in kept else "",
        "reads_cases": bool(member.roles & READS_CASES),
    }
    return render(request, "agreements/shut.html", page, status=HTTPStatus.FORBIDDEN)
