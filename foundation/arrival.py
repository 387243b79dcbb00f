"""What is believed of a request before anything else looks at it, and which are not answered at all."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Responder = Callable[[HttpRequest], HttpResponseBase]

# Headers by which a proxy says who asks and how. From anybody else they are hearsay.
HEARSAY = (
    "HTTP_X_FORWARDED",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_X_ORIGINAL",
    "HTTP_X_REWRITE",
    "HTTP_X_HTTP_METHOD",
    "HTTP_X_REMOTE",
    "HTTP_REMOTE",
    "HTTP_X_USER",
)
PLAIN = (
    "<!doctype html><html lang='en-GB'><title>Hedgerow</title><h1>This address is not safe to use</h1>"
    "<p>It was opened without encryption, so others on the network could read along. Nothing was kept. "
    "Open it again with https:// in front. If that does not work, tell whoever looks after the "
    "computer. If someone is in danger, phone 999.</p>"
)
ELSEWHERE = (
    "<!doctype html><html lang='en-GB'><title>Hedgerow</title><h1>That came from another site</h1>"
    "<p>Another page asked for this in your name. Nothing was done. Open Hedgerow yourself, by its own "
    "address, and do it there. If someone is in danger, phone 999.</p>"
)


def by_the_proxy(get_response: Responder) -> Responder:
    """Believe what a proxy says only if it is one we were told of; forget it from everyone else.

    Afterwards REMOTE_ADDR is the computer that really asked, and the scheme is how it did.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        said = {name: request.META.pop(name) for name in [*request.META] if _is_hearsay(name)}
        if (sender := request.META.get("REMOTE_ADDR")) and sender in settings.PROXIES:
            request.META["REMOTE_ADDR"] = _who_asked(request, said)
            request.META["wsgi.url_scheme"] = _how(request, said)
        if not (settings.PLAIN_FROM_AFAR or request.is_secure() or _is_near(request)):
            return HttpResponse(PLAIN, status=403, headers={"Cache-Control": "no-store"})
        return get_response(request)

    return respond


def by_our_pages(get_response: Responder) -> Responder:
    """Refuse what a page of another site asked for, but for opening one of our pages as a page.

    The browser says so in headers that no script can set. One that says nothing is left to the token
    every form carries. Pages for the public mark what came from elsewhere and refuse nothing (rule R1).
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        is_public = getattr(request, "is_public", False)  # said by people.middleware.as_a_stranger
        if is_public or _is_ours(request) or _is_opening_a_page(request):
            return get_response(request)
        return HttpResponse(ELSEWHERE, status=403)

    return respond


def _is_hearsay(name: str) -> bool:
    return name.startswith(HEARSAY)


def _who_asked(request: HttpRequest, said: dict[str, str]) -> str:
    """The last address of the list: the one our own proxy wrote. What stands before it may be made up."""
    last = said.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return str(request.META["REMOTE_ADDR"])


def _how(request: HttpRequest, said: dict[str, str]) -> str:
    if not settings.HTTPS:
        return str(request.META["wsgi.url_scheme"])
    return "http" if said.get("HTTP_X_FORWARDED_PROTO", "https") != "https" else "https"


def _is_near(request: HttpRequest) -> bool:
    """Whether it came from this computer. A file socket has no address, and is here as well."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        return not address or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_ours(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}


def _is_opening_a_page(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    )
