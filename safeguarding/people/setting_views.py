"""What the setting is, and when it is open."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from . import actions, held, permissions
from .as_seen import AsSeen
from .meanwhile import ChangedMeanwhile
from .models import Setting
from .pages import MemberRequest, attempt, for_keeping_people, for_members
from .permissions import require
from .setting_forms import AboutForm, HoursForm, TermsForm
from .views import show_form

ABOUT = (
    "Every page and paper made from now on has the new name. The address of your pages stays as it is. What "
    "was printed, agreed or sent before keeps the earlier name."
)


@require_safe
@for_members
def setting(request: MemberRequest) -> HttpResponse:
    """The details of the setting."""
    here = request.member.setting
    context = {
        "setting": here,
        "earlier": here.earlier(),
        "hours": here.opening_hours(),
        "terms": here.terms(),
        "may_change": permissions.may_change_setting(request.member, here),
    }
    return render(request, "people/setting.html", context)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def about(request: MemberRequest) -> HttpResponse:
    """What the setting is called, what it is, and its colour."""
    form, by = AboutForm(held.typed(request), here=_here(request)), request.member
    put = partial(actions.describe_setting, by=by)
    return _page(
        request, form, lambda seen: put(about=form.about(), seen=seen), "Your setting", ABOUT
    )


@require_http_methods(["GET", "POST"])
@for_keeping_people
def hours(request: MemberRequest) -> HttpResponse:
    """When the setting is open."""
    form, by = HoursForm(held.typed(request), now=_here(request).opening_hours()), request.member
    put = partial(actions.set_opening_hours, by=by)
    intro = "Leave both boxes empty for a day on which you are closed."
    return _page(
        request, form, lambda seen: put(hours=form.hours(), seen=seen), "Opening hours", intro
    )


@require_http_methods(["GET", "POST"])
@for_keeping_people
def terms(request: MemberRequest) -> HttpResponse:
    """The terms of this school year and the next."""
    form, by = TermsForm(held.typed(request), now=_here(request).terms()), request.member
    put = partial(actions.set_terms, by=by)
    intro = "Some duties are counted in terms. Leave the boxes you do not need empty."
    return _page(
        request, form, lambda seen: put(terms=form.terms(), seen=seen), "Term dates", intro
    )


def _here(request: MemberRequest) -> Setting:
    here = request.member.setting
    require(permissions.may_change_setting, request.member, here)
    return here


def _page(
    request: MemberRequest, form: AsSeen, put: Callable[[str], object], title: str, intro: str
) -> HttpResponse:
    back = reverse("people:setting")
    if _saved(request, form, put):
        return redirect(back)
    return show_form(request, form, title=title, button="Save", intro=intro, back=back)


def _saved(request: MemberRequest, form: AsSeen, put: Callable[[str], object]) -> bool:
    """Save it; where somebody else was quicker, show theirs, and let them send their own again."""

    def act() -> bool:
        try:
            put(form.cleaned_data["seen"])
        except ChangedMeanwhile as changed:
            form.look_again(changed.seen)
            raise
        return True

    return bool(attempt(request, form, act))
