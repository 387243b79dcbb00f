"""New colleagues: what they still have to be shown, and what they sign."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_members, paged
from safeguarding.people.permissions import require
from safeguarding.people.roles import AT_WORK
from safeguarding.training import actions, permissions
from safeguarding.training.forms import LeaveOutForm, ShowForm, SignForm, UntickForm
from safeguarding.training.library import AUDIENCES
from safeguarding.training.models import Induction, InductionItem

from ._show import show_form

MANY = 200
WITH_ITEMS = ("done__presenter__user", "signed", "by_mistake__said_by__user")


def _open(request: MemberRequest) -> QuerySet[Induction]:
    rows = Induction.objects.readable_by(request.member).open()
    return rows.select_related("member__user").order_by("starts", "created_at")


def _induction(request: MemberRequest, induction_id: UUID) -> Induction:
    rows = Induction.objects.readable_by(request.member)
    return fetch(rows.select_related("member__user", "setting", "left_out"), induction_id, request)


@require_safe
@for_members
def inductions(request: MemberRequest) -> HttpResponse:
    """Everybody who is new, with how far they have come."""
    require(permissions.may_see_everybody, request.member)
    standing = (
        InductionItem.objects.readable_by(request.member)
        .standing()
        .select_related("done", "signed")
    )
    page = paged(request, _open(request).prefetch_related(Prefetch("items", standing)))
    rows = [
        (one, AUDIENCES[one.audience], len(items), _count(items, "done"), _count(items, "signed"))
        for one in page
        for items in [list(one.items.all())]
    ]
    may_leave_out = permissions.may_record(request.member)
    context = {"page": page, "rows": rows, "may_leave_out": may_leave_out}
    return render(request, "training/inductions.html", context)


def _count(items: list[InductionItem], what: str) -> int:
    return sum(hasattr(one, what) for one in items)


@require_http_methods(["GET", "POST"])
@for_members
def induction(request: MemberRequest, induction_id: UUID) -> HttpResponse:
    """One person's first weeks; whoever leads them writes down what was shown."""
    found = _induction(request, induction_id)
    mark_seen(request.member, found.pk)
    every = list(found.items.select_related(*WITH_ITEMS))
    items = [one for one in every if not hasattr(one, "by_mistake")]
    form = _show_form(request, found, [one for one in items if not hasattr(one, "done")])
    if form and attempt(request, form, lambda: _show(request, found, form)):
        messages.success(request, "It is on record. They sign for it on their own page.")
        return redirect("training:induction", found.pk)
    context = {"induction": found, "items": items, "audience": AUDIENCES[found.audience]}
    context["mistaken"] = [one for one in every if hasattr(one, "by_mistake")]
    context["may_untick"] = _may_untick(request, found, items)
    status = 422 if form and form.is_bound and form.errors else 200
    return render(request, "training/induction.html", context | {"form": form}, status=status)


def _show_form(
    request: MemberRequest, found: Induction, left: list[InductionItem]
) -> ShowForm | None:
    leads = permissions.may_lead_induction(request.member, found)
    if request.method == "POST":
        require(permissions.may_lead_induction, request.member, found)
    if not leads or not left or hasattr(found, "left_out"):
        return None
    people = Member.objects.readable_by(request.member).exclude(pk=found.member_id)
    others = people.holding(AT_WORK, timezone.localdate()).select_related("user")
    return ShowForm(held.typed(request), items=left, people=others, me=request.member)


def _may_untick(request: MemberRequest, found: Induction, items: list[InductionItem]) -> bool:
    leads = permissions.may_lead_induction(request.member, found)
    return leads and not hasattr(found, "left_out") and any(one.can_be_mistaken for one in items)


@require_http_methods(["GET", "POST"])
@for_members
def by_mistake(request: MemberRequest, induction_id: UUID) -> HttpResponse:
    """Say that something was ticked by mistake."""
    found = _induction(request, induction_id)
    require(permissions.may_lead_induction, request.member, found)
    items = found.items.standing().select_related("done", "by_mistake")
    form = UntickForm(held.typed(request), items=[one for one in items if one.can_be_mistaken])
    if attempt(request, form, lambda: _untick(request, found, form)):
        messages.success(request, "It is on record, and is to be shown again.")
        return redirect("training:induction", found.pk)
    title = f"Ticked by mistake: first weeks of {found.member.display_name}"
    back = reverse("training:induction", args=[found.pk])
    return show_form(request, form, title=title, button="It was ticked by mistake", back=back)


def _untick(request: MemberRequest, found: Induction, form: UntickForm) -> bool:
    said: dict[str, Any] = {"items": form.chosen(), "reason": form.cleaned_data["reason"]}
    actions.say_ticked_by_mistake(by=request.member, induction=found, **said)
    return True


def _show(request: MemberRequest, found: Induction, form: ShowForm) -> bool:
    actions.show_items(by=request.member, induction=found, **form.values())
    return True


@require_POST
@for_members
def sign(request: MemberRequest, induction_id: UUID) -> HttpResponse:
    """The new colleague's own word, and nobody else's."""
    found = _induction(request, induction_id)
    require(permissions.may_sign, request.member, found)
    left = found.items.standing().filter(done__isnull=False, signed__isnull=True)
    form = SignForm(request.POST, items=left)
    if attempt(request, form, lambda: _sign(request, found, form)):
        messages.success(request, "Thank you. Your word is on record.")
        return redirect("training:mine")
    back, title = reverse("training:mine"), "Sign for what you were shown"
    return show_form(request, form, title=title, button="Sign", back=back)


def _sign(request: MemberRequest, found: Induction, form: SignForm) -> bool:
    actions.sign_items(by=request.member, induction=found, items=form.chosen())
    return True


@require_http_methods(["GET", "POST"])
@for_members
def leave_out(request: MemberRequest) -> HttpResponse:
    """Say for several people at once that they need no induction now."""
    require(permissions.may_record, request.member)
    rows = _open(request).exclude(member=request.member)[:MANY]
    form = LeaveOutForm(held.typed(request), inductions=rows)
    if attempt(request, form, lambda: _leave_out(request, form)):
        messages.success(request, "It is on record, with your reason.")
        return redirect("training:inductions")
    back, title = reverse("training:inductions"), "People who need no induction now"
    return show_form(request, form, title=title, button="Leave it out for them", back=back)


def _leave_out(request: MemberRequest, form: LeaveOutForm) -> bool:
    said: dict[str, Any] = {"inductions": form.chosen(), "reason": form.cleaned_data["reason"]}
    actions.leave_out_inductions(by=request.member, **said)
    return True


@require_POST
@for_members
def begin(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Begin somebody's first weeks by hand, today."""
    about = fetch(Member.objects.readable_by(request.member), member_id, request)
    begun = actions.begin_induction(by=request.member, member=about, starts=timezone.localdate())
    return redirect("training:induction", begun.pk)
