"""What waits for a second person: roles, ends of roles, and ties."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from . import actions, permissions
from .before import missing_before
from .early_form import DespiteForm
from .keyring import fingerprint
from .models import PersonKey, Relationship, RoleConfirmed, RoleEnded, RoleHeld
from .pages import MemberRequest, attempt, checked_just_now, fetch, for_keeping_people, press
from .permissions import require

MOST = 50


def _role(request: MemberRequest, role_id: UUID) -> RoleHeld:
    rows = RoleHeld.objects.readable_by(request.member).select_related("member__user", "setting")
    return fetch(rows, role_id, request)


@require_safe
@for_keeping_people
def waiting(request: MemberRequest) -> HttpResponse:
    """Everything that waits for this member's word."""
    member = request.member
    require(permissions.may_be_second_person, member)
    waiting_keys = PersonKey.objects.to_confirm(member).select_related("user")[:MOST]
    context = {
        "keys": [(key, fingerprint(key)) for key in waiting_keys],
        "roles": RoleHeld.objects.to_confirm(member)[:MOST],
        "ends": RoleEnded.objects.to_confirm(member)[:MOST],
        "ties": Relationship.objects.to_confirm(member)[:MOST],
    }
    return render(request, "people/waiting.html", context)


@require_POST
@for_keeping_people
@checked_just_now(_role)
def confirm_role(request: MemberRequest, role_id: UUID) -> HttpResponse:
    """Say the second word. Where training should come first, say why the role cannot wait for it."""
    row = _role(request, role_id)
    require(permissions.may_confirm_role, request.member, row)
    if missing := missing_before(row):
        form = DespiteForm(request.POST if "reason" in request.POST else None)
        if not (form.is_bound and _was_taken_early(request, row, form)):
            context = {"form": form, "row": row, "missing": missing}
            return render(request, "people/taken_early.html", context, status=422)
    else:
        press(request, lambda: actions.confirm_role(by=request.member, held=row))
    messages.success(request, f"{row.member.display_name} holds this role from now.")
    return redirect("people:waiting")


def _was_taken_early(request: MemberRequest, row: RoleHeld, form: DespiteForm) -> bool:
    def confirm() -> RoleConfirmed:
        return actions.confirm_role(by=request.member, held=row, despite=form.despite())

    return attempt(request, form, confirm) is not None


@require_POST
@for_keeping_people
def confirm_end(request: MemberRequest, ending_id: UUID) -> HttpResponse:
    rows = RoleEnded.objects.readable_by(request.member)
    ending = fetch(rows.select_related("role_held__setting"), ending_id, request)
    press(request, lambda: actions.confirm_end(by=request.member, ending=ending))
    messages.success(request, "The role has ended. It counts from now.")
    return redirect("people:waiting")
