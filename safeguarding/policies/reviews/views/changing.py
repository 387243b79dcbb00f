"""Writing down a technical change, which prompts a look at the policies that it touches."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, for_members
from safeguarding.people.permissions import require
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.forms import ChangeForm
from safeguarding.policies.reviews.permissions import may_note_change

NOTED = "It is on record. Those who lead decide whether a policy has to change with it."


@require_http_methods(["GET", "POST"])
@for_members
def change(request: MemberRequest) -> HttpResponse:
    """Say what changed technically."""
    require(may_note_change, request.member)
    form = ChangeForm(held.typed(request))
    act = lambda: actions.note_technical_change(by=request.member, **form.said())  # noqa: E731
    if attempt(request, form, act):
        messages.success(request, NOTED)
        return redirect("policies:reviews")
    status = 422 if request.method == "POST" else 200
    return render(request, "policies/reviews/change.html", {"form": form}, status=status)
