"""How people, rooms and families are called: also the rooms and families in which there is no child yet."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from . import actions, held, permissions
from .forms import NameForm
from .models import Carer, Child, Family, Member, Room
from .name_form import CalledForm
from .pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_keeping_people,
    for_members,
    paged,
)
from .permissions import require
from .views import show_form

NOW_CALLED = "{name} is the name from now. What was written before stays as it was."
LATER = (
    "Names that stand in what was written before stay as they were. Whoever writes the earlier name in a "
    "report still means the same person."
)


def _member(request: MemberRequest, member_id: UUID) -> Member:
    rows = Member.objects.readable_by(request.member).with_roles(timezone.localdate())
    return fetch(rows, member_id, request)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_member)
def rename(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Write how somebody is called here now."""
    about, by = _member(request, member_id), request.member
    require(permissions.may_rename, by, about)
    form = CalledForm(held.typed(request), initial={"name": about.name})
    now = attempt(
        request, form, lambda: actions.rename_member(by=by, member=about, **form.cleaned_data)
    )
    if now:
        messages.success(request, NOW_CALLED.format(name=now.name))
        return redirect("people:member", about.pk)
    back, title = reverse("people:member", args=[about.pk]), f"What {about} is called here"
    return show_form(request, form, title=title, button="Save", intro=LATER, back=back)


@require_safe
@for_members
def families(request: MemberRequest) -> HttpResponse:
    """Every room and every family, with its children and those who care for them."""
    require(permissions.may_manage_children, request.member)
    carers = Carer.objects.readable_by(request.member).current().select_related("member__user")
    there = Child.objects.readable_by(request.member).attending(timezone.localdate())
    rows = Family.objects.readable_by(request.member).order_by("name", "pk")
    within = [Prefetch("carers", carers), Prefetch("children", there)]
    page = paged(request, rows.prefetch_related(*within))
    every = [carer for one in page for carer in one.carers.all()]
    context = {
        "page": page,
        "rooms": Room.objects.readable_by(request.member).order_by("name"),
        "may_end": [one.pk for one in every if permissions.may_end_carer(request.member, one)],
    }
    return render(request, "people/families.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def rename_room(request: MemberRequest, room_id: UUID) -> HttpResponse:
    room = fetch(Room.objects.readable_by(request.member), room_id, request)
    require(permissions.may_manage_children, request.member)
    form = NameForm(held.typed(request), initial={"name": room.name})
    by, here = request.member, reverse("people:families")
    if attempt(request, form, lambda: actions.rename_room(by=by, room=room, **form.cleaned_data)):
        messages.success(request, f"The room is called {room} from now.")
        return redirect(here)
    title = f"What the room {room} is called"
    return show_form(request, form, title=title, button="Save", back=here)


@require_http_methods(["GET", "POST"])
@for_members
def rename_family(request: MemberRequest, family_id: UUID) -> HttpResponse:
    family = fetch(Family.objects.readable_by(request.member), family_id, request)
    require(permissions.may_manage_children, request.member)
    form = NameForm(held.typed(request), initial={"name": family.name})
    by, here = request.member, reverse("people:families")
    done = attempt(
        request, form, lambda: actions.rename_family(by=by, family=family, **form.cleaned_data)
    )
    if done:
        messages.success(request, f"The family is called {family} from now.")
        return redirect(here)
    title = f"What the family {family} is called"
    return show_form(request, form, title=title, button="Save", back=here)
