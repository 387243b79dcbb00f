"""The letter with a code, as those see it who lead the review."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.people.pages import MemberRequest, fetch, for_members
from safeguarding.people.permissions import require
from safeguarding.policies.reviews import actions, permissions
from safeguarding.policies.reviews.letters import address_of, printed, square
from safeguarding.policies.reviews.models import Review, WayIn

CLOSED = "The code opens nothing any more. What came with it stays."


@require_http_methods(["GET", "POST"])
@for_members
def letter(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """The code for parents and carers without an account: made, shown, and closed again."""
    review = _review(request, review_id)
    way = _standing(request, review)
    if request.method == "POST" and "close" in request.POST and way:
        actions.close_way_in(by=request.member, way_in=way)
        messages.success(request, CLOSED)
        return redirect("policies:review", review.pk)
    if request.method == "POST":
        actions.make_way_in(by=request.member, review=review)
        return redirect("policies:review_letter", review.pk)
    context: dict[str, object] = {"review": review, "way": way}
    if way:
        context |= {"address": (address := address_of(way)), "square": square(address)}
    return render(request, "policies/reviews/letter.html", context)


@require_safe
@for_members
def letter_to_print(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """The letter itself."""
    review = _review(request, review_id)
    way = _standing(request, review)
    if way is None:
        raise Http404
    named = {"Content-Disposition": 'inline; filename="what-do-you-think.pdf"'}
    return HttpResponse(printed(way, review), content_type="application/pdf", headers=named)


def _review(request: MemberRequest, review_id: UUID) -> Review:
    rows = Review.objects.readable_by(request.member).listed().select_related("version")
    review = fetch(rows, review_id, request)
    require(permissions.may_lead_review, request.member, review)
    return review


def _standing(request: MemberRequest, review: Review) -> WayIn | None:
    rows = WayIn.objects.readable_by(request.member).standing().filter(review=review)
    return rows.select_related("setting", "review").first()
