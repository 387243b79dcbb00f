"""What a version would lose, asking the committee, and what they say."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.errors import RuleBroken
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_one_person
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_keeping_people,
    for_members,
    for_those_asked,
    press,
)
from safeguarding.people.permissions import require
from safeguarding.policies import actions, forms
from safeguarding.policies.actions.committee import OVER
from safeguarding.policies.losses import Loss, losses
from safeguarding.policies.models import PolicyVersion, Proposal, ProposalAnswer
from safeguarding.policies.permissions import ADOPTERS, may_answer, may_write

from .library import page_of


@require_safe
@for_members
def losing(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """Duties whose clause this version has lost or changed."""
    found = _version(request, version_id)
    page = {"version": found, "losses": losses(found), "may_write": may_write(request.member)}
    return render(request, "policies/losses.html", page)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def accept_loss(request: MemberRequest, version_id: UUID, duty_id: str) -> HttpResponse:
    """Say what becomes of one of them."""
    found = _version(request, version_id)
    require(may_write, request.member)
    loss = _loss(found, duty_id)
    numbered = found.clauses.exclude(number="")
    numbers = [(one.number, f"{one} {one.text}"[:90]) for one in numbered]
    form = forms.LossForm(held.typed(request), numbers=numbers)
    done = attempt(
        request,
        form,
        lambda: actions.accept_loss(
            by=request.member, version=found, duty_id=duty_id, **form.cleaned_data
        ),
    )
    if done:
        return redirect("policies:losses", version_id)
    page = {"version": found, "loss": loss, "form": form}
    return render(request, "policies/loss.html", page, status=_status(request))


@require_http_methods(["GET", "POST"])
@for_keeping_people
def propose(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """Ask the committee to adopt a version."""
    found = _version(request, version_id)
    require(may_write, request.member)
    people = _committee(request, found)
    names = [(str(one.pk), one.name) for one in people]
    form = forms.ProposeForm(held.typed(request), people=names)
    done = attempt(request, form, lambda: _propose(request, found, form, people))
    if done:
        messages.success(request, "They are asked. You are told what they say.")
        return redirect("policies:version", version_id)
    page = {"version": found, "form": form, "losses": losses(found), "people": people}
    return render(request, "policies/propose.html", page, status=_status(request))


def _propose(
    request: MemberRequest, found: PolicyVersion, form: forms.ProposeForm, people: list[Member]
) -> Proposal:
    given = form.cleaned_data
    chosen = [one for one in people if str(one.pk) in given["approvers"]]
    return actions.propose(by=request.member, version=found, approvers=chosen, note=given["note"])


@require_http_methods(["GET", "POST"])
@for_those_asked
def answer(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """The whole text, and yes or not yet below it."""
    found = _version(request, version_id)
    proposal = _open_proposal(request, found)
    require(may_answer, request.member, proposal)
    form = forms.AnswerForm(held.typed(request), initial={"seen": found.digest})
    done = attempt(request, form, lambda: _answer(request, proposal, form))
    if done:
        messages.success(request, "Thank you. Your answer is kept with the version.")
        return redirect("policies:version", version_id)
    page = {**page_of(request, found), "form": form, "losses": losses(found)}
    return render(request, "policies/answer.html", page, status=_status(request))


def _answer(request: MemberRequest, proposal: Proposal, form: forms.AnswerForm) -> ProposalAnswer:
    given = dict(form.cleaned_data)
    given["answer"] = ProposalAnswer.Kind(given["answer"])
    return actions.answer_proposal(by=request.member, proposal=proposal, **given)


@require_POST
@for_keeping_people
def withdraw(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """Take a proposal back."""
    found = _version(request, version_id)
    proposal = _open_proposal(request, found)
    press(request, lambda: actions.withdraw_proposal(by=request.member, proposal=proposal))
    messages.success(request, "It is taken back. Nobody is asked about it any more.")
    return redirect("policies:version", version_id)


def _version(request: MemberRequest, version_id: UUID) -> PolicyVersion:
    rows = PolicyVersion.objects.readable_by(request.member)
    linked = ("setting", "policy", "adoption__adopted_by", "written_by__user")
    return fetch(rows.select_related(*linked), version_id, request)


def _open_proposal(request: MemberRequest, found: PolicyVersion) -> Proposal:
    rows = Proposal.objects.readable_by(request.member).open().filter(version=found)
    one = rows.select_related("version__written_by__user", "proposed_by__user").first()
    if one is None:
        raise RuleBroken(OVER)
    return one


def _loss(found: PolicyVersion, duty_id: str) -> Loss:
    loss = next((one for one in losses(found) if one.duty_id == duty_id), None)
    if loss is None:
        raise Http404
    return loss


def _committee(request: MemberRequest, found: PolicyVersion) -> list[Member]:
    """Those of the committee who may adopt it: not who wrote it, nor who asks."""
    people = request.member.setting.holding(ADOPTERS, timezone.localdate()).with_roles(
        timezone.localdate()
    )
    two = (found.written_by, request.member)
    return [one for one in people if not any(is_one_person(one, other) for other in two)]


def _status(request: MemberRequest) -> int:
    return 422 if request.method == "POST" else 200
