"""The plan for learning about life online."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_members, paged
from safeguarding.people.permissions import require
from safeguarding.training import actions, permissions
from safeguarding.training.models import Activity, ActivityAnswer
from safeguarding.training.plan_forms import ActivityForm, HowItWentForm, PutRightForm

from ._show import show_form


@require_safe
@for_members
def awareness(request: MemberRequest) -> HttpResponse:
    """What is planned and what took place, the latest day first."""
    require(permissions.may_have_training, request.member)
    rows = Activity.objects.readable_by(request.member).select_related("planned_by__user")
    rows = rows.prefetch_related("answers__said_by__user")
    page = paged(request, rows.order_by("-planned_for", "-created_at"))
    context = {"page": page, "may_plan": permissions.may_record(request.member)}
    return render(request, "training/awareness.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def plan(request: MemberRequest) -> HttpResponse:
    """Put something on the plan."""
    require(permissions.may_record, request.member)
    form, by = ActivityForm(held.typed(request)), request.member
    if attempt(request, form, lambda: actions.plan_activity(by=by, **form.cleaned_data)):
        messages.success(request, "It is on the plan. You are asked afterwards how it went.")
        return redirect("training:awareness")
    back = reverse("training:awareness")
    return show_form(request, form, title="Plan something", button="Put it on the plan", back=back)


@require_http_methods(["GET", "POST"])
@for_members
def activity(request: MemberRequest, activity_id: UUID) -> HttpResponse:
    """Say how it went."""
    rows = Activity.objects.readable_by(request.member).filter(answers__isnull=True)
    found = fetch(rows.select_related("setting"), activity_id, request)
    require(permissions.may_answer_activity, request.member, found)
    form = HowItWentForm(held.typed(request), initial={"held_on": found.planned_for})
    if attempt(request, form, lambda: _answer(request, found, form)):
        messages.success(request, "Thank you. It is on record.")
        return redirect("training:awareness")
    back, title = reverse("training:awareness"), f"How did it go: {found.title}"
    return show_form(request, form, title=title, button="Put it on record", back=back)


def _answer(request: MemberRequest, found: Activity, form: HowItWentForm) -> object:
    return actions.answer_activity(by=request.member, activity=found, **form.values())


@require_http_methods(["GET", "POST"])
@for_members
def correct(request: MemberRequest, activity_id: UUID) -> HttpResponse:
    """Put right how it went."""
    rows = Activity.objects.readable_by(request.member).filter(answers__isnull=False).distinct()
    found = fetch(rows.select_related("setting"), activity_id, request)
    require(permissions.may_answer_activity, request.member, found)
    form = PutRightForm(held.typed(request), initial=_said_last(found.answer))
    act = partial(actions.correct_answer, by=request.member, activity=found)
    if attempt(request, form, lambda: act(**form.values())):
        messages.success(request, "It is put right. What was said before stays to be read.")
        return redirect("training:awareness")
    back, title = reverse("training:awareness"), f"Put right how it went: {found.title}"
    return show_form(request, form, title=title, button="Put it right", back=back)


def _said_last(answer: ActivityAnswer | None) -> dict[str, Any]:
    """What the form begins with."""
    if answer is None:
        return {}
    held = "yes" if answer.held_on else "no"
    return {"held": held, "held_on": answer.held_on, "note": answer.note, "seen": answer.number}
