"""Everybody and what they need; and one person, with what they have learnt."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from foundation.paging import page_of
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, fetch, for_members
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
    require(permissions.may_have_training, request.member)
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
    beside = ("done__presenter", "signed", "induction", "by_mistake__said_by__user")
    every = list(rows.select_related(*beside))
    items = [one for one in every if not hasattr(one, "by_mistake")]
    to_sign = _to_sign(items)
    context = _about(request, request.member) | {
        "items": items,
        "mistaken": [one for one in every if hasattr(one, "by_mistake")],
        "sign_form": SignForm(items=to_sign) if to_sign else None,
        "sign_induction": to_sign[0].induction if to_sign else None,
        "is_mine": True,
    }
    return render(request, "training/person.html", context)


@require_safe
@for_members
def person(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """What somebody needs and has learnt, for those who see everybody."""
    begun = Induction.objects.readable_by(request.member).filter(member=OuterRef("pk"))
    newest = Subquery(begun.order_by("-starts", "-created_at").values("pk")[:1])
    rows = Member.objects.readable_by(request.member).select_related("user", "setting")
    about = fetch(rows.annotate(first_weeks=newest), member_id, request)
    if about.pk == request.member.pk:
        return redirect("training:mine")
    require(permissions.may_see_everybody, request.member)
    may_record = permissions.may_record(request.member)
    context = _about(request, about) | {"may_record": may_record}
    return render(request, "training/person.html", context)


def _about(request: MemberRequest, about: Member) -> dict[str, Any]:
    rows = Attendance.objects.readable_by(request.member).filter(member=about)
    rows = rows.select_related("training", "confirmed__confirmed_by__user", "corrected")
    rows = rows.with_papers()
    return {
        "about": about,
        "needed": standings(Q(member=about.pk), timezone.now()).get(about.pk, []),
        "page": page_of(
            rows.order_by("-training__done_on", "-created_at"), request.GET.get("page")
        ),
    }


def _to_sign(items: list[InductionItem]) -> list[InductionItem]:
    """What was shown and waits to be signed: of one list after the other."""
    ready = [one for one in items if hasattr(one, "done") and not hasattr(one, "signed")]
    return [one for one in ready if one.induction_id == ready[0].induction_id]
