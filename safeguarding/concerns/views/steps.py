"""Carrying out the steps of a procedure."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions, forms, kinds, on_case
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.deadlines import clocks_of_step
from safeguarding.concerns.mistaken import why_kept
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.permissions import may_decide_on, runs_of
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_case_content,
    for_those_asked,
)
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.procedures.engine import StepState
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Run

from ._forms import show

RECORDERS: dict[str, Callable[..., Any]] = {
    "note": actions.add_entry,
    "answers": actions.answer_step,
    "decision": actions.decide,
    "outcome": actions.conclude,
    "referral": actions.refer,
    "parents_informed": actions.inform_parents,
    "support": actions.give_support,
    "review": actions.review_handling,
    "custody": lambda **said: (
        actions.settle_with_device(**said) if "item" in said else actions.take_into_custody(**said)
    ),
    **{
        kind: partial(actions.record_details, kind=kind)
        for kind in ("advice", "risk_assessment", "containment", "viewing", "deletion")
    },
}

ABOUT_AN_ADULT = "OSP-10-MIS-01"  # the duty of the steps that lead to a record of its own (R12)


@require_http_methods(["GET", "POST"])
@for_case_content
def step(request: MemberRequest, case_id: UUID, run_id: UUID, step_id: str) -> HttpResponse:
    """Record one step. A locked step shows what it waits for instead of a form."""
    case, run, state = _find(request, case_id, run_id, step_id)
    require(may_decide_on, request.member, case)  # before anybody types in vain
    form = forms.form_for(
        state, held.typed(request), definition=run.definition, case=case, member=request.member
    )
    recorder, ref = RECORDERS[state.step.records], StepRef(run, step_id)
    done = attempt(
        request, form, lambda: recorder(by=request.member, case=case, step=ref, **form.values())
    )
    if done:
        return redirect(case)
    shown = {"case": case, "run": run, "state": state, "begins": _begins(state)}
    shown |= _about_an_adult(case, run, state)
    return show(request, "concerns/step.html", form=form, confidential=True, **shown)


@require_http_methods(["GET", "POST"])
@for_case_content
def leave_out(request: MemberRequest, case_id: UUID, run_id: UUID, step_id: str) -> HttpResponse:
    """Decide against a step, or say that it does not apply, with the reason."""
    case, run, state = _find(request, case_id, run_id, step_id)
    require(may_decide_on, request.member, case)
    form = forms.LeaveOutForm(held.typed(request), case=case, member=request.member)
    ref = StepRef(run, step_id)
    done = attempt(
        request,
        form,
        lambda: actions.leave_out(by=request.member, case=case, step=ref, **form.values()),
    )
    if done:
        return redirect(case)
    return show(
        request,
        "concerns/leave_out.html",
        form=form,
        case=case,
        run=run,
        state=state,
        confidential=True,
    )


@require_http_methods(["GET", "POST"])
@for_case_content
def set_aside(request: MemberRequest, case_id: UUID, run_id: UUID) -> HttpResponse:
    """Ask for a procedure that was begun by mistake to be set aside; or what became of that."""
    case = fetch(Case.objects.readable_by(request.member), case_id, request)
    run = fetch(case.runs, run_id, request)
    require(may_decide_on, request.member, case)  # before anybody types in vain
    form = forms.SetAsideForm(held.typed(request))
    act = partial(actions.ask_to_set_aside, by=request.member, case=case, run=run)
    if asked := attempt(request, form, lambda: act(**form.cleaned_data)):
        return redirect(asked.get_absolute_url())
    shown = {"case": case, "run": run, **_how_it_stands(request.member, case, run)}
    return show(request, "concerns/set_aside.html", form=form, confidential=True, **shown)


@require_http_methods(["GET", "POST"])
@for_those_asked
def technical_step(request: MemberRequest, run_id: UUID, step_id: str) -> HttpResponse:
    """What technical staff are asked to do, and nothing of the case it is for."""
    run = fetch(Run.objects.filter(runs_of(request.member)), run_id, request)
    state = run.state(step_id)
    if state is None or state.step.by != "technical":
        raise Http404
    if Role.TECHNICAL not in request.member.roles:  # they were, and lead its case
        return redirect("concerns:step", run.subject_id, run.pk, step_id)
    asked = [one for one in run.definition.questions if one.id in state.step.asks]
    form = forms.TechnicalForm(held.typed(request), questions=asked)
    ref = StepRef(run, step_id)
    mark_seen(request.member, *clocks_of_step(run, step_id))
    done = attempt(
        request,
        form,
        lambda: actions.confirm_technical_step(by=request.member, step=ref, **form.values()),
    )
    if done:
        return redirect("today:today")
    return show(request, "concerns/technical_step.html", form=form, state=state)


def _how_it_stands(member: Member, case: Case, run: Run) -> dict[str, object]:
    """What says that a procedure is set aside; or what waits for a yes; or why neither can be."""
    if run.set_aside:
        rows = Entry.objects.readable_by(member).filter(outcome=run.set_aside)
        return {"said": on_case.with_all_shown(rows).get()}
    waits = _waiting(member, run)
    return {"waits": waits} if waits else {"why_kept": why_kept(case, run)}


def _waiting(member: Member, run: Run) -> Approval | None:
    """What was asked for this procedure and waits for a second person."""
    rows = Approval.objects.readable_by(member).waiting(timezone.now())
    rows = rows.filter(kind="set_aside_procedure", about_id=run.subject_id)
    return next((one for one in rows if one.arguments.get("run") == str(run.pk)), None)


def _begins(state: StepState) -> list[str]:
    """The procedures that begin once this step is recorded."""
    known = definitions()
    return [known[one].title for one in state.step.starts if one in known]


def _about_an_adult(case: Case, run: Run, state: StepState) -> dict[str, bool]:
    """Whether the page leads on to a record about an adult, or to the low-level concerns about one."""
    return {
        "of_an_adult": ABOUT_AN_ADULT in state.step.obligations and case.record_class != "C3",
        "of_low_level": run.definition_id == kinds.LOW_LEVEL,
    }


def _find(
    request: MemberRequest, case_id: UUID, run_id: UUID, step_id: str
) -> tuple[Case, Run, StepState]:
    case = fetch(Case.objects.readable_by(request.member), case_id, request)
    run = fetch(case.runs, run_id, request)
    state = run.state(step_id)
    if state is None:
        raise Http404
    return case, run, state
