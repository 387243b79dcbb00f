"""What a broken rule or a failing database looks like, and a form that came with a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from foundation import fence, refusing, views
from foundation.errors import RuleBroken
from foundation.headers import Responder

NO_FILES = (
    "A file came with that form. Files and pictures are not taken here, and nothing of it was kept. "
    "What you typed was not affected. Leave the file where it is and tell the safeguarding lead."
)


def outside_every_setting(get_response: Responder) -> Responder:
    """A request begins where no setting's records can be seen, until its address names one."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        with fence.outside():
            return get_response(request)

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
        if refusing.is_refusal(error):
            return views.not_saved(request, error)
        return None
