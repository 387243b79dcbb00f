"""What every response carries."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Responder = Callable[[HttpRequest], HttpResponseBase]


def private_pages(get_response: Responder) -> Responder:
    """Nothing is kept by a browser or proxy, and no page may use a camera or be used by another.

    Static files never come here: WhiteNoise answers them before.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response

    return respond
