"""How allauth behaves here: who signs in, what a mail says, what the trail is told.

A password alone gives a session: filing a concern never waits for a second factor. Reading a case
does, each time a session wants to: see pages.for_case_content.
"""

import hashlib
import hmac
import time
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from foundation.templatetags.hedgerow import outside
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.tasks import sign_after_sign_out
from safeguarding.audit.trail import System, record_for, record_knock

from . import keyring, opened, sealing
from .middleware import SEEN, STARTED
from .models import User
from .places import count, recent
from .second_factor import BY_LINK, has_second_factor
from .tasks import send_letter

DOOR = System("sign-in", INSTALLATION)
KNOWN_DEVICE = f"{settings.HOST_ONLY}known_device"
AN_HOUR = 60 * 60
A_YEAR = 365 * 24 * AN_HOUR
LETTERS_IN_AN_HOUR = 6  # with links that anybody may ask for: more would bury what else is mailed
ABOUT = "second factor"

# allauth's mail, and the letter that goes out instead.
LETTERS = {
    "mfa/email/totp_activated": "second_check_added",
    "mfa/email/webauthn_added": "second_check_added",
}
ANY_CHANGE = "sign_in_changed"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in: closed to strangers, plain in its words, on record in the trail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "That e-mail address and password do not belong together. Check both and try again."
        ),
        "incorrect_password": "That is not your password. Check it and try again.",
        "too_many_login_attempts": (
            "There were several wrong tries. Wait a minute and try again; you are not locked out. "
            "If it cannot wait, use your passkey, or phone your safeguarding lead."
        ),
        "rate_limited": "There were several wrong tries. Wait a minute, then try again.",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts are made by the manager of a setting."""
        return False

    def get_login_stages(self) -> list[str]:
        """None: the second check is asked for by the pages that need it."""
        return []

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Whoever has a second factor proves it is them with that, not with the password alone.

        Otherwise a stolen password would be enough to add a factor of one's own and read cases.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if isinstance(user, User) and has_second_factor(user):
            return [way for way in methods if way["id"] != "reauthenticate"]
        return methods

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return outside("home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return outside("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return outside("security")

    def get_reset_password_from_key_url(self, key: str) -> str:  # noqa: ARG002
        """None: the link is made in the letter itself, so that no row in the database holds it."""
        return ""

    def send_password_reset_mail(
        self,
        user: AbstractBaseUser,
        email: str,  # noqa: ARG002  as it was typed; the letter goes to the person's own address
        context: dict[str, Any],  # noqa: ARG002
    ) -> None:
        sent = f"reset/{user.pk}"
        if len(recent(sent, AN_HOUR)) < LETTERS_IN_AN_HOUR:  # an earlier link opens as well
            count(sent, AN_HOUR)  # only what is sent: who keeps asking would stop them all
            send_letter.enqueue("reset", str(user.pk))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try. Where the person is at home, not by an address that a stranger may share with them."""
        if not _is_at_home(request, **credentials):
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            key=self._get_login_attempts_cache_key(request, **credentials),
            config={"login_failed": settings.WRONG_AT_HOME},
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Keep the password until the session begins, where it opens the person's key."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None and "password" in credentials:
            request.opens_with = credentials["password"]  # type: ignore[attr-defined]
        return user

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        ways = [record["method"] for record in get_authentication_records(request, user)]
        way = ways[-1] if ways else "set-up"
        super().login(request, user)
        request.session[STARTED] = request.session[SEEN] = time.time()
        request.session[BY_LINK] = way == "password_reset"
        if isinstance(user, User) and (password := getattr(request, "opens_with", "")):
            opened.open_for_session(request, user, password)
        _record("session.started", user, way=way)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        secure = settings.SESSION_COOKIE_SECURE
        response.set_signed_cookie(
            KNOWN_DEVICE,
            str(user.pk),
            salt=KNOWN_DEVICE,
            max_age=A_YEAR,
            secure=secure,
            httponly=True,
            samesite="Lax",
        )
        return response

    def logout(self, request: HttpRequest) -> None:
        _record("session.ended", request.user)
        sign_after_sign_out.enqueue()
        super().logout(request)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        if isinstance(user, User):
            _keep_key(context.request, user, password)
        _record("password.changed", user)

    def authentication_failed(
        self,
        request: HttpRequest,  # noqa: ARG002
        **credentials: Any,
    ) -> None:
        """Leave a line about whom it was tried for; an address we do not know only as a digest."""
        email = str(credentials.get("email", "")).lower()
        digest = hmac.digest(settings.SECRET_KEY.encode(), email.encode(), hashlib.sha256)
        user = User.objects.filter(email=email).first()
        record_knock("sign_in.refused", user.pk if user else UUID(bytes=digest[:16]), by=DOOR)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong tries from a computer this person used before apart from everyone else's.

        A stranger who keeps guessing then slows down strangers, not the lead at her own desk.
        """
        key = f"{credentials.get('email', '')}".lower()
        return f"{key} at home" if _is_at_home(request, **credentials) else key

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, *_args: Any, **_more: Any
    ) -> None:
        """Queue one of our letters. They say that something happened, and nothing about anyone."""
        send_letter.enqueue(LETTERS.get(template_prefix, ANY_CHANGE), str(user.pk))

    def send_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
    ) -> None:
        """Refuse: every letter goes through the two above, which keep no address and no link."""
        raise NotImplementedError(f"There is no letter of ours for {template_prefix}.")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals code-app secrets and recovery seeds, so that a copy of the database holds neither."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "That code did not work. Wait for the next one in your app and type it here. "
            "A code works once."
        ),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        """What a passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"

    def encrypt(self, text: str) -> str:
        return sealing.seal_text(text, ABOUT)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal_text(encrypted_text, ABOUT)

    def _get_site_name(self) -> str:
        return "Hedgerow"


def last_here(request: HttpRequest) -> str:
    """The id of whoever signed in last on this computer; empty where nobody did within a year."""
    try:
        return str(request.get_signed_cookie(KNOWN_DEVICE, salt=KNOWN_DEVICE, max_age=A_YEAR))
    except (BadSignature, KeyError):
        return ""


def _is_at_home(request: HttpRequest, **credentials: Any) -> bool:
    """Whether it is the person who signed in last on this computer whose password is tried."""
    known, email = last_here(request), f"{credentials.get('email', '')}".lower()
    return bool(known) and User.objects.filter(pk=known, email=email).exists()


def _keep_key(request: HttpRequest | None, user: User, password: str) -> None:
    """Wrap the person's key with the new password; a new key where nobody here has the old one open."""
    if request is None or not keyring.has_pair(user):
        if request is not None:
            request.opens_with = password  # type: ignore[attr-defined]
        return
    old = str(request.POST.get("oldpassword", ""))
    is_theirs = request.user.pk == user.pk
    secret = opened.secret_in(request) if is_theirs else ""
    secret = secret or keyring.secret_of(user, old) or ""
    if not secret or not keyring.wrap_again(user, secret, password):
        secret = keyring.make_pair(user, password)
    if is_theirs:
        opened.keep_for_session(request, secret)
    request.opens_with = password  # type: ignore[attr-defined]


def _record(event: str, user: Any, **details: str) -> None:
    if isinstance(user, User):
        record_for(event, user, setting_id=INSTALLATION, by=user, details=details)
