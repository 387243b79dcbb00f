"""Who read what in a week; and why somebody can, or cannot, read a case."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeguarding.concerns.explaining import why
from safeguarding.concerns.models import Case
from safeguarding.concerns.permissions import (
    may_let_know,
    may_see_readings,
    may_see_some_readings,
)
from safeguarding.concerns.readings import MANY_IN_AN_HOUR, monday_of, of_leads, of_week
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, fetch, for_case_content
from safeguarding.people.permissions import require

FIRST_YEAR = 2020


@require_safe
@for_case_content
def readings(request: MemberRequest) -> HttpResponse:
    """Who read how much in a week: everybody, for the lead; the leads, for who looks after them."""
    require(may_see_some_readings, request.member)
    this_week = monday_of(timezone.localdate())
    monday = min(_asked(request, this_week), this_week)
    sees_all = may_see_readings(request.member)
    context = {
        "readers": (of_week if sees_all else of_leads)(request.member, monday),
        "sees_all": sees_all,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7) if monday < this_week else None,
        "many": MANY_IN_AN_HOUR,
        "confidential": True,
    }
    return render(request, "concerns/readings.html", context)


def _asked(request: MemberRequest, this_week: date) -> date:
    """The week in the address; last week where there is none, or none that anything was read in."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = date.min
    return monday_of(day) if day.year >= FIRST_YEAR else this_week - timedelta(days=7)


@require_safe
@for_case_content
def why_read(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Why one can read a case oneself; and, for who lets people in, why another can or cannot."""
    case = fetch(Case.objects.readable_by(request.member).with_copies(), case_id, request)
    may_ask = may_let_know(request.member, case)
    people = []
    if may_ask:
        people = list(Member.objects.staff_of(case.setting, timezone.localdate()))
    asked = next((one for one in people if str(one.pk) == request.GET.get("who")), request.member)
    context = {
        "case": case,
        "why": why(asked, case, asker=request.member),
        "is_me": asked.pk == request.member.pk,
        "people": people,
        "confidential": True,
    }
    return render(request, "concerns/why.html", context)
