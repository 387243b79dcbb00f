"""What happens to a request before any page: the idle lock, and which setting it is for."""

import re
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from foundation import fence, standing
from foundation.headers import keep_nothing_of
from foundation.prepared import prepared
from foundation.templatetags.hedgerow import outside
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import record_for

from . import asked, held, once
from .keyring import Keyring
from .models import Member, RoleHeld, Setting, User
from .models.members import glass_open, may_be_tied
from .opened import secret_in

INSIDE = "config.setting_urls"  # the addresses behind /at/<setting>/
INSIDE_A_SETTING = re.compile(r"^(?P<prefix>/at/(?P<slug>[\w-]+))(?P<rest>/.*)?$")
SEEN = "seen"
STARTED = "started"
RAN_OUT = "ran_out"  # left in the empty session for the sign-in page
SEEN_EVERY = 30  # seconds between writes of the moment of last use
CLOCK_MAY_DIFFER = 120  # seconds, between servers; after more than that people sign in again

Next = Callable[[HttpRequest], HttpResponse]


def as_a_stranger(get_response: Next) -> Next:
    """Take away from requests to public pages whatever says who asks, before anybody looks at it.

    Without their cookies the signed-in and the stranger are the same: no session, no member, nothing
    that a record or the trail could name. No cookie is given back, so that nobody is signed out.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        place = INSIDE_A_SETTING.match(request.path_info)
        if place is None or not _leads_to_the_public(place["rest"] or "/"):
            return get_response(request)
        request.is_public = True  # type: ignore[attr-defined]
        request.COOKIES = {}
        response = get_response(request)
        response.cookies.clear()
        return response

    return middleware


def is_public(request: HttpRequest) -> bool:
    """Whether this is a page for the public, asked for by a stranger."""
    return getattr(request, "is_public", False)


@lru_cache(maxsize=1000)
def _leads_to_the_public(path: str) -> bool:
    """Also where somebody typed the address without the stroke at its end."""
    try:
        return getattr(resolve(f"{path.rstrip('/')}/", INSIDE).func, "door", "") == "public"
    except Resolver404:
        return False


def idle_lock(get_response: Next) -> Next:
    """Sign out a session that nobody used for some minutes, or that is a working day old.

    What was being typed is kept. The length of a session counts from signing in, used or not.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        ran_out = isinstance(request.user, User) and _has_run_out(request)
        if ran_out:
            _sign_out(request, request.user)  # type: ignore[arg-type]  # as was just seen
        response = get_response(request)
        if ran_out:
            keep_nothing_of(response)
        return response

    return middleware


def _has_run_out(request: HttpRequest) -> bool:
    """Whether the session was idle or lasted too long; otherwise it has been used just now."""
    now = time.time()
    started = request.session.setdefault(STARTED, now)
    seen = request.session.get(SEEN, now)
    idle, old = now - seen, now - started
    if idle > settings.IDLE_MINUTES * 60 or old > settings.SESSION_COOKIE_AGE:
        return True
    if min(idle, old) < -CLOCK_MAY_DIFFER:  # it was put back: for how long was nobody here?
        return True
    if SEEN not in request.session or idle > SEEN_EVERY:
        request.session[SEEN] = now
        standing.used(settings.DATA)
    return False


def _sign_out(request: HttpRequest, user: User) -> None:
    record_for("session.ran_out", user, setting_id=INSTALLATION, by=user)
    logout(request)
    request.session[RAN_OUT] = True


class MembershipMiddleware:
    """Take the setting from the address: /at/sunflowers/concerns/ is /concerns/ at Sunflowers.

    The wall between settings is in the address, not the session, so two tabs cannot be confused.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        place = INSIDE_A_SETTING.match(request.path_info)
        if place is None:
            return self.get_response(request)
        if place["rest"] is None:
            return HttpResponseRedirect(f"{request.path}/")
        outer = get_script_prefix()
        set_script_prefix(place["prefix"] + "/")
        try:
            return self._inside(request, place)
        finally:
            set_script_prefix(outer)

    def _inside(self, request: HttpRequest, place: re.Match[str]) -> HttpResponse:
        request.path_info = place["rest"]
        request.urlconf = INSIDE
        if is_public(request):
            request.setting = here = _setting(place["slug"])  # type: ignore[attr-defined]
            with fence.inside(here.pk):
                return self.get_response(request)
        if not isinstance(request.user, User):
            return _sign_in_again(request) or self.get_response(request)
        request.user = user = request.user.itself  # the page asks for it again and again
        member = _member(user, place["slug"])
        member.keyring = Keyring(member.setting_id, user.pk, secret_in(request))
        request.member = member  # type: ignore[attr-defined]
        request.keep_typing = partial(held.hold, request)  # type: ignore[attr-defined]
        with fence.inside(member.setting_id):
            response = self.get_response(request)
            once.settle(request, response)
        held.settle(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """A form that was taken before is not taken again, also where it could not be by now."""
        return once.earlier_answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Of the same form twice at one moment, the second goes where the first is led."""
        sent = isinstance(error, once.SentAlreadyError)
        return once.answer_of_the_first(request) if sent else None


def _sign_in_again(request: HttpRequest) -> HttpResponse | None:
    """The way to the sign-in page for a form or a part of a page; a whole page is Django's part."""
    wants_part = "HX-Request" in request.headers
    if request.method == "POST" and held.has_note(request):
        back = held.hold(request)
    elif wants_part:
        back = held.page_of(request)
    else:
        return None
    address = f"{outside('account_login')}?{urlencode({'next': back})}"
    return HttpResponseClientRedirect(address) if wants_part else HttpResponseRedirect(address)


def _setting(slug: str) -> Setting:
    setting = Setting.objects.filter(slug=slug).first()
    if setting is None:
        raise Http404
    return setting


def _at_the_door(user: UUID, slug: str, on: date, at: datetime) -> QuerySet[RoleHeld]:
    """One query instead of three on every page: the roles with the member, and what may be of them.

    Whether anybody at all may be close to them, whether they broke the glass, and what apps above ask.
    """
    held = RoleHeld.objects.current(on).filter(member__user=user, member__setting__slug=slug)
    held = held.annotate(is_tied=may_be_tied("member"), has_glass=glass_open("member", at))
    held = held.annotate(**asked.questions(on, at))
    return held.select_related("member__setting")


_AT_THE_DOOR = prepared(_at_the_door)


def _member(user: User, slug: str) -> Member:
    now = timezone.now()
    with fence.across("the door"):
        roles: list[Any] = _AT_THE_DOOR(user.pk, slug, timezone.localdate(now), now)
    if roles:
        member: Member = roles[0].member
        member.user = user
        member.current_roles = roles  # as `with_roles` leaves them
        member.is_tied = roles[0].is_tied
        member.may_have_glass = roles[0].has_glass
        return member
    if setting := Setting.objects.filter(slug=slug).first():
        record_for("setting.refused", setting, setting_id=setting.pk, by=user)
    raise Http404
