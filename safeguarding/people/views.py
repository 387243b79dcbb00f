"""Home, and the pages about people in a setting."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from foundation import fence
from foundation import views as ground
from foundation.forms import Form

from . import actions, held, permissions
from .forms import EndRoleForm, MemberForm, RoleForm
from .lines import role_lines, tie_lines
from .models import Member, RoleHeld, Setting, User
from .pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_anyone,
    for_keeping_people,
    for_members,
    paged,
)
from .permissions import require
from .roles import AT_WORK, FOUR_EYES, Role

SOMEONE_ELSES = (
    "This form was begun by somebody else on this screen. Nothing was sent. What they typed is "
    "kept for them and for nobody else."
)
CAME_BACK = (
    "This page had been open too long. Nothing was sent. What you typed is back in the form."
)

GIVEN = "It is on record. The role counts from its first day."
GIVEN_AND_WAITS = "It is on record. The role counts once a second person has confirmed it."
ANEW = (
    "As somebody else here has seen their link, they have been mailed a new one, to choose a password "
    "and set up their second check again."
)
ENDED = "The role has ended. It counts from now."
ENDED_AND_WAITS = "It is on record. The role ends once a second person has confirmed that."


def _member(request: MemberRequest, member_id: UUID) -> Member:
    return fetch(Member.objects.readable_by(request.member), member_id, request)


@require_safe
@for_anyone
def home(request: HttpRequest) -> HttpResponse:
    """The way in: to the person's setting, to a choice of them, or to the first set-up."""
    if not Setting.objects.exists():
        return redirect("welcome:start")
    if not isinstance(request.user, User):
        return redirect_to_login(request.path, settings.LOGIN_URL)
    with fence.across("the door"):
        mine = list(Member.objects.open_to(request.user, timezone.localdate()))
    if len(mine) == 1:
        return HttpResponseRedirect(mine[0].setting.home)
    return render(request, "people/home.html", {"memberships": mine})


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an old key: keep the typing and show it again, if it is really a form of ours."""
    if request.method != "POST" or not held.has_note(request) or not request.user.is_authenticated:
        return ground.stale_form(request, reason)
    back = held.hold(request)
    if not held.is_theirs(request):
        messages.warning(request, SOMEONE_ELSES)
        back = back.partition("?")[0]
    elif "held=" in back:
        messages.info(request, CAME_BACK)
    wants_part = "HX-Request" in request.headers
    return HttpResponseClientRedirect(back) if wants_part else HttpResponseRedirect(back)


def show_form(
    request: MemberRequest, form: Form, *, title: str, button: str, intro: str = "", back: str
) -> HttpResponse:
    """A page with one form and one button."""
    context = {"form": form, "title": title, "button": button, "intro": intro, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/form.html", context, status=status)


@require_safe
@for_members
def members(request: MemberRequest) -> HttpResponse:
    """Everyone here, with their roles."""
    require(permissions.may_see_members, request.member)
    rows = Member.objects.readable_by(request.member).with_roles(timezone.localdate())
    page = paged(request, rows.order_by("name", "pk"))
    may_add = permissions.may_manage_people(request.member)
    return render(request, "people/members.html", {"page": page, "may_add": may_add})


def _list(_request: MemberRequest) -> None:
    """What a page about nobody yet looks for first: nothing."""


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_list)
def add_member(request: MemberRequest) -> HttpResponse:
    require(permissions.may_manage_people, request.member)
    form = MemberForm(held.typed(request))
    new = attempt(
        request, form, lambda: actions.add_member(by=request.member, person=form.person())
    )
    if new:
        return redirect("people:invite", new.pk)
    back = reverse("people:members")
    return show_form(request, form, title="Add a person", button="Add this person", back=back)


@require_safe
@for_members
def member(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """One person: roles, ties and what can be done."""
    rows = Member.objects.readable_by(request.member).with_roles(timezone.localdate())
    about = fetch(rows, member_id, request)
    context = {
        "about": about,
        "sees_all": permissions.may_see_members(request.member),
        "works_here": bool(request.member.roles & AT_WORK),
        "roles": role_lines(request.member, about),
        "ties": tie_lines(request.member, about),
        "may_rename": permissions.may_rename(request.member, about),
        "may_invite": permissions.may_invite(request.member, about),
        "may_give": permissions.may_give_roles(request.member, about),
        "may_declare": permissions.may_declare_relationship(request.member, about),
    }
    return render(request, "people/member.html", context)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_member)
def invite(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Make the link with which somebody chooses their own password. It is shown this once."""
    about = _member(request, member_id)
    require(permissions.may_invite, request.member, about)
    context = {"about": about, "made": request.method == "POST", "link": ""}
    if request.method == "POST":
        context["link"] = actions.invite(by=request.member, to=about)
    return render(request, "people/invite.html", context)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_member)
def grant_role(request: MemberRequest, member_id: UUID) -> HttpResponse:
    about = _member(request, member_id)
    require(permissions.may_give_roles, request.member, about)
    roles = [one for one in Role if permissions.may_grant_role(request.member, about, one)]
    form = RoleForm(held.typed(request), roles=roles)
    said = attempt(request, form, lambda: _grant(request.member, about, form))
    if said:
        messages.success(request, said)
        return redirect("people:member", about.pk)
    back = reverse("people:member", args=[about.pk])
    title = f"Give {about.display_name} a role"
    return show_form(request, form, title=title, button="Give this role", back=back)


def _grant(by: Member, to: Member, form: RoleForm) -> str:
    """Give the role. What is said of it; also that they choose a password anew, if a link was seen."""
    given, seen = form.cleaned_data, to.user.link_shown_at is not None
    role = Role(given["role"])
    row = actions.grant_role(by=by, to=to, role=role, starts=given["starts"], ends=given["ends"])
    said = GIVEN if row.is_confirmed else GIVEN_AND_WAITS
    return f"{said} {ANEW}" if seen and role in FOUR_EYES else said


@require_http_methods(["GET", "POST"])
@for_keeping_people
def end_role(request: MemberRequest, role_id: UUID) -> HttpResponse:
    rows = RoleHeld.objects.readable_by(request.member).select_related("member__user")
    row = fetch(rows, role_id, request)
    require(permissions.may_end_role, request.member, row)
    form = EndRoleForm(held.typed(request))
    ended = attempt(
        request, form, lambda: actions.end_role(by=request.member, held=row, **form.cleaned_data)
    )
    if ended:
        messages.success(request, ENDED if ended.counts else ENDED_AND_WAITS)
        return redirect("people:member", row.member_id)
    back = reverse("people:member", args=[row.member_id])
    title = f"End the role “{row}” of {row.member.display_name}"
    return show_form(request, form, title=title, button="End this role now", back=back)
