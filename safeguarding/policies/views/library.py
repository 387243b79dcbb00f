"""The library: all policies, one of them, a version to read, and what changed between two."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.people import held
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_keeping_people,
    for_members,
    press,
)
from safeguarding.people.permissions import require
from safeguarding.policies import actions, forms
from safeguarding.policies.differing import compared
from safeguarding.policies.models import (
    Alias,
    Draft,
    Policy,
    PolicyVersion,
    Proposal,
    SavedByMistake,
)
from safeguarding.policies.naming import names_for
from safeguarding.policies.permissions import (
    may_answer,
    may_read,
    may_withdraw_policy,
    may_write,
)
from safeguarding.policies.reviews.due import standings
from safeguarding.policies.shelves import shelves
from safeguarding.policies.shown import laid_out


@require_safe
@for_members
def library(request: MemberRequest) -> HttpResponse:
    """Every policy: what is in force, what is newer, and what waits for the committee."""
    require(may_read, request.member)
    member = request.member
    versions = PolicyVersion.objects.readable_by(member).listed()
    waiting = Proposal.objects.readable_by(member).open()
    page = {
        "shelves": shelves(versions, waiting, standings([member.setting_id])),
        "drafts": Draft.objects.readable_by(member)
        .select_related("begun_by")
        .order_by("-created_at"),
        "may_write": may_write(member),
    }
    return render(request, "policies/library.html", page)


@require_safe
@for_members
def policy(request: MemberRequest, policy_id: UUID) -> HttpResponse:
    """One policy: its versions, newest first, its other titles, and a way to compare."""
    return _policy(request, policy_id, forms.AliasForm(None))


@require_http_methods(["GET", "POST"])
@for_keeping_people
def add_alias(request: MemberRequest, policy_id: UUID) -> HttpResponse:
    """Another title under which people know it."""
    found = fetch(Policy.objects.readable_by(request.member), policy_id, request)
    require(may_write, request.member)
    form = forms.AliasForm(held.typed(request))
    member = request.member
    if attempt(
        request,
        form,
        lambda: actions.add_alias(by=member, policy=found, name=form.cleaned_data["name"]),
    ):
        messages.success(request, "Clauses that use this title lead here now.")
        return redirect("policies:policy", policy_id)
    return _policy(request, policy_id, form)


@require_POST
@for_keeping_people
def end_alias(request: MemberRequest, policy_id: UUID, alias_id: UUID) -> HttpResponse:
    """A title does not mean this policy any more."""
    rows = Alias.objects.readable_by(request.member).standing().filter(policy=policy_id)
    found = fetch(rows.select_related("policy"), alias_id, request)
    press(request, lambda: actions.end_alias(by=request.member, alias=found))
    messages.success(request, "The title does not lead here any more.")
    return redirect("policies:policy", policy_id)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def mistake(request: MemberRequest, policy_id: UUID) -> HttpResponse:
    """Say that a policy nobody adopted was saved by mistake."""
    found = fetch(Policy.objects.readable_by(request.member), policy_id, request)
    require(may_withdraw_policy, request.member, found)
    form, by = forms.MistakeForm(held.typed(request)), request.member
    act = partial(actions.say_saved_by_mistake, by=by, policy=found)
    if attempt(request, form, lambda: act(**form.cleaned_data)):
        messages.success(request, "It is on record. Boards, reviews and reminders forget it.")
        return redirect("policies:policy", policy_id)
    newest = PolicyVersion.objects.readable_by(by).filter(policy=found).order_by("-number").first()
    page = {"form": form, "newest": newest}
    status = 422 if request.method == "POST" else 200
    return render(request, "policies/mistake.html", page, status=status)


def _policy(request: MemberRequest, policy_id: UUID, form: forms.AliasForm) -> HttpResponse:
    member = request.member
    fetch(Policy.objects.readable_by(member), policy_id, request)
    rows = PolicyVersion.objects.readable_by(member).listed().with_withdrawal()
    rows = rows.with_mistakes(timezone.now())
    versions = list(rows.filter(policy=policy_id))
    titles = Alias.objects.readable_by(member).standing().filter(policy=policy_id)
    initial = {"newer": str(versions[0].number), "older": str(versions[-1].number)}
    mistakes = _said_by_mistake(versions)
    newest = versions[0]
    page = {
        "versions": versions,
        "newest": newest,
        "in_force": _in_force(versions),
        "was_withdrawn": any(one.is_withdrawn and not one.is_mistaken for one in versions),
        "mistakes": mistakes,
        "may_be_mistaken": not (newest.is_withdrawn or any(one.is_adopted for one in versions)),
        "aliases": titles.order_by("name"),
        "form": form,
        "compare": forms.CompareForm(None, versions=versions, initial=initial),
        "may_write": may_write(member),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "policies/policy.html", page, status=status)


def _said_by_mistake(versions: list[PolicyVersion]) -> list[SavedByMistake]:
    """That the policy was saved by mistake, the newest last; nothing once it came back since."""
    newest = versions[0]
    if not newest.is_withdrawn or any(one.is_adopted for one in versions):
        return []
    said = newest.policy.times_mistaken()
    return said if said and said[-1].created_at > newest.created_at else []


@require_safe
@for_members
def compare(request: MemberRequest, policy_id: UUID) -> HttpResponse:
    """From the two versions that somebody chose to their page."""
    found = fetch(Policy.objects.readable_by(request.member), policy_id, request)
    versions = list(PolicyVersion.objects.readable_by(request.member).filter(policy=found))
    form = forms.CompareForm(request.GET, versions=versions)
    if not form.is_valid():
        return redirect("policies:policy", policy_id)
    older, newer = sorted((int(form.cleaned_data["older"]), int(form.cleaned_data["newer"])))
    version = next(one for one in versions if one.number == newer)
    return redirect("policies:differences", version.pk, older)


@require_safe
@for_members
def version(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """A version to read, with its contents, links and what it cites; and how it stands with the committee."""
    found = _version(request, version_id)
    return render(request, "policies/version.html", page_of(request, found))


def page_of(request: MemberRequest, found: PolicyVersion) -> dict[str, Any]:
    """What the page of a version shows."""
    member = request.member
    readable = PolicyVersion.objects.readable_by(member)
    titled = list(readable.select_related("adoption").defer("change_note").with_withdrawal())
    names = names_for(found, titled, Alias.objects.readable_by(member).standing())
    same = [one for one in titled if one.policy_id == found.policy_id]
    proposal = (
        Proposal.objects.readable_by(member)
        .filter(version=found)
        .with_people(timezone.localdate())
        .order_by("-created_at")
        .first()
    )
    return {
        "version": found,
        "shown": laid_out(found.clauses.all(), names),
        "in_force": _in_force(same),
        "newest": max(same, key=lambda one: one.number),
        "older": max((o.number for o in same if o.number < found.number), default=None),
        "proposal": proposal,
        "may_write": may_write(member),
        "planned": list(found.planned.order_by("duty_id")) if not found.is_adopted else [],
        "may_answer": proposal is not None and proposal.is_open and may_answer(member, proposal),
    }


def _in_force(versions: Iterable[PolicyVersion]) -> PolicyVersion | None:
    """Of one policy's versions the one that counts; None where it was withdrawn, or none was adopted."""
    counting = (one for one in versions if one.is_adopted and not one.is_withdrawn)
    return max(counting, key=lambda one: one.number, default=None)


@require_safe
@for_members
def differences(request: MemberRequest, version_id: UUID, older: int) -> HttpResponse:
    """Two versions of a policy, clause by clause, with the words that went and came."""
    newer = _version(request, version_id)
    rows = PolicyVersion.objects.readable_by(request.member).filter(policy=newer.policy_id)
    before = rows.filter(number=older).first()
    if before is None:
        raise Http404
    found = compared(before.clauses.all(), newer.clauses.all())
    page = {"newer": newer, "older": before, "found": found}
    return render(request, "policies/differences.html", page)


def _version(request: MemberRequest, version_id: UUID) -> PolicyVersion:
    rows = PolicyVersion.objects.readable_by(request.member)
    linked = ("setting", "policy", "adoption__adopted_by", "written_by__user")
    return fetch(rows.select_related(*linked), version_id, request)
