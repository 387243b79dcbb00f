"""Who may use what: giving it, ending it, and switching it off in the world."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.agreements import actions, permissions
from safeguarding.agreements.access import lapsed
from safeguarding.agreements.audiences import SIGN
from safeguarding.agreements.forms import GiveForm, NoteForm
from safeguarding.agreements.kinds import KINDS
from safeguarding.agreements.models import Grant, GrantEnded
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_keeping_people,
    for_those_asked,
)
from safeguarding.people.permissions import require

MOST = 200  # of what is open, on one page


@require_safe
@for_keeping_people
def access(request: MemberRequest) -> HttpResponse:
    """Who may use what at this moment, and what is still to be switched off."""
    require(permissions.may_keep, request.member)
    rows = Grant.objects.readable_by(request.member).not_over().order_by("kind", "-created_at")
    found = list(rows.select_related("member__user", "given_by__user", "setting", "ended")[:MOST])
    grants = [one for one in found if not hasattr(one, "ended")]
    gone = dict(lapsed(grants, timezone.now()))
    page = {
        "grants": [(one, gone.get(one)) for one in grants],
        "may_switch_off": permissions.switches_off(request.member),
        "ends": [one.ended for one in found if hasattr(one, "ended")],
        "may_give": permissions.may_give_access(request.member),
    }
    return render(request, "agreements/access.html", page)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def give(request: MemberRequest) -> HttpResponse:
    """Give somebody access; or ask a second person where it takes two."""
    require(permissions.may_give_access, request.member)
    form = GiveForm(held.typed(request), people=_people(request))
    if attempt(request, form, lambda: _give(request, form)):
        return redirect("agreements:access")
    status = 422 if request.method == "POST" else 200
    return render(request, "agreements/give.html", {"form": form}, status=status)


def _give(request: MemberRequest, form: GiveForm) -> bool:
    said = form.given()
    if KINDS[said["kind"]].two_people:
        actions.ask_for_access(by=request.member, **said)
        messages.success(request, "A second person is asked. It is given when they say yes.")
    else:
        actions.give_access(by=request.member, **said)
        messages.success(request, f"It is written down. {said['to'].display_name} is told.")
    return True


def _people(request: MemberRequest) -> list[Member]:
    wanted = {role for who in SIGN.values() for role in who}
    here = request.member.setting.holding(wanted, timezone.localdate())
    return [one for one in here.select_related("user") if permissions.may_give(request.member, one)]


@require_http_methods(["GET", "POST"])
@for_keeping_people
def end(request: MemberRequest, grant_id: UUID) -> HttpResponse:
    """End an access."""
    rows = Grant.objects.readable_by(request.member).open()
    grant = fetch(rows.select_related("member__user", "setting"), grant_id, request)
    require(permissions.may_end, request.member, grant)
    form, by = NoteForm(held.typed(request)), request.member
    if attempt(request, form, lambda: actions.end_access(by=by, grant=grant, **form.cleaned_data)):
        messages.success(request, "It has ended here. Whoever switches it off is told.")
        return redirect("agreements:access" if permissions.may_keep(by) else "agreements:own")
    return render(request, "agreements/end.html", {"form": form, "grant": grant})


@require_http_methods(["GET", "POST"])
@for_those_asked
def switch_off(request: MemberRequest, ended_id: UUID) -> HttpResponse:
    """What to do in the world now that an access has ended, and saying that it is done."""
    rows = GrantEnded.objects.readable_by(request.member)
    names = ("grant__member__user", "switched_off__done_by__user", "setting")
    ended = fetch(rows.select_related(*names), ended_id, request)
    require(permissions.may_switch_off, request.member, ended)
    form, by = NoteForm(held.typed(request)), request.member
    if attempt(request, form, lambda: actions.switch_off(by=by, ended=ended, **form.cleaned_data)):
        messages.success(request, "Thank you. It is written down that you did it.")
        return redirect("today:today")
    mark_seen(by, ended.pk)
    return render(request, "agreements/switch_off.html", {"form": form, "ended": ended})
