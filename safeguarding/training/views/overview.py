"""Everybody and what they need; and one person, with what they have learnt."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, fetch, for_members, paged
from safeguarding.people.permissions import require
from safeguarding.people.roles import AT_WORK, Role
from safeguarding.training import permissions
from safeguarding.training.currency import standings
from safeguarding.training.forms import SignForm
from safeguarding.training.matrix import STATES
from safeguarding.training.matrix import matrix as matrix_of
from safeguarding.training.models import Attendance, Induction, InductionItem


@require_safe
@for_members
def matrix(request: MemberRequest) -> HttpResponse:
    """People by topics, for those who see everybody; others are shown their own page."""
    if not permissions.may_see_everybody(request.member):
        return redirect("training:mine")
    asked = {name: request.GET.get(name, "") for name in ("role", "state")}
    found = matrix_of(request.member.setting, timezone.now(), page=request.GET.get("page"), **asked)
    chosen = urlencode({name: value for name, value in asked.items() if value})
    context = {
        "matrix": found,
        "asked": asked,
        "query": f"{chosen}&" if chosen else "",
        "roles": [role for role in Role if role in AT_WORK],
        "states": [(one, label, found.counts[one]) for one, label in STATES.items()],
        "may_record": permissions.may_record(request.member),
    }
    return render(request, "training/matrix.html", context)


@require_safe
@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """What the member needs, has learnt and still has to sign."""
    require(permissions.may_have_training, request.member)
    rows = InductionItem.objects.readable_by(request.member).filter(
        induction__member=request.member, induction__left_out__isnull=True
    )
    items = list(rows.select_related("done__presenter", "signed", "induction"))
    to_sign = [one for one in items if hasattr(one, "done") and not hasattr(one, "signed")]
    context = _about(request, request.member) | {
        "items": items,
        "sign_form": SignForm(items=to_sign) if to_sign else None,
        "sign_induction": to_sign[0].induction if to_sign else None,
        "is_mine": True,
    }
    return render(request, "training/person.html", context)


@require_safe
@for_members
def person(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """What somebody needs and has learnt, for those who see everybody."""
    rows = Member.objects.readable_by(request.member).with_roles(timezone.localdate())
    about = fetch(rows, member_id, request)
    if about.pk == request.member.pk:
        return redirect("training:mine")
    require(permissions.may_see_everybody, request.member)
    first_weeks = Induction.objects.readable_by(request.member).filter(member=about)
    context = _about(request, about) | {
        "inductions": first_weeks.order_by("-starts")[:5],
        "may_record": permissions.may_record(request.member),
    }
    return render(request, "training/person.html", context)


def _about(request: MemberRequest, about: Member) -> dict[str, Any]:
    rows = Attendance.objects.readable_by(request.member).filter(member=about)
    rows = rows.select_related("training", "confirmed__confirmed_by__user", "corrected")
    rows = rows.prefetch_related("training__topics", "certificates__file")
    return {
        "about": about,
        "needed": standings(Q(member=about.pk), timezone.now()).get(about.pk, []),
        "page": paged(request, rows.order_by("-training__done_on", "-created_at")),
    }
