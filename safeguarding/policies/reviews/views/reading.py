"""What is due, what is open, what was done; and one review in full."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeguarding.notifications.outbox import mark_seen
from safeguarding.people.pages import MemberRequest, fetch, for_members, paged
from safeguarding.people.permissions import require
from safeguarding.policies.permissions import may_read
from safeguarding.policies.reviews import permissions
from safeguarding.policies.reviews.checklist import checklist, you_said
from safeguarding.policies.reviews.due import standings
from safeguarding.policies.reviews.models import Review, ReviewRequest, ReviewTask, Voice
from safeguarding.policies.reviews.year import year_of

MOST = 50


@require_safe
@for_members
def reviews(request: MemberRequest) -> HttpResponse:
    """Every policy with when it is due, what is asked for, and the reviews that were done."""
    member, today = request.member, timezone.localdate()
    require(may_read, member)
    policies = standings([member.setting_id])
    titles = {one.policy_id: one.title for one in policies}
    asked = list(ReviewRequest.objects.readable_by(member).waiting().listed()[:MOST])
    for one in asked:
        one.title = titles.get(one.policy_id, "A policy")
    page = paged(request, Review.objects.readable_by(member).ended().listed())
    context = {
        "policies": policies,
        "year": year_of(policies, today),
        "requests": asked,
        "page": page,
        "today": today,
        "may_lead": permissions.may_lead_reviews(member),
        "may_note_change": permissions.may_note_change(member),
    }
    return render(request, "policies/reviews/reviews.html", context)


@require_safe
@for_members
def review(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """One review: what is to do, what people said, and what came of it."""
    member = request.member
    found = fetch(Review.objects.readable_by(member).listed(), review_id, request)
    mark_seen(member, found.pk)
    voices = Voice.objects.readable_by(member).filter(review=found).listed()
    context: dict[str, Any] = {
        "review": found,
        "now": timezone.now(),
        "may_lead": permissions.may_lead_review(member, found),
        "may_write_for_others": permissions.may_write_for_others(member, found),
        "voices": paged(request, voices),
        "you_said": you_said(found, member),
    }
    if may_read(member):
        tasks = ReviewTask.objects.readable_by(member).filter(review=found).listed()
        context["steps"] = checklist(tasks, member, context["now"])
    return render(request, "policies/reviews/review.html", context)
