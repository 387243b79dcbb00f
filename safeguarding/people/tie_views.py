"""Who is close to whom: one's own ties, those of others, and a second person's word on them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from . import actions, held, permissions
from .forms import EndTieForm, TieForm
from .lines import tie_lines
from .models import Member, Relationship
from .pages import MemberRequest, attempt, fetch, for_keeping_people, for_those_asked, press
from .permissions import require
from .views import show_form


@require_http_methods(["GET", "POST"])
@for_those_asked
def my_ties(request: MemberRequest) -> HttpResponse:
    """With whom one is close oneself. Who opens cases passes the second check: it shuts one out."""
    return _ties(request, request.member)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def ties(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """With whom somebody else is close, as far as one knows."""
    rows = Member.objects.readable_by(request.member).select_related("user", "setting")
    return _ties(request, fetch(rows, member_id, request))


def _ties(request: MemberRequest, about: Member) -> HttpResponse:
    require(permissions.may_declare_relationship, request.member, about)
    form = TieForm(held.typed(request), member=request.member, about=about)
    declared = attempt(request, form, lambda: _declare(request.member, about, form))
    if declared:
        messages.success(request, "Thank you. It is on record.")
        return redirect(request.path)
    context = {"form": form, "about": about, "ties": tie_lines(request.member, about)}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/ties.html", context, status=status)


def _declare(by: Member, about: Member, form: TieForm) -> Relationship:
    return actions.declare_relationship(by=by, about=about, **form.cleaned_data)


@require_POST
@for_those_asked
def confirm_tie(request: MemberRequest, tie_id: UUID) -> HttpResponse:
    tie = fetch(Relationship.objects.readable_by(request.member), tie_id, request)
    press(request, lambda: actions.confirm_relationship(by=request.member, tie=tie))
    messages.success(request, "Thank you. The tie counts from now.")
    in_it = request.member.pk in tie.pair
    return redirect("people:my_ties" if in_it else "people:waiting")


@require_http_methods(["GET", "POST"])
@for_keeping_people
def end_tie(request: MemberRequest, tie_id: UUID) -> HttpResponse:
    rows = Relationship.objects.readable_by(request.member).select_related(
        "member__user", "other_member__user", "child"
    )
    tie = fetch(rows, tie_id, request)
    require(permissions.may_end_relationship, request.member, tie)
    form = EndTieForm(held.typed(request))
    ended = attempt(
        request,
        form,
        lambda: actions.end_relationship(by=request.member, tie=tie, **form.cleaned_data),
    )
    back = reverse("people:member", args=[tie.member_id])
    if ended:
        messages.success(request, "The tie has ended. It keeps nobody out of anything from now.")
        return redirect(back)
    title = f"End the tie of {tie.member.display_name} and {tie.other_member or tie.child}"
    return show_form(request, form, title=title, button="End this tie now", back=back)
