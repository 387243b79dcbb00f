"""Filing always works: where the records cannot take a report, the drop does (rule R1)."""

import re
from typing import Literal, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from foundation import again, standing
from foundation.headers import Responder
from foundation.views import as_whole_page

from . import around, drops

PAGE = re.compile(r"^/at/(?P<slug>[\w-]+)/(?P<page>tell-us|concerns/new)/?$")
FORMS = {"tell-us": "tell", "concerns/new": "report"}
ONLY_ASKS = {"add_person", "add_mark", "look"}  # buttons that send nothing
STILL_WORKS = re.compile(r"^/(accounts|demo)/|^/at/[\w-]+/lock/")
SAFE = {"GET", "HEAD", "OPTIONS"}


class FilingAlways:
    """Puts a report into the drop when the records are read-only, or could not take it."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        why = standing.read_only(settings.DATA, settings.LEAST_FREE)
        request.read_only = why  # type: ignore[attr-defined]
        place = PAGE.match(request.path_info) if request.method == "POST" else None
        if why and request.method not in SAFE:
            if place and (kept := _keep(request, place)):
                return kept
            if not STILL_WORKS.match(request.path_info) and not place:
                return as_whole_page(_closed(request, why))
        response = cast("HttpResponse", self.get_response(request))
        if place and getattr(response, "could_not_save", False):
            return _keep(request, place) or response
        return response


def _keep(request: HttpRequest, place: re.Match[str]) -> HttpResponse | None:
    """A true receipt from the drop; None where nothing was sent, or where it could not be kept either."""
    if ONLY_ASKS & set(request.POST) or not _says_something(request):
        return None
    form = cast("Literal['tell', 'report']", FORMS[place["page"]])
    fields = {name: request.POST.getlist(name) for name in request.POST}
    try:
        code = drops.put_in(settings.DATA, form, place["slug"], fields)
    except (OSError, ValueError):
        return None
    context = {
        "code": code,
        "place": around.read(settings.DATA).place(place["slug"]),
        "own": form == drops.REPORT,
        "in_danger": request.POST.get("in_danger_now") == "yes",
    }
    return as_whole_page(HttpResponse(render_to_string("lock/kept.html", context)))


def _says_something(request: HttpRequest) -> bool:
    return any(
        request.POST.get(box, "").strip() for box in ("what", "saw", "heard", "did", "think")
    )


def _closed(request: HttpRequest, why: str) -> HttpResponse:
    _ = request.POST  # nothing has read it yet
    context = {"why": why, "again": again.to_send(request)}
    return HttpResponse(render_to_string("lock/read_only.html", context), status=503)
