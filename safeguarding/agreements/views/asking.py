"""The questions that people answer before they sign: written anew, as a version of their own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeguarding.agreements import actions, permissions
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
    rows = Agreement.objects.readable_by(request.member).filter(audience=audience)
    newest = rows.order_by("-number").first()
    if newest is None:
        raise Http404
    form = QuestionsForm(held.typed(request), wording=newest.wording)
    if agreement := attempt(request, form, lambda: _written(request, newest, form)):
        messages.success(
            request, "It is kept as the next version. Put it into force when it is right."
        )
        return redirect("agreements:publish", agreement.pk)
    page = {"form": form, "agreement": newest}
    status = 422 if request.method == "POST" else 200
    return render(request, "agreements/questions.html", page, status=status)


def _written(request: MemberRequest, before: Agreement, form: QuestionsForm) -> Agreement:
    return actions.write_questions(by=request.member, agreement=before, questions=form.questions())
