"""The assurance board, the page of each duty, and the words that wait."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.people import held
from safeguarding.people.pages import (
    PAGE,
    MemberRequest,
    attempt,
    for_members,
    for_those_asked,
)
from safeguarding.people.permissions import require
from safeguarding.policies.duties import Duty, catalogue
from safeguarding.policies.permissions import may_adopt_duties
from safeguarding.policies.permissions import may_read as may_read_policies

from . import actions, forms, permissions, showing
from .board import end_of, line_of, lines
from .posts import able_to_attest, holders
from .words import by_word


@require_safe
@for_members
def board(request: MemberRequest) -> HttpResponse:
    """How every duty stands, on the day that was asked for."""
    require(permissions.may_see_board, request.member)
    form = forms.LookForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    at = _moment(chosen)
    found = lines(request.member.setting_id, at)
    rows = showing.wanted(found, chosen, request.member)
    page = {
        "form": form,
        "bars": showing.bars(found),
        "number": len(found),
        "struck": showing.struck(request.member, at),
        "may_keep": permissions.may_make_pack(request.member),
        "may_read": may_read_policies(request.member),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        **_address(request, at),
    }
    return render(request, "governance/board.html", page)


@require_safe
@for_those_asked
def duty(request: MemberRequest, duty_id: str) -> HttpResponse:
    """One duty: in words, how it stands, what shows it, and what was said of it."""
    found = _duty(request, duty_id)
    form = forms.LookForm(request.GET or None)
    at = _moment(form.cleaned_data if form.is_valid() else {})
    page = {
        **showing.about(request.member, line_of(found, request.member.setting_id, at), found, at),
        **_address(request, at),
        "may_attest": permissions.may_attest(request.member, found) and found.id in by_word(),
        "may_ask": permissions.may_ask_for_word(request.member) and found.id in by_word(),
        "may_adopt": may_adopt_duties(request.member),
        "confidential": True,
    }
    return render(request, "governance/duty.html", page)


@require_http_methods(["GET", "POST"])
@for_those_asked
def word(request: MemberRequest, duty_id: str) -> HttpResponse:
    """Give one's word on a duty, or say that it is not so."""
    found = _by_word(request, duty_id)
    require(permissions.may_attest, request.member, found)
    line = line_of(found, request.member.setting_id, timezone.now())
    days = line.days if line else found.days
    until = timezone.localdate() + timedelta(days=days)
    form = forms.WordForm(held.typed(request), initial={"until": until})
    if attempt(request, form, lambda: _say(request, found, form.cleaned_data)):
        messages.success(request, "Your word is on record. The board shows it.")
        return redirect("governance:duty", found.id)
    return _form(request, "governance/word.html", form=form, duty=found, line=line, days=days)


@require_http_methods(["GET", "POST"])
@for_those_asked
def ask(request: MemberRequest, duty_id: str) -> HttpResponse:
    """Ask somebody for their word on a duty."""
    found = _by_word(request, duty_id)
    require(permissions.may_ask_for_word, request.member)
    here = holders([request.member.setting_id], timezone.localdate())
    form = forms.AskForm(
        held.typed(request), able=able_to_attest(found, here.get(request.member.setting_id, {}))
    )
    done = attempt(
        request,
        form,
        lambda: actions.ask_for_word(by=request.member, duty=found, **form.values()),
    )
    if done:
        messages.success(request, f"{done.asked.name} finds it on Today.")
        return redirect("governance:duty", found.id)
    return _form(request, "governance/ask.html", form=form, duty=found)


@require_safe
@for_those_asked
def waiting(request: MemberRequest) -> HttpResponse:
    """The duties that wait for this member's word, the first one due first."""
    require(permissions.may_give_words, request.member)
    rows = showing.wanted_of(request.member, timezone.now())
    return render(request, "governance/waiting.html", {"rows": rows})


def _say(request: MemberRequest, found: Duty, said: dict[str, Any]) -> object:
    given = {"by": request.member, "duty": found, "text": said["text"], "until": said["until"]}
    if said["holds"] == "yes":
        return actions.attest(**given)
    return actions.deny(**given, do_next=said["do_next"])


def _duty(request: MemberRequest, duty_id: str) -> Duty:
    found = catalogue().get(duty_id)
    if found is None:
        raise Http404
    require(permissions.may_see_duty, request.member, found)
    return found


def _by_word(request: MemberRequest, duty_id: str) -> Duty:
    """A duty that a word shows; there is no page for anybody's word on another."""
    if duty_id not in by_word():
        raise Http404
    return _duty(request, duty_id)


def _moment(chosen: dict[str, Any]) -> datetime:
    return end_of(chosen.get("on") or timezone.localdate())


def _address(request: MemberRequest, at: datetime) -> dict[str, Any]:
    """The day that is shown, and what of the address goes with it to the next page."""
    query = request.GET.copy()
    query.pop("page", None)
    day = timezone.localdate(at)
    past = showing.is_past(at)
    carried = f"?on_day={day.day}&on_month={day.month}&on_year={day.year}" if past else ""
    return {"at": at, "is_past": past, "query": query.urlencode(), "carried": carried}


def _form(request: MemberRequest, template: str, **page: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {**page, "confidential": True}, status=status)
