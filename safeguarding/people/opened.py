"""A person's key, opened for a session: half of it lies in the session, half in the browser's cookie."""

import base64
import os
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .keyring import NONCE, has_pair, make_pair, secret_of
from .models import User

IN_SESSION = "opened_key"


def open_for_session(request: HttpRequest, user: User, password: str) -> bool:
    """Open a person's pair with their password, or make their first, and keep it for this session."""
    secret = secret_of(user, password)
    if secret is None:
        if has_pair(user):
            return False
        secret = make_pair(user, password)
    keep_for_session(request, secret)
    return True


def keep_for_session(request: HttpRequest, secret: str) -> None:
    """Seal the secret under a new key for the browser's cookie, which `cookies` sends with the answer."""
    key, nonce = AESGCM.generate_key(bit_length=256), os.urandom(NONCE)
    held = nonce + AESGCM(key).encrypt(nonce, secret.encode(), _of_session(request))
    request.session[IN_SESSION] = base64.b64encode(held).decode()
    request.new_cookie = base64.urlsafe_b64encode(key).decode()  # type: ignore[attr-defined]


def secret_in(request: HttpRequest) -> str:
    """The secret half that this session and this browser hold together; empty without both."""
    cookie = getattr(request, "new_cookie", "") or request.COOKIES.get(settings.KEYRING_COOKIE, "")
    held = request.session.get(IN_SESSION, "")
    if not cookie or not held:
        return ""
    try:
        key, raw = base64.urlsafe_b64decode(cookie), base64.b64decode(held)
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], _of_session(request)).decode()
    except (InvalidTag, ValueError):
        return ""


def _of_session(request: HttpRequest) -> bytes:
    return f"opened|{request.session.get('_auth_user_id', '')}".encode()


def cookies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Send the browser its half of an opened key; take it away once the session has none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if new := getattr(request, "new_cookie", ""):
            response.set_cookie(
                settings.KEYRING_COOKIE,
                new,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
        elif settings.KEYRING_COOKIE in request.COOKIES and IN_SESSION not in request.session:
            response.delete_cookie(settings.KEYRING_COOKIE, samesite="Strict")
        return response

    return middleware
