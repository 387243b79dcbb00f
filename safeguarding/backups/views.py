"""The page of backups: whether all is well, where they are, and what to do."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.sqlcipher import room
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, attempt, for_those_asked
from safeguarding.people.permissions import require

from . import actions, ours, permissions
from .forms import DrillForm
from .models import RestoreDrill


@require_http_methods(["GET", "POST"])
@for_those_asked
def backups(request: MemberRequest) -> HttpResponse:
    """How the backups are, and a form to say that one was restored elsewhere."""
    require(permissions.may_see_backups, request.member)
    form = DrillForm(held.typed(request))
    said = attempt(request, form, lambda: actions.record_drill(by=request.member, **form.said()))
    if said:
        messages.success(request, "It is on record that you restored a backup.")
        return redirect("backups:backups")
    status = 422 if request.method == "POST" else 200
    return render(request, "backups/backups.html", _about(request.member, form), status=status)


def _about(member: Member, form: DrillForm) -> dict[str, Any]:
    """What the page shows: days, never sizes or counts, which would tell of what is inside."""
    tries = ours.last_tries()
    good = next((one for one in tries if one.is_good), None)
    drills = RestoreDrill.objects.readable_by(member).select_related("recorded_by__user")
    return {
        "form": form,
        "on_a_server": connection.vendor == "postgresql",
        "wrong": ours.what_is_wrong(tries),
        "why": "" if not tries or tries[0].is_good else ours.IN_WORDS.get(tries[0].outcome, ""),
        "is_damaged": bool(tries) and tries[0].outcome == "damaged",
        "is_short": room.is_short(settings.DATA),
        "good": good,
        "place": settings.BACKUPS,
        "second": settings.SECOND_BACKUPS,
        "second_seen": next((one for one in tries if one.second == "copied"), None),
        "have_keys": ours.have_keys(),
        "drills": drills.order_by("-done_on", "-created_at")[:10],
    }
