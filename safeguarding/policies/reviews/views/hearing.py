"""Saying what one thinks, writing down what others said, and answering it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_members
from safeguarding.people.permissions import require
from safeguarding.policies.reviews import actions, permissions
from safeguarding.policies.reviews.forms import AnswerForm, SayForm, WriteDownForm
from safeguarding.policies.reviews.models import Review, Voice

THANKS = "Thank you. It will be looked at, and you will hear what was done about it."


@require_http_methods(["GET", "POST"])
@for_members
def say(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """The text under review, and a box for what one thinks of it."""
    member, review = request.member, _review(request, review_id)
    clauses = list(review.version.clauses.all())
    form = SayForm(held.typed(request), clauses=clauses)
    mark_seen(member, review.pk)
    if request.method == "POST" and "nothing" in request.POST:
        actions.say(by=member, review=review)
        messages.success(request, "Thank you. It is on record that you have read it.")
        return redirect("policies:say", review.pk)
    if attempt(request, form, lambda: actions.say(by=member, review=review, **form.said())):
        messages.success(request, THANKS)
        return redirect("policies:say", review.pk)
    mine = Voice.objects.readable_by(member).filter(review=review, written_by=member).listed()
    context = {"review": review, "clauses": clauses, "form": form, "mine": mine}
    return _show(request, "policies/reviews/say.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def write_down(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """What children said, or parents without an account: written down by somebody who asked them."""
    member, review = request.member, _review(request, review_id)
    require(permissions.may_write_for_others, member, review)
    form = WriteDownForm(held.typed(request), clauses=review.version.clauses.all())
    if attempt(request, form, lambda: actions.write_down(by=member, review=review, **form.said())):
        messages.success(request, "It is on record with the review. Thank you for asking them.")
        return redirect("policies:review", review.pk)
    return _show(request, "policies/reviews/write_down.html", {"review": review, "form": form})


@require_http_methods(["GET", "POST"])
@for_members
def answer(request: MemberRequest, voice_id: UUID) -> HttpResponse:
    """What was said, word for word, and what was done about it."""
    member = request.member
    rows = Voice.objects.readable_by(member).listed().select_related("review__version")
    voice = fetch(rows, voice_id, request)
    require(permissions.may_lead_review, member, voice.review)
    form = AnswerForm(held.typed(request))
    act = lambda: actions.answer_voice(by=member, voice=voice, **form.cleaned_data)  # noqa: E731
    if attempt(request, form, act):
        messages.success(request, "It is on record what was done about it.")
        return redirect("policies:review", voice.review_id)
    context = {"voice": voice, "review": voice.review, "form": form}
    return _show(request, "policies/reviews/answer.html", context)


def _review(request: MemberRequest, review_id: UUID) -> Review:
    rows = Review.objects.readable_by(request.member).listed().select_related("version")
    return fetch(rows, review_id, request)


def _show(request: MemberRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)
