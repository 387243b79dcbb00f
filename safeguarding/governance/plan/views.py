"""The action plan, looking at practice, and one thing that should improve."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.people import held
from safeguarding.people.pages import (
    PAGE,
    MemberRequest,
    attempt,
    fetch,
    for_members,
    for_those_asked,
    paged,
)
from safeguarding.people.permissions import require

from . import actions, forms, permissions
from .models import Evaluation, Improvement


@require_safe
@for_members
def plan(request: MemberRequest) -> HttpResponse:
    """What is to be done, what was done, and each time practice was looked at."""
    member = request.member
    require(permissions.may_keep_plan, member)
    items = Improvement.objects.readable_by(member).listed()
    before = Evaluation.objects.readable_by(member).select_related("written_by")
    page = {
        "open": items.filter(done__isnull=True)[:PAGE],
        "page": paged(request, items.filter(done__isnull=False).order_by("-done__created_at")),
        "evaluations": before.order_by("-held_on")[:PAGE],
        "today": timezone.localdate(),
    }
    return _show(request, "governance/plan/plan.html", page)


@require_http_methods(["GET", "POST"])
@for_members
def evaluate(request: MemberRequest) -> HttpResponse:
    """Look at practice: what is strong, what should improve, who sees to it by when."""
    member = request.member
    require(permissions.may_keep_plan, member)
    form = forms.EvaluateForm(held.typed(request), by=member)
    if attempt(request, form, lambda: actions.write_evaluation(by=member, **form.values())):
        messages.success(request, "It is on record, and what should improve is on the plan.")
        return redirect("governance:plan")
    return _show(request, "governance/plan/evaluate.html", {"form": form})


@require_safe
@for_members
def evaluation(request: MemberRequest, evaluation_id: UUID) -> HttpResponse:
    """What was found on one day."""
    rows = Evaluation.objects.readable_by(request.member).select_related("written_by")
    found = fetch(rows, evaluation_id, request)
    items = Improvement.objects.readable_by(request.member).filter(evaluation=found).listed()
    page = {"evaluation": found, "items": items, "today": timezone.localdate()}
    return _show(request, "governance/plan/evaluation.html", page)


@require_http_methods(["GET", "POST"])
@for_members
def add(request: MemberRequest) -> HttpResponse:
    """Put something that came up onto the plan."""
    member = request.member
    require(permissions.may_keep_plan, member)
    form = forms.ImproveForm(held.typed(request), by=member)
    if attempt(request, form, lambda: actions.plan_improvement(by=member, **form.values())):
        messages.success(request, "It is on the plan. Whoever sees to it finds it on Today.")
        return redirect("governance:plan")
    return _show(request, "governance/plan/add_improvement.html", {"form": form})


@require_http_methods(["GET", "POST"])
@for_those_asked
def improvement(request: MemberRequest, improvement_id: UUID) -> HttpResponse:
    """One thing that should improve; a box to say that it is done, or comes off the plan."""
    member = request.member
    rows = Improvement.objects.readable_by(member).listed()
    found = fetch(rows, improvement_id, request)
    form = forms.DoneForm(held.typed(request), by=member)
    act = lambda: actions.finish_improvement(by=member, improvement=found, **form.cleaned_data)  # noqa: E731
    if attempt(request, form, act):
        messages.success(request, "It is on record, and is not to be done any more.")
        return redirect("governance:improvement", found.pk)
    page = {"item": found, "form": form, "may_keep": permissions.may_keep_plan(member)}
    return _show(request, "governance/plan/improvement.html", page)


def _show(request: MemberRequest, template: str, page: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    page = {**page, "confidential": True}
    return render(request, template, page, status=status)
