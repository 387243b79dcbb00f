"""Bringing a policy in: the file, the clauses beside it, one clause put right, and saving."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.uploads import takes_a_file
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    PAGE,
    MemberRequest,
    attempt,
    fetch,
    for_keeping_people,
    passed_second_check,
    press,
)
from safeguarding.people.permissions import require
from safeguarding.policies import actions, forms
from safeguarding.policies.checking import Checked
from safeguarding.policies.importing import editing, kinds
from safeguarding.policies.importing.clauses import Piece
from safeguarding.policies.importing.sentences import sentences_of
from safeguarding.policies.models import Draft, Policy, PolicyVersion
from safeguarding.policies.permissions import may_write


def may_take_policy(request: HttpRequest, **_: object) -> bool:
    """Whether this person may bring a policy in: asked before the first byte of it is kept."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not request.user.is_authenticated or not passed_second_check(request):
        return False
    return may_write(member)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@takes_a_file(may_take_policy, most=kinds.MOST_BYTES)
def bring_in(request: MemberRequest) -> HttpResponse:
    """A new policy, from a file."""
    require(may_write, request.member)
    return _bring_in(request, None)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@takes_a_file(may_take_policy, most=kinds.MOST_BYTES)
def bring_in_version(request: MemberRequest, policy_id: UUID) -> HttpResponse:
    """A new version of a policy, from a file."""
    require(may_write, request.member)
    return _bring_in(request, fetch(Policy.objects.readable_by(request.member), policy_id, request))


def _bring_in(request: MemberRequest, policy: Policy | None) -> HttpResponse:
    form = forms.BringInForm(
        held.typed(request),
        request.FILES or None,
        too_large=getattr(request, "file_too_big", False),
    )
    member = request.member
    begun = attempt(
        request,
        form,
        lambda: actions.begin_draft(by=member, brought=form.brought, policy=policy),
    )
    if begun:
        return redirect("policies:draft", begun.pk)
    newest = policy.versions.order_by("-number").first() if policy else None
    page = {"form": form, "policy": policy, "newest": newest}
    return render(request, "policies/bring_in.html", page, status=_status(request))


