"""Pages about one's own sign-in, outside any setting. The forms and checks are allauth's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from foundation.headers import keep_nothing_of
from foundation.templatetags.hedgerow import outside
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import record_for, record_knock

from .adapters import DOOR, last_here
from .keyring import words_of
from .middleware import RAN_OUT
from .models import User
from .pages import for_anyone, for_signed_in, passed_second_check
from .second_factor import has_second_factor, may_set_up
from .sign_in import mark_of

Page = Callable[..., HttpResponse]
AFTER = "after_second_check"  # where the person was going when they had no second factor yet

RAN_OUT_SAID = "You were signed out because nobody used this screen for a while, or all day long."
KEPT_SAID = "What you typed is kept. Sign in and it will be back in its form, ready to send."
MOST = {"sign_in": "60/m", "passkey": "10/m"}  # tries


@for_anyone
def sign_in(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Allauth's page, which first says why the person is here again."""
    if request.method == "GET" and not request.user.is_authenticated:
        if request.session.pop(RAN_OUT, False):
            messages.info(request, RAN_OUT_SAID)
        if "held=" in request.GET.get("next", ""):
            messages.success(request, KEPT_SAID)
    if _are_too_many(request, "sign_in"):
        return slow_down(request)
    response: HttpResponse = account.login(request, **kwargs)
    return response


@for_anyone
def sign_out(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Allauth's page, and the browser is asked to keep nothing of ours."""
    response: HttpResponse = account.logout(request, **kwargs)
    if request.method == "POST":
        keep_nothing_of(response)
    return response


@for_signed_in
def change_password(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Allauth's page; whoever has no password yet chooses the first one through a mailed link."""
    if isinstance(request.user, User) and not request.user.has_usable_password():
        return HttpResponseRedirect(outside("account_reset_password"))
    response: HttpResponse = after_second_check(account.password_change)(request, **kwargs)
    return response


@require_safe
@for_signed_in
def second_check(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor and go on to `next`; teach how to make one to whoever has none.

    `again` asks for it though it was passed today: before something is given out.
    """
    wanted = safe_address(request.GET.get("next", "")) or request.session.pop(
        AFTER, outside("home")
    )
    if passed_second_check(request, just_now="again" in request.GET):
        return HttpResponseRedirect(wanted)
    if way := _way_to_check(request):
        return HttpResponseRedirect(f"{way}?{urlencode({'next': wanted})}")
    request.session[AFTER] = wanted
    return render(request, "people/second_check.html", {"may_set_up": may_set_up(request)})


def _way_to_check(request: HttpRequest) -> str:
    """The page that asks for the code app, else for the passkey; empty without a second factor."""
    if not isinstance(request.user, User) or not has_second_factor(request.user):
        return ""
    app = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    return outside("mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn")


@require_safe
@for_signed_in
def security(request: HttpRequest) -> HttpResponse:
    """What the person can do about their own sign-in."""
    has = isinstance(request.user, User) and has_second_factor(request.user)
    words = words_of(request.user) if isinstance(request.user, User) else []
    return render(request, "people/security.html", {"has_second_factor": has, "words": words})


@require_http_methods(["GET", "POST"])
@for_signed_in
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the session: the idle lock has just seen this request. A script gets a fresh key.

    Not the script of a page that was given to somebody else on this screen: it stays covered.
    """
    if request.method == "POST":
        return HttpResponse(status=204)
    if isinstance(request.user, User) and request.GET.get("for") not in {
        None,
        mark_of(request.user),
    }:
        return JsonResponse({}, status=409)
    return JsonResponse({"csrf": get_token(request)})


def slow_down(request: HttpRequest) -> HttpResponse:
    """Too many tries. It is a pause, never a lock."""
    return render(request, "people/slow_down.html", status=429)


def _are_too_many(request: HttpRequest, way: str) -> bool:
    """Count a try to sign in: by its address, and apart from that where somebody signed in before.

    Strangers on the same network have the same address. They must not keep out whoever works here.
    """
    known = last_here(request)
    config = {way: f"{MOST[way]}/key" if known else f"{MOST[way]}/ip"}
    return not ratelimit.consume(
        request, app="safeguarding.people", action=way, key=known, config=config
    )


def checks(view: Page) -> Page:
    """Put every second check, passed or not, in the trail."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user, before = request.user, len(get_authentication_records(request, request.user))
        response = view(request, *args, **kwargs)
        if request.method != "POST" or response.status_code == 429 or not isinstance(user, User):
            return response
        passed = get_authentication_records(request, user)[before:]
        event = "second_check.passed" if passed else "second_check.refused"
        way = str(passed[-1].get("type", passed[-1]["method"])) if passed else ""
        record_for(event, user, setting_id=INSTALLATION, by=user, details={"way": way})
        return response

    return checked


def passkeys(view: Page) -> Page:
    """Put a passkey that was not accepted in the trail, as a wrong password is."""

    @wraps(view)
    def tried(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _are_too_many(request, "passkey"):
            return slow_down(request)
        try:
            response = view(request, *args, **kwargs)
        except KeyError:  # allauth lets this escape when the browser's answer lacks a part
            response = HttpResponseRedirect(outside("account_login"))
        if request.method == "POST" and not request.user.is_authenticated:
            record_knock("sign_in.refused", INSTALLATION, by=DOOR)
        return response

    return tried


def after_second_check(view: Page) -> Page:
    """Ask whoever has a second factor for it first, so that a stolen password changes nothing."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        has_one = isinstance(request.user, User) and has_second_factor(request.user)
        if has_one and not passed_second_check(request):
            after = urlencode({"next": request.path})
            return HttpResponseRedirect(f"{outside('second_check')}?{after}")
        return view(request, *args, **kwargs)

    return asked


def sets_up(view: Page) -> Page:
    """Refuse to make a first second factor where only a password says who this is."""

    @wraps(view)
    def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if may_set_up(request) or not isinstance(user, User):
            return view(request, *args, **kwargs)
        record_for("second_factor.refused", user, setting_id=INSTALLATION, by=user)
        return render(request, "people/second_check.html", {"may_set_up": False}, status=403)

    return allowed


def changes_factors(view: Page) -> Page:
    """Put a change of second factors in the trail, in one transaction, and end other sessions."""

    @wraps(view)
    @transaction.atomic
    def changing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if request.method != "POST" or not isinstance(user, User):
            return view(request, *args, **kwargs)
        before = _factors(user)
        response = view(request, *args, **kwargs)
        after = _factors(user)
        for pk in before.keys() ^ after.keys():
            _record_change(request, user, pk, before, after)
        return response

    return changing


def _record_change(
    request: HttpRequest, user: User, pk: int, before: dict[int, str], after: dict[int, str]
) -> None:
    added = pk in after
    kind = after[pk] if added else before[pk]
    if added and kind != Authenticator.Type.RECOVERY_CODES:  # they have just shown that it works
        record_authentication(request, user, "mfa", id=pk, type=kind, reauthenticated=True)
    end_other_sessions(request, user)
    user.end_sessions()
    user.refresh_from_db(fields=["sessions_round"])
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()  # this one goes on
    event = "second_factor.added" if added else "second_factor.removed"
    record_for(event, user, setting_id=INSTALLATION, by=user, details={"way": kind})


def _factors(user: User) -> dict[int, str]:
    return dict(Authenticator.objects.filter(user_id=user.pk).values_list("pk", "type"))


def safe_address(address: str) -> str:
    """The address, if it leads to a page of ours."""
    return address if address and get_adapter().is_safe_url(address) else ""
