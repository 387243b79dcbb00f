"""What every response carries, and what a broken rule or a failing database looks like."""

from collections.abc import Callable

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from foundation import headers, views
from foundation.errors import RuleBroken

NO_FILES = (
    "A file came with that form. Files and pictures are not taken here, and nothing of it was kept. "
    "What you typed was not affected. Leave the file where it is and tell the safeguarding lead."
)

Responder = Callable[[HttpRequest], HttpResponseBase]


def private_pages(get_response: Responder) -> Responder:
    """Nothing is kept by a browser or proxy, and no page may use a camera or be used by another.

    Static files never come here: WhiteNoise answers them before, with `headers.for_a_static_file`.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        for name, value in headers.ON_EVERY_ANSWER.items():
            response[name] = value
        return response

    return respond


def _came_with_a_file(request: HttpRequest) -> bool:
    _ = request.POST  # only once the form is read is it known
    return getattr(request, "refused_file", False)


class RulesMiddleware:
    """Turns the errors a person can act on into pages that say how."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Say so when a form came with a file: it was thrown away while it arrived."""
        if request.method == "POST" and _came_with_a_file(request):
            messages.warning(request, NO_FILES)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RuleBroken):
            return views.rule_broken(request, error)
        if isinstance(error, OperationalError):
            return views.not_saved(request, error)
        return None
