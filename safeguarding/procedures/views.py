"""The pages of the procedures: all of them, each one drawn and listed, its guidance, and our own changes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.directory.models import Contact
from safeguarding.people import held
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_keeping_people,
    for_members,
)
from safeguarding.people.permissions import require

from . import actions, forms
from .adapting import Adapted, refuse_leaving_out
from .drawing import Drawing
from .guidance import nots, sheet_of
from .library import definitions
from .listing import changes_listed, grouped, listed
from .models import Adaptation
from .ours import adapted, all_adapted
from .permissions import may_adapt, may_read
from .wording import Wording


@require_safe
@for_members
def library(request: MemberRequest) -> HttpResponse:
    """Every procedure of the setting, with when it starts."""
    require(may_read, request.member)
    groups = grouped(all_adapted(request.member.setting_id))
    return render(request, "procedures/library.html", {"groups": groups})


@require_safe
@for_members
def procedure(request: MemberRequest, definition_id: str) -> HttpResponse:
    """One procedure: drawn, and the same as a list."""
    found = _ours(request, definition_id)
    wording = Wording(found.definition, found.rules)
    agencies = Contact.objects.readable_by(request.member).current()
    page = {
        "ours": found,
        "drawing": Drawing(wording, {}, found.own_steps),
        "lines": listed(found, agencies),
        "never": nots(found.base),
        "may_adapt": may_adapt(request.member),
    }
    return render(request, "procedures/procedure.html", page)


@require_safe
@for_members
def guidance(request: MemberRequest, definition_id: str) -> HttpResponse:
    """What staff need of a procedure, on one sheet of paper."""
    found = _ours(request, definition_id)
    contacts = Contact.objects.readable_by(request.member).current()
    page = {"ours": found, "sheet": sheet_of(found, request.member.setting, contacts)}
    return render(request, "procedures/guidance.html", page)


@require_safe
@for_members
def ours(request: MemberRequest, definition_id: str) -> HttpResponse:
    """What the setting changed in a procedure, and whether it still fits."""
    found = _ours(request, definition_id)
    rows = Adaptation.objects.readable_by(request.member).filter(definition_id=definition_id)
    told = rows.select_related("made_by__user", "ended__made_by__user").order_by("-created_at")
    page = {
        "ours": found,
        "rows": changes_listed(found, told),
        "may_adapt": may_adapt(request.member),
    }
    return render(request, "procedures/ours.html", page)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def add_step(request: MemberRequest, definition_id: str) -> HttpResponse:
    """Add a step of our own."""
    require(may_adapt, request.member)
    found = _ours(request, definition_id)
    agencies = list(Contact.objects.readable_by(request.member).takes_referrals())
    form = forms.AddStepForm(held.typed(request), ours=found, agencies=agencies)
    done = attempt(
        request,
        form,
        lambda: actions.add_step(by=request.member, definition=found.base, **form.values()),
    )
    if done:
        return _done(request, definition_id, "The step is added. New cases have it.")
    return _show(request, form, found, "Add a step of your own")


@require_http_methods(["GET", "POST"])
@for_keeping_people
def change_step(request: MemberRequest, definition_id: str, step_id: str) -> HttpResponse:
    """Make a deadline earlier; whoever wants to leave a step out is told why that cannot be."""
    require(may_adapt, request.member)
    found = _ours(request, definition_id)
    if step_id not in found.definition.by_id:
        raise Http404
    form = forms.ChangeStepForm(held.typed(request))
    done = attempt(request, form, lambda: _change(request, found, step_id, form))
    if done:
        return _done(request, definition_id, "The deadline is earlier. New cases have it.")
    step, wording = found.definition.by_id[step_id], Wording(found.definition, found.rules)
    by_when = wording.within(step)
    return _show(request, form, found, "Change this step", step=step, by_when=by_when)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def end(request: MemberRequest, definition_id: str, adaptation_id: UUID) -> HttpResponse:
    """End one of our own changes."""
    require(may_adapt, request.member)
    rows = Adaptation.objects.readable_by(request.member).filter(definition_id=definition_id)
    row = fetch(rows.standing(), adaptation_id, request)
    found = _ours(request, definition_id)
    form = forms.EndForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.end_adaptation(by=request.member, adaptation=row, **form.cleaned_data),
    )
    if done:
        return _done(request, definition_id, "The change has ended. New cases no longer have it.")
    return _show(request, form, found, "End this change", row=row)


def _change(
    request: MemberRequest, found: Adapted, step_id: str, form: forms.ChangeStepForm
) -> Adaptation:
    if form.leaves_out:
        refuse_leaving_out(found.definition, step_id, found.rules)
    return actions.tighten_deadline(
        by=request.member,
        definition=found.base,
        step_id=step_id,
        within=form.cleaned_data["within"],
        reason=form.cleaned_data["reason"],
    )


def _ours(request: MemberRequest, definition_id: str) -> Adapted:
    """A procedure as this setting follows it; 404 where there is none of this name."""
    require(may_read, request.member)
    definition = definitions().get(definition_id)
    if definition is None:
        raise Http404
    return adapted(definition, request.member.setting_id)


def _done(request: MemberRequest, definition_id: str, said: str) -> HttpResponse:
    messages.success(request, f"{said} Cases under way stay as they began.")
    return redirect("procedures:ours", definition_id)


def _show(
    request: MemberRequest, form: Any, found: Adapted, title: str, **more: Any
) -> HttpResponse:
    page = {"form": form, "ours": found, "title": title, **more}
    status = 422 if request.method == "POST" else 200
    return render(request, "procedures/change.html", page, status=status)
