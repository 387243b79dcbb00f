"""Breaking the glass for a child in an emergency, and looking at it afterwards."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.concerns import actions
from safeguarding.concerns.forms.glass import GlassForm, GlassReviewForm
from safeguarding.concerns.models import Case
from safeguarding.concerns.permissions import children_for_glass
from safeguarding.concerns.readings import pages_under
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.models import BreakGlass, Child
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_case_content,
)
from safeguarding.people.permissions import may_review_glass

from ._forms import show

MOST = 50


def _child(request: MemberRequest, child_id: UUID) -> Child:
    """A child for whom this member could break it."""
    rows = Child.objects.readable_by(request.member).filter(children_for_glass(request.member))
    return fetch(rows.select_related("setting"), child_id, request)


@require_safe
@for_case_content
def glass(request: MemberRequest) -> HttpResponse:
    """What was broken and by whom; and the children for whom this member could."""
    rows = BreakGlass.objects.readable_by(request.member)
    rows = rows.select_related("member__user", "child", "review__reviewed_by__user")
    children = Child.objects.readable_by(request.member).filter(children_for_glass(request.member))
    context = {
        "rows": rows.order_by("-created_at")[:MOST],
        "children": children.order_by("known_as")[: 10 * MOST],
        "confidential": True,
    }
    return render(request, "concerns/glass.html", context)


@require_http_methods(["GET", "POST"])
@for_case_content
@checked_just_now(_child)
def break_glass(request: MemberRequest, child_id: UUID) -> HttpResponse:
    """Say why it cannot wait. A child one is close to is as if it were not there."""
    child = _child(request, child_id)
    form = GlassForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.break_glass(by=request.member, child=child, **form.cleaned_data),
    )
    if done:
        return redirect("concerns:broken_glass", done.pk)
    return show(request, "concerns/break_glass.html", form=form, child=child, confidential=True)


@require_http_methods(["GET", "POST"])
@for_case_content
def broken_glass(request: MemberRequest, glass_id: UUID) -> HttpResponse:
    """Why somebody broke it, until when, and each page they read; and a review by somebody else."""
    rows = BreakGlass.objects.readable_by(request.member).select_related("member__user", "child")
    broken = fetch(rows.select_related("review__reviewed_by__user"), glass_id, request)
    mark_seen(request.member, broken.pk)
    form = GlassReviewForm(held.typed(request))
    done = attempt(request, form, lambda: _review(request, broken, form))
    if done:
        return redirect("concerns:broken_glass", broken.pk)
    own = broken.member_id == request.member.pk
    cases = Case.objects.readable_by(request.member).filter(record_class__in=["C1", "C2"])
    context = {
        "broken": broken,
        "read": pages_under(broken),
        "may_review": may_review_glass(request.member, broken) and not broken.is_reviewed,
        "cases": cases.with_child(broken.child)[:MOST] if own and broken.is_running else [],
        "form": form,
        "confidential": True,
    }
    return show(request, "concerns/broken_glass.html", **context)


def _review(request: MemberRequest, broken: BreakGlass, form: GlassReviewForm) -> object:
    right = form.cleaned_data["was_right"] == "yes"
    note = form.cleaned_data["note"]
    return actions.review_glass(by=request.member, broken=broken, was_right=right, note=note)