@require_safe
@for_keeping_people
def draft(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """The source and the clauses found in it, side by side, with everything to look at."""
    checked = _checked(request, draft_id)
    pages = Paginator(checked.rows, PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = {"checked": checked, "page": page, "draft": checked.draft, "per_page": PAGE}
    return render(request, "policies/draft.html", shown)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def clause(request: MemberRequest, draft_id: UUID, place: int) -> HttpResponse:
    """One clause, to put right."""
    checked = _checked(request, draft_id)
    piece = _piece(checked, place)
    initial = {**piece.as_json(), "level": str(min(piece.level, 7)), "seen": checked.number}
    form = forms.ClauseForm(held.typed(request), initial=initial)
    if attempt(
        request, form, lambda: _change(request, checked, form, editing.change, place, form.piece)
    ):
        return _back(draft_id, place)
    return _one(request, checked, place, form=form)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def split(request: MemberRequest, draft_id: UUID, place: int) -> HttpResponse:
    """Let another clause begin inside this one."""
    checked = _checked(request, draft_id)
    lines = [one.words for one in sentences_of(_piece(checked, place).text)]
    form = forms.SplitForm(held.typed(request), lines=lines, initial={"seen": checked.number})
    done = attempt(request, form, lambda: _split(request, checked, form, place))
    if done:
        return _back(draft_id, place)
    page = {
        "checked": checked,
        "draft": checked.draft,
        "place": place,
        "form": form,
        "lines": lines,
    }
    return render(request, "policies/split.html", page, status=_status(request))


def _split(request: MemberRequest, checked: Checked, form: forms.SplitForm, place: int) -> object:
    after, number = int(form.cleaned_data["after"]), form.cleaned_data["new_number"]
    return _change(request, checked, form, editing.split, place, after, number)


@require_POST
@for_keeping_people
def join(request: MemberRequest, draft_id: UUID, place: int) -> HttpResponse:
    """Put a clause's words at the end of the one before."""
    return _at_once(request, draft_id, place, editing.join)


@require_POST
@for_keeping_people
def leave_out(request: MemberRequest, draft_id: UUID, place: int) -> HttpResponse:
    """Take a clause away."""
    return _at_once(request, draft_id, place, editing.leave_out)


@require_POST
@for_keeping_people
def undo(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Bring back how it was before the last change."""
    checked = _checked(request, draft_id)
    form = forms.SeenForm(request.POST)
    seen = checked.number if not form.is_valid() else form.cleaned_data["seen"]
    actions.undo_draft(by=request.member, draft=checked.draft, seen=seen)
    messages.success(request, "The last change is taken back.")
    return redirect("policies:draft", draft_id)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def save(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Write it down as a version."""
    checked = _checked(request, draft_id)
    initial = {"title": checked.draft.title, "seen": checked.number}
    policies = {} if checked.draft.policy else _policies(request)
    titles = [(pk, one.title) for pk, one in policies.items()]
    form = forms.SaveForm(held.typed(request), initial=initial, policies=titles)
    saved = attempt(request, form, lambda: _save(request, checked, form, policies))
    if saved:
        messages.success(
            request, "It is saved as a version. It counts once the committee adopts it."
        )
        return redirect("policies:version", saved.pk)
    page = {"form": form, "checked": checked, "draft": checked.draft}
    return render(request, "policies/save.html", page, status=_status(request))


def _save(
    request: MemberRequest,
    checked: Checked,
    form: forms.SaveForm,
    policies: dict[str, PolicyVersion],
) -> PolicyVersion:
    given = dict(form.cleaned_data)
    chosen = policies.get(given.pop("policy", ""))
    policy = chosen.policy if chosen else None
    return actions.save_draft(by=request.member, draft=checked.draft, policy=policy, **given)


def _policies(request: MemberRequest) -> dict[str, PolicyVersion]:
    """The policies there are, by id, each as its newest version calls it. One query."""
    versions = PolicyVersion.objects.readable_by(request.member).listed()
    found: dict[str, PolicyVersion] = {}
    for one in versions:
        found.setdefault(str(one.policy_id), one)
    return dict(sorted(found.items(), key=lambda item: item[1].title.casefold()))


@require_POST
@for_keeping_people
def forget(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Throw it away."""
    found = fetch(Draft.objects.readable_by(request.member), draft_id, request)
    press(request, lambda: actions.forget_draft(by=request.member, draft=found))
    messages.success(request, "It is thrown away. No version came of it.")
    return redirect("policies:library")


def _checked(request: MemberRequest, draft_id: UUID) -> Checked:
    rows = Draft.objects.readable_by(request.member).select_related("setting", "policy", "begun_by")
    return Checked.of(fetch(rows, draft_id, request))


def _piece(checked: Checked, place: int) -> Piece:
    if not 0 <= place < len(checked.pieces):
        raise Http404
    return checked.pieces[place]


def _change(
    request: MemberRequest,
    checked: Checked,
    form: forms.SeenForm,
    edit: Callable[..., list[Piece]],
    *how: Any,
) -> object:
    pieces = edit(checked.pieces, *how)
    seen = form.cleaned_data["seen"]
    return actions.change_draft(by=request.member, draft=checked.draft, seen=seen, pieces=pieces)


def _at_once(
    request: MemberRequest, draft_id: UUID, place: int, edit: Callable[..., list[Piece]]
) -> HttpResponse:
    """What one button does. What cannot be done is said on the clause's own page."""
    checked = _checked(request, draft_id)
    _piece(checked, place)
    form = forms.SeenForm(request.POST)
    if attempt(request, form, lambda: _change(request, checked, form, edit, place)):
        return _back(draft_id, max(place - 1, 0))
    return _one(request, checked, place, problem=form)


def _one(
    request: MemberRequest,
    checked: Checked,
    place: int,
    form: forms.ClauseForm | None = None,
    problem: forms.SeenForm | None = None,
) -> HttpResponse:
    piece = _piece(checked, place)
    initial = {**piece.as_json(), "level": str(min(piece.level, 7)), "seen": checked.number}
    page = {
        "form": form or forms.ClauseForm(None, initial=initial),
        "problem": problem or form,
        "row": checked.rows[place],
        "checked": checked,
        "draft": checked.draft,
        "may_split": len(sentences_of(piece.text)) > 1,
    }
    return render(request, "policies/clause.html", page, status=_status(request))


def _back(draft_id: UUID, place: int) -> HttpResponseRedirect:
    """To where one was on the page of clauses."""
    at = reverse("policies:draft", args=[draft_id])
    return HttpResponseRedirect(f"{at}?page={place // PAGE + 1}#part-{place + 1}")


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
