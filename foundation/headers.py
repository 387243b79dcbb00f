"""What answers carry beside the page. Uses no model, since the settings name it."""

from collections.abc import Callable
from functools import cache
from wsgiref.headers import Headers

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Responder = Callable[[HttpRequest], HttpResponseBase]
NONCE_HERE = "(nonce)"
NOT_USED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "serial", "usb"),
)
ON_EVERY_ANSWER = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_USED),
    "X-Frame-Options": "DENY",  # also where an answer never comes as far as Django's own
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet, noai, noimageai",
}


def private_pages(get_response: Responder) -> Responder:
    """Nothing is kept by a browser or proxy, and no page may use a camera or be used by another.

    Static files never come here: WhiteNoise answers them before, with `for_a_static_file`.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        for name, value in ON_EVERY_ANSWER.items():
            response[name] = value
        return response

    return respond


class ContentSecurity(CSPMiddleware):
    """django-csp's. What a page may do is put into words once: only the nonce is new in each answer."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        nonce = getattr(request, "_csp_nonce", None)
        if nonce is None or HEADER in response:
            return super().process_response(request, response)
        response[HEADER] = _policy().replace(NONCE_HERE, nonce)
        return response


@cache
def _policy() -> str:
    return build_policy(nonce=NONCE_HERE)


def for_a_static_file(headers: Headers, _path: str, _url: str) -> None:
    """What a style, script or typeface carries: no other site uses it, and nothing in it runs alone."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    headers["X-Frame-Options"] = "DENY"


def keep_nothing_of(response: HttpResponseBase) -> None:
    """Ask the browser to throw away what it kept of our pages, now that somebody has left.

    Not its cookies: the session is gone here already, and the one that says whose computer this is keeps
    strangers' wrong tries from slowing its owner down.
    """
    response["Clear-Site-Data"] = '"cache", "storage"'
