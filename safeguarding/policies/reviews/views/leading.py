"""Asking for a review, deciding about it, opening it, doing its tasks, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeguarding.law.library import guidance
from safeguarding.law.schema import Guidance
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_members
from safeguarding.people.permissions import require
from safeguarding.policies.models import Policy, PolicyVersion
from safeguarding.policies.reviews import actions, permissions
from safeguarding.policies.reviews.due import Standing, standings
from safeguarding.policies.reviews.forms import (
    AskForm,
    BeforeForm,
    OpenForm,
    OutcomeForm,
    RefuseForm,
    TaskForm,
)
from safeguarding.policies.reviews.models import Review, ReviewRequest, ReviewTask, Why

OPENED = "The review is open. Everyone was asked what they think."
ENDED = "The review has ended, and everyone who spoke is told."


@require_http_methods(["GET", "POST"])
@for_members
def ask(request: MemberRequest) -> HttpResponse:
    """Say that a policy should be looked at."""
    member = request.member
    require(permissions.may_ask_for_review, member)
    policies = [one for one in standings([member.setting_id]) if not one.withdrawn]
    form = AskForm(
        held.typed(request), policies=policies, initial={"policy": request.GET.get("policy")}
    )
    if attempt(request, form, lambda: _ask(request, form)):
        messages.success(request, "Those who lead are told. You will hear what they decide.")
        return redirect("policies:reviews")
    return _show(request, "policies/reviews/ask.html", {"form": form, "policies": policies})


@require_http_methods(["GET", "POST"])
@for_members
def review_request(request: MemberRequest, request_id: UUID) -> HttpResponse:
    """What was asked for and why, and what was decided; a form to say no, for those who lead."""
    member = request.member
    asked = fetch(ReviewRequest.objects.readable_by(member).listed(), request_id, request)
    mark_seen(member, asked.pk)
    form = RefuseForm(held.typed(request))
    act = lambda: actions.refuse_review(by=member, request=asked, **form.cleaned_data)  # noqa: E731
    if attempt(request, form, act):
        messages.success(request, "It is on record, and whoever asked is told.")
        return redirect("policies:reviews")
    context = {
        "asked": asked,
        "form": form,
        "guidance": _guidance(asked),
        "may_lead": permissions.may_lead_reviews(member),
        "standing": _standing(member.setting_id, asked.policy_id),
    }
    return _show(request, "policies/reviews/request.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def open_review(request: MemberRequest, policy_id: UUID) -> HttpResponse:
    """Begin a review of a policy."""
    member, policy = request.member, _policy(request, policy_id)
    require(permissions.may_lead_reviews, member)
    form = OpenForm(held.typed(request), initial={"why": request.GET.get("why", Why.YEARLY)})
    act = lambda: actions.open_review(by=member, policy=policy, **form.cleaned_data)  # noqa: E731
    if review := attempt(request, form, act):
        messages.success(request, OPENED)
        return redirect("policies:review", review.pk)
    context = {"form": form, "standing": _standing(member.setting_id, policy.pk)}
    return _show(request, "policies/reviews/open.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def before(request: MemberRequest, policy_id: UUID) -> HttpResponse:
    """Say when a policy was last reviewed, where Hedgerow cannot know."""
    member, policy = request.member, _policy(request, policy_id)
    require(permissions.may_lead_reviews, member)
    form = BeforeForm(held.typed(request))
    act = lambda: actions.note_known_review(by=member, policy=policy, **form.cleaned_data)  # noqa: E731
    if attempt(request, form, act):
        messages.success(request, "It is on record. The next review counts from that day.")
        return redirect("policies:reviews")
    context = {"form": form, "standing": _standing(member.setting_id, policy.pk)}
    return _show(request, "policies/reviews/before.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def task(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """One task of a review: what to do, and a box for what was found."""
    member = request.member
    rows = ReviewTask.objects.readable_by(member).listed().select_related("review__version")
    found = fetch(rows, task_id, request)
    require(permissions.may_do_task, member, found)
    form = TaskForm(held.typed(request))
    act = lambda: actions.do_task(by=member, task=found, **form.cleaned_data)  # noqa: E731
    if attempt(request, form, act):
        messages.success(request, f"“{found}” is done.")
        return redirect("policies:review", found.review_id)
    context = {"task": found, "review": found.review, "form": form}
    return _show(request, "policies/reviews/task.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def outcome(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """End a review."""
    member = request.member
    review = fetch(
        Review.objects.readable_by(member).listed().select_related("version"), review_id, request
    )
    require(permissions.may_lead_review, member, review)
    later = PolicyVersion.objects.readable_by(member).filter(
        policy=review.policy, number__gt=review.version.number, adoption__isnull=False
    )
    form = OutcomeForm(held.typed(request), versions=later)
    if attempt(
        request, form, lambda: actions.record_outcome(by=member, review=review, **form.said())
    ):
        messages.success(request, ENDED)
        return redirect("policies:review", review.pk)
    return _show(request, "policies/reviews/outcome.html", {"review": review, "form": form})


def _ask(request: MemberRequest, form: AskForm) -> ReviewRequest:
    said = form.cleaned_data
    policy = fetch(Policy.objects.readable_by(request.member), UUID(said["policy"]), request)
    return actions.ask_for_review(
        by=request.member, policy=policy, why=Why(said["why"]), reason=said["reason"]
    )


def _guidance(asked: ReviewRequest) -> Guidance | None:
    """What prompts it, where that is guidance."""
    kind, _, rest = asked.prompt.partition("/")
    return guidance().get(rest.partition("/")[0]) if kind == "guidance" else None


def _policy(request: MemberRequest, policy_id: UUID) -> Policy:
    return fetch(Policy.objects.readable_by(request.member), policy_id, request)


def _standing(setting_id: UUID, policy_id: UUID) -> Standing:
    return next(one for one in standings([setting_id]) if one.policy_id == policy_id)


def _show(request: MemberRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)
