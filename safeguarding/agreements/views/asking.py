"""The questions that people answer before they sign: written anew, as a version of their own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeguarding.agreements import actions, permissions
from safeguarding.agreements.audiences import Audience, ours
from safeguarding.agreements.forms import QuestionsForm
from safeguarding.agreements.models import Agreement
from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, for_keeping_people
from safeguarding.people.permissions import require


@require_http_methods(["GET", "POST"])
@for_keeping_people
def ask(request: MemberRequest, audience: str) -> HttpResponse:
    """Write, change or leave out questions of the newest version. What was answered before stays."""
    require(permissions.may_write, request.member)
    whose, newest = _newest(request, audience)
    wording = newest.wording if newest else ours(whose)
    form = QuestionsForm(held.typed(request), wording=wording)
    if agreement := attempt(request, form, lambda: _written(request, whose, form)):
        messages.success(
            request, "It is kept as the next version. Put it into force when it is right."
        )
        return redirect("agreements:publish", agreement.pk)
    page = {"form": form, "agreement": newest, "audience": whose}
    status = 422 if request.method == "POST" else 200
    return render(request, "agreements/questions.html", page, status=status)


def _newest(request: MemberRequest, audience: str) -> tuple[Audience, Agreement | None]:
    if audience not in Audience.values:
        raise Http404
    rows = Agreement.objects.readable_by(request.member).filter(audience=audience)
    return Audience(audience), rows.order_by("-number").first()


def _written(request: MemberRequest, audience: Audience, form: QuestionsForm) -> Agreement:
    return actions.write_questions(by=request.member, audience=audience, questions=form.questions())
