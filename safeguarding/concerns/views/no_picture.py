"""A case that was guarded as one about a picture of a child, and is about none."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions, forms, on_case
from safeguarding.concerns.mistaken import what_still_asks, why_about_a_picture
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.models.guarding import about_no_picture
from safeguarding.concerns.permissions import may_decide_on
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_case_content
from safeguarding.people.permissions import require

from ._forms import show


@require_http_methods(["GET", "POST"])
@for_case_content
def no_picture(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Ask to say that a case is about no picture; or what became of that."""
    case = fetch(Case.objects.readable_by(request.member), case_id, request)
    require(may_decide_on, request.member, case)  # before anybody types in vain
    form = forms.NoPictureForm(held.typed(request))
    act = partial(actions.ask_to_say_no_picture, by=request.member, case=case)
    if asked := attempt(request, form, lambda: act(**form.cleaned_data)):
        return redirect(asked.get_absolute_url())
    shown = {"case": case, **_how_it_stands(request.member, case)}
    return show(request, "concerns/no_picture.html", form=form, confidential=True, **shown)


def _how_it_stands(member: Member, case: Case) -> dict[str, object]:
    """What says so already; or what waits for a yes; or why it cannot be said."""
    if said := about_no_picture(case):
        shown = Entry.objects.readable_by(member).filter(pk=said.pk)
        return {"said": on_case.with_all_shown(shown).get(), "asks": what_still_asks(case)}
    rows = Approval.objects.readable_by(member).waiting(timezone.now())
    waits = rows.filter(kind="say_no_picture", about_id=case.pk).first()
    return {"waits": waits} if waits else {"why_not": why_about_a_picture(case)}
