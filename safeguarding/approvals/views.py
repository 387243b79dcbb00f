"""What waits for a second person: shown in full, and answered."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.audit.trail import record_knock
from safeguarding.people import held
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_case_content,
    press,
)

from . import actions
from .asked import has_nobody
from .forms import NoForm, YesForm
from .models import Approval
from .permissions import may_go_alone, may_withdraw

MOST = 30


def _asked(request: MemberRequest, approval_id: UUID) -> Approval:
    return fetch(Approval.objects.readable_by(request.member).listed(), approval_id, request)


@require_safe
@for_case_content
def waiting(request: MemberRequest) -> HttpResponse:
    """What waits for this member, and what they asked for or could answer lately."""
    member = request.member
    rows = list(Approval.objects.to_approve(member).listed()[:MOST])
    known = {one.pk for one in rows}
    mine = Approval.objects.readable_by(member).listed()[: 2 * MOST]
    others = [one for one in mine if one.pk not in known][:MOST]
    context = {"waiting": rows, "others": others}
    return render(request, "approvals/waiting.html", context)


@require_safe
@for_case_content
def approval(request: MemberRequest, approval_id: UUID) -> HttpResponse:
    """One thing that was asked for: what will happen, in full, and how it stands."""
    found = _asked(request, approval_id)
    actions.read_approval(by=request.member, approval=found)
    return _shown(request, found, NoForm(held.typed(request)))


@require_POST
@for_case_content
@checked_just_now(_asked)
def approve(request: MemberRequest, approval_id: UUID) -> HttpResponse:
    """Say yes to exactly what stood on the page."""
    found = _asked(request, approval_id)
    form = YesForm(request.POST)
    member = request.member
    done = _tried(
        request,
        found,
        form,
        lambda: actions.approve(by=member, approval=found, seen=form.cleaned_data["seen"]),
    )
    if not done:
        return _shown(request, found, NoForm(None), problem=form)
    messages.success(request, "It is done, and whoever asked is told.")
    return redirect("approvals:waiting")


@require_POST
@for_case_content
@checked_just_now(_asked)
def go_alone(request: MemberRequest, approval_id: UUID) -> HttpResponse:
    """Do what one asked for, where nobody else could ever say yes."""
    found = _asked(request, approval_id)
    form = YesForm(request.POST)
    member = request.member
    done = _tried(
        request,
        found,
        form,
        lambda: actions.go_alone(by=member, approval=found, seen=form.cleaned_data["seen"]),
    )
    if not done:
        return _shown(request, found, NoForm(None), problem=form)
    messages.success(request, "It is done, and everybody who works here is told.")
    return redirect(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@for_case_content
def refuse(request: MemberRequest, approval_id: UUID) -> HttpResponse:
    """Say no, and why."""
    found = _asked(request, approval_id)
    form = NoForm(held.typed(request))
    member = request.member
    done = _tried(
        request,
        found,
        form,
        lambda: actions.refuse(by=member, approval=found, reason=form.cleaned_data["reason"]),
    )
    if not done:
        return _shown(request, found, form, problem=form)
    messages.success(request, "Nothing is done. Whoever asked is told why.")
    return redirect("approvals:waiting")


@require_POST
@for_case_content
def withdraw(request: MemberRequest, approval_id: UUID) -> HttpResponse:
    """Take back what one asked for."""
    found = fetch(Approval.objects.readable_by(request.member), approval_id, request)
    press(request, lambda: actions.withdraw(by=request.member, approval=found))
    messages.success(request, "You have taken it back. Nothing is done.")
    return redirect("approvals:waiting")


def _tried(
    request: MemberRequest,
    found: Approval,
    form: YesForm | NoForm,
    act: Callable[[], object],
) -> bool:
    """Whether it was done. A try that was refused leaves a line in the trail."""
    try:
        if attempt(request, form, act):
            return True
    except PermissionDenied:
        record_knock("approval.refused", found.pk, by=request.member)
        raise
    if request.method == "POST":
        record_knock("approval.refused", found.pk, by=request.member)
    return False


def _shown(
    request: MemberRequest,
    found: Approval,
    form: NoForm,
    problem: YesForm | NoForm | None = None,
) -> HttpResponse:
    member = request.member
    context = {
        "approval": found,
        "said": found.said_to(member),
        "may_answer": Approval.objects.to_approve(member).filter(pk=found.pk).exists(),
        "may_go_alone": may_go_alone(member, found),
        "waits_a_day": found.asked_by_id == member.pk and has_nobody(found),
        "may_withdraw": may_withdraw(member, found) and not found.is_answered,
        "result": found.of_kind.result(found) if found.is_given else "",
        "form": form,
        "problem": problem,
        "confidential": True,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "approvals/approval.html", context, status=status)
