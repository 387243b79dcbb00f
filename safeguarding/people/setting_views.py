"""What the setting is, and when it is open."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from . import actions, held, permissions
from .as_seen import AsSeen
from .meanwhile import ChangedMeanwhile
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
    here = request.member.setting
    require(permissions.may_change_setting, request.member, here)
    form = AboutForm(held.typed(request), here=here)
    if _saved(
        request,
        form,
        lambda seen: actions.describe_setting(by=request.member, about=form.about(), seen=seen),
    ):
        return redirect("people:setting")
    back, intro = reverse("people:setting"), ABOUT
    return show_form(request, form, title="Your setting", button="Save", intro=intro, back=back)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def hours(request: MemberRequest) -> HttpResponse:
    here = request.member.setting
    require(permissions.may_change_setting, request.member, here)
    form = HoursForm(held.typed(request), now=here.opening_hours())
    if _saved(
        request,
        form,
        lambda seen: actions.set_opening_hours(by=request.member, hours=form.hours(), seen=seen),
    ):
        return redirect("people:setting")
    back = reverse("people:setting")
    intro = "Leave both boxes empty for a day on which you are closed."
    return show_form(
        request, form, title="Opening hours", button="Save opening hours", intro=intro, back=back
    )


@require_http_methods(["GET", "POST"])
@for_keeping_people
def terms(request: MemberRequest) -> HttpResponse:
    here = request.member.setting
    require(permissions.may_change_setting, request.member, here)
    form = TermsForm(held.typed(request), now=here.terms())
    if _saved(
        request,
        form,
        lambda seen: actions.set_terms(by=request.member, terms=form.terms(), seen=seen),
    ):
        return redirect("people:setting")
    back = reverse("people:setting")
    intro = "Some duties are counted in terms. Leave the boxes you do not need empty."
    return show_form(
        request, form, title="Term dates", button="Save term dates", intro=intro, back=back
    )


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
