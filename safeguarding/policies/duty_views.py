"""The pages on which a setting takes duties on: by clause, all ready-made at once, and one by one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, for_members
from safeguarding.people.permissions import require

from . import actions, permissions
from .adopting import Take, by_clause, ready_made
from .duties import catalogue
from .duty_forms import DutyForm
from .models import DutyAdoption


@require_safe
@for_members
def duties(request: MemberRequest) -> HttpResponse:
    """Every duty under its clause, and how the setting took it on."""
    require(permissions.may_read, request.member)
    rows = DutyAdoption.objects.readable_by(request.member).as_at(timezone.now())
    taken = {one.duty_id: one for one in rows.select_related("adopted_by")}
    page = {
        "clauses": by_clause(taken),
        "taken": sum(not one.opted_out_because for one in taken.values()),
        "left": len(catalogue()) - len(taken),
        "every": len(catalogue()),
        "may_adopt": permissions.may_adopt_duties(request.member),
    }
    return render(request, "policies/duties.html", page)


@require_POST
@for_members
def adopt_all(request: MemberRequest) -> HttpResponse:
    """Take on everything that nobody here has decided on yet, under the clauses that fit."""
    rows = DutyAdoption.objects.readable_by(request.member)
    decided = set(rows.values_list("duty_id", flat=True))
    takes = [one for one in ready_made(request.member.setting_id) if one.duty_id not in decided]
    taken = actions.adopt_duties(by=request.member, takes=takes)
    messages.success(request, f"Your setting took {len(taken)} duties on.")
    return redirect("policies:duties")


@require_http_methods(["GET", "POST"])
@for_members
def duty(request: MemberRequest, duty_id: str) -> HttpResponse:
    """Change how one duty is taken on: its clause, how often, or not at all, with the reason."""
    require(permissions.may_adopt_duties, request.member)
    found = catalogue().get(duty_id)
    if found is None:
        raise Http404
    rows = DutyAdoption.objects.readable_by(request.member).filter(duty_id=found.id)
    now = rows.as_at(timezone.now()).select_related("policy").first()
    form = DutyForm(held.typed(request), take=Take.of(now) if now else None, duty=found)
    if attempt(
        request, form, lambda: actions.adopt_duties(by=request.member, takes=[form.take()]) or True
    ):
        messages.success(request, f"What you decided on {found.id} is on record.")
        return redirect("policies:duties")
    page = {"form": form, "duty": found, "now": now}
    status = 422 if request.method == "POST" else 200
    return render(request, "policies/duty.html", page, status=status)
