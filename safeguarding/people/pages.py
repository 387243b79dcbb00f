"""The doors of the pages. Every page has one; a page without a door fails the build (rule R2)."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from foundation.errors import RuleBroken
from foundation.templatetags.hedgerow import outside
from safeguarding.audit.trail import record_knock

from . import glass, held, once
from .models import Member, Setting
from .roles import READS_CASES

P = ParamSpec("P")
Row = TypeVar("Row", bound=models.Model)
Done = TypeVar("Done")
PAGE = 50


class MemberRequest(HttpRequest):
    """A request by a signed-in member, inside one setting."""

    member: Member
    htmx: HtmxDetails


class PublicRequest(HttpRequest):
    """A request by anyone at all, inside one setting. It says nothing of who asks."""

    setting: Setting


View = Callable[Concatenate[MemberRequest, P], HttpResponse]
PublicView = Callable[Concatenate[PublicRequest, P], HttpResponse]
Answering = Callable[..., HttpResponse]


def for_members(view: View[P]) -> View[P]:
    """A page for whoever is signed in to this setting. It shows what is `readable_by` them."""
    return _door(view, "members")


def for_case_content(view: View[P]) -> View[P]:
    """A page that shows what a case holds: it needs a second check in this session, always."""
    return _door(_with_second_check(view), "case content")


def for_keeping_people(view: View[P]) -> View[P]:
    """A page that changes who is here, what they may do, or who is called: it needs one too.

    A password that was seen over a shoulder must not be enough to make somebody a lead.
    """
    return _door(_with_second_check(view), "keeping people")


def for_those_asked(view: View[P]) -> View[P]:
    """A page about one thing somebody was asked to do for a case they may know nothing of.

    Whoever's roles read cases passes the second check first; nobody else needs one for it.
    """

    @wraps(view)
    def checked(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return second_check(request) if is_unchecked(request) else view(request, *args, **kwargs)

    return _door(checked, "members")


def is_unchecked(request: MemberRequest) -> bool:
    """Whether somebody whose roles read cases has not passed the second check in this session."""
    return bool(request.member.roles & READS_CASES) and not passed_second_check(request)


def for_signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page outside any setting, for whoever is signed in: their own sign-in and nothing else."""
    return _door(view, "signed in")


def for_anyone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that must work without signing in."""
    return _door(login_not_required(view), "anyone")


def for_the_public(view: PublicView[P]) -> PublicView[P]:
    """A page of a setting for anyone at all. It never learns who asks: `middleware.as_a_stranger`.

    There is no session that a forged form could use, and so no form key that could grow too old.
    """
    return _door(csrf_exempt(login_not_required(view)), "public")


def _with_second_check(view: View[P]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def checked(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if passed_second_check(request):
            response = view(request, *args, **kwargs)
            if request.member.may_have_glass and response.status_code == HTTPStatus.OK:
                glass.mark(request.member, request.resolver_match)
            return response
        return second_check(request)

    return checked


def checked_just_now(find: Callable[..., object]) -> Callable[[Answering], Answering]:
    """Beneath a door: a page that gives out or gives power asks for the second check anew.

    Somebody else may have sat down at a screen that was left open. What was typed is kept. What the
    page is about is looked for before: whoever may not see it finds nothing, checked or not (rule R6).
    """

    def around(view: Answering) -> Answering:
        @wraps(view)
        def checked(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if passed_second_check(request, just_now=True):
                return view(request, *args, **kwargs)
            find(request, *args, **kwargs)
            return second_check(request, just_now=True)

        checked.is_fresh = True  # type: ignore[attr-defined]
        return checked

    return around


def _door(view: Callable[..., HttpResponse], name: str) -> Callable[..., HttpResponse]:
    view.door = name  # type: ignore[attr-defined]
    return view


def passed_second_check(request: HttpRequest, *, just_now: bool = False) -> bool:
    """Whether this session showed a second factor recently enough; or within the last few minutes."""
    hours, minutes = settings.SECOND_FACTOR_HOURS, settings.SECOND_FACTOR_FRESH_MINUTES
    length = timedelta(minutes=minutes) if just_now else timedelta(hours=hours)
    oldest = (timezone.now() - length).timestamp()
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(r.get("method") == "mfa" and r.get("at", 0) >= oldest for r in records)


def second_check(request: HttpRequest, *, just_now: bool = False) -> HttpResponse:
    """Ask for the second check, keeping whatever was typed, then come back here."""
    wants_part = "HX-Request" in request.headers
    if request.method == "POST":
        back = held.hold(request)
    else:
        back = held.page_of(request) if wants_part else request.get_full_path()
    asked = {"next": back, "again": "yes"} if just_now else {"next": back}
    address = f"{outside('second_check')}?{urlencode(asked)}"
    return HttpResponseClientRedirect(address) if wants_part else HttpResponseRedirect(address)


def attempt(request: HttpRequest, form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """Do it, once, when the form was sent and is right. A broken rule becomes an error of the form.

    None means: show the form. Kept typing (see `held`) is only ever shown, never acted on.

    Raises:
        SentAlreadyError: The same was taken before; the middleware leads to where it led (see `once`).

    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return press(request, act)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return None


@transaction.atomic
def press(request: HttpRequest, act: Callable[[], Done]) -> Done:
    """Do what a button without a form asks, once. Pressed twice, it leads where the first press led.

    Whatever of it is looked for, and may be gone after the first press, is looked for before: what
    was sent is then known already (see `once`), and nobody is noted as refused for it.

    Raises:
        RuleBroken: It could not be done. A page says so.
        SentAlreadyError: The same was taken before.

    """
    once.remember(request)
    return act()


def paged(request: HttpRequest, rows: models.QuerySet[Row]) -> Page[Row]:
    """One page of at most 50 rows, as the address asks; the last one when it asks for too many."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def fetch(rows: models.QuerySet[Row], pk: UUID, request: MemberRequest) -> Row:
    """The row, or 404 with a line in the trail. Missing and not allowed look the same (rule R6)."""
    return shown(rows.filter(pk=pk).first(), rows.model, pk, request)


def shown(found: Row | None, model: type[Row], pk: UUID, request: MemberRequest) -> Row:
    """What was found, or else the same 404 with its line."""
    if found is None:
        record_knock(f"{model._meta.model_name}.refused", pk, by=request.member)
        raise Http404
    return found
