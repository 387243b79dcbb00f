"""Who is away: one's own days, and those of others for whoever leads here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from . import actions, held, permissions
from .forms import AbsenceForm
from .models import Absence
from .pages import MemberRequest, attempt, fetch, for_those_asked, press


@require_http_methods(["GET", "POST"])
@for_those_asked
def absences(request: MemberRequest) -> HttpResponse:
    """Who is away now or will be, and a form to add to it."""
    form = AbsenceForm(held.typed(request), member=request.member)
    done = attempt(
        request, form, lambda: actions.record_absence(by=request.member, **form.cleaned_data)
    )
    if done:
        messages.success(request, "It is on record. While they are away, others are told first.")
        return redirect("people:absences")
    rows = Absence.objects.readable_by(request.member).to_come(timezone.localdate())
    context = {
        "form": form,
        "absences": rows[:50],
        "sees_all": permissions.may_see_members(request.member),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/absences.html", context, status=status)


@require_POST
@for_those_asked
def end_absence(request: MemberRequest, absence_id: UUID) -> HttpResponse:
    rows = Absence.objects.readable_by(request.member).filter(ended__isnull=True)
    absence = fetch(rows.select_related("member__user"), absence_id, request)
    press(request, lambda: actions.end_absence(by=request.member, absence=absence))
    messages.success(request, f"{absence.member.display_name} is back, and is told first again.")
    return redirect("people:absences")
