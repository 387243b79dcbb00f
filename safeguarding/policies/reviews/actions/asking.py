"""Asking for a review, deciding that there is none, and what is known of reviews before."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews.models import KnownReview, RequestDecision, ReviewRequest, Why
from safeguarding.policies.reviews.permissions import (
    may_ask_for_review,
    may_lead_reviews,
)

from ._here import check_here, leaders

DECIDED = "Somebody has decided about this request already. Look at the page again."


@transaction.atomic
def ask_for_review(*, by: Member, policy: Policy, why: Why, reason: str = "") -> ReviewRequest:
    """Say that a policy should be looked at, and why. Those who lead decide."""
    require(may_ask_for_review, by)
    check_here(by, policy)
    request = ReviewRequest.objects.create(
        setting=by.setting, policy=policy, why=why, reason=reason, asked_by=by
    )
    _tell(request, besides=by)
    record("review.asked_for", request, by=by, policy=str(policy.pk), why=why)
    return request


@transaction.atomic
def refuse_review(*, by: Member, request: ReviewRequest, reason: str) -> RequestDecision:
    """Decide that a request leads to no review, and why."""
    require(may_lead_reviews, by)
    check_here(by, request)
    # The second of two waits here.
    ReviewRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if RequestDecision.objects.filter(request=request).exists():
        raise RuleBroken(DECIDED)
    decision = RequestDecision.objects.create(
        setting=by.setting, request=request, reason=reason, decided_by=by
    )
    stop_clocks(setting_id=by.setting_id, subject_id=request.pk)
    _tell_asker(request, by)
    record("review.refused", request, by=by)
    return decision


@transaction.atomic
def note_known_review(*, by: Member, policy: Policy, reviewed_on: date, source: str) -> KnownReview:
    """Write down when a policy was last reviewed, where Hedgerow cannot know it."""
    require(may_lead_reviews, by)
    check_here(by, policy)
    if reviewed_on > timezone.localdate():
        raise RuleBroken("The last review cannot be in the future.")
    known = KnownReview.objects.create(
        setting=by.setting, policy=policy, reviewed_on=reviewed_on, source=source, written_by=by
    )
    record("review.noted", known, by=by, policy=str(policy.pk), reviewed_on=str(reviewed_on))
    return known


def _tell(request: ReviewRequest, besides: Member) -> None:
    path = request.setting.link_to("policies:review_request", request.pk)
    told = [one for one in leaders(request.setting) if one != besides]
    notify("review_asked_for", told, subject_id=request.pk, path=path)


def _tell_asker(request: ReviewRequest, by: Member) -> None:
    if request.asked_by not in {None, by}:
        path = request.setting.link_to("policies:review_request", request.pk)
        notify("review_request_decided", [request.asked_by], subject_id=request.pk, path=path)
