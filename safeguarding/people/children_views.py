"""The children of a setting, their rooms and families."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions, held, permissions
from .forms import CarerForm, ChildForm, EndTieForm, LeavingForm, NameForm
from .models import Carer, Child, Family
from .models.children import parents_without_a_child
from .pages import MemberRequest, attempt, fetch, for_keeping_people, for_members, paged, press
from .permissions import require
from .views import show_form

ORDERS = {"room": "room__name", "family": "family__name"}
GONE = "left"
FIELDS = ("known_as", "full_name", "born_on", "room", "family")


@require_safe
@for_members
def children(request: MemberRequest) -> HttpResponse:
    """Children who are here now, by room or by family; or those who have left."""
    by = request.GET.get("by", "room")
    by = by if by in {*ORDERS, GONE} else "room"
    rows = Child.objects.readable_by(request.member).select_related("room", "family")
    today = timezone.localdate()
    if by == GONE:
        rows = rows.who_left(today)
    else:
        rows = rows.attending(today).order_by(ORDERS[by], "known_as", "pk")
    may_add = permissions.may_manage_children(request.member)
    context = {"page": paged(request, rows), "by": by, "may_add": may_add}
    if by == GONE and permissions.may_manage_people(request.member):
        context["parents"] = parents_without_a_child(request.member.setting, today)
    return render(request, "people/children.html", context)


@require_safe
@for_members
def child(request: MemberRequest, child_id: UUID) -> HttpResponse:
    """One child: name, age, room, family."""
    children = Child.objects.readable_by(request.member).select_related("room", "family")
    found = fetch(children, child_id, request)
    rows = Carer.objects.readable_by(request.member).filter(family=found.family_id)
    carers = rows.current().select_related("member__user") if found.family else []
    context = {
        "child": found,
        "age": found.age_on(timezone.localdate()),
        "carers": carers,
        "may_end": [one.pk for one in carers if permissions.may_end_carer(request.member, one)],
        "may_change": permissions.may_manage_children(request.member),
    }
    return render(request, "people/child.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def add_child(request: MemberRequest) -> HttpResponse:
    require(permissions.may_manage_children, request.member)
    form = ChildForm(held.typed(request), member=request.member)
    new = attempt(
        request, form, lambda: actions.admit_child(by=request.member, **form.cleaned_data)
    )
    if new:
        messages.success(request, f"{new.known_as} is on the list.")
        return redirect("people:children")
    back = reverse("people:children")
    return show_form(request, form, title="Add a child", button="Add this child", back=back)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def change_child(request: MemberRequest, child_id: UUID) -> HttpResponse:
    """Put right what is written down of a child. The family decides who reads what."""
    found = fetch(Child.objects.readable_by(request.member), child_id, request)
    require(permissions.may_manage_children, request.member)
    first = {name: getattr(found, name) for name in FIELDS}
    form, by = ChildForm(held.typed(request), member=request.member, initial=first), request.member
    if attempt(
        request, form, lambda: actions.change_child(by=by, child=found, **form.cleaned_data)
    ):
        messages.success(request, "It is written down.")
        return redirect("people:child", found.pk)
    back = reverse("people:child", args=[found.pk])
    title = f"What is written down of {found.known_as}"
    return show_form(request, form, title=title, button="Save", back=back)


@require_POST
@for_members
def back_again(request: MemberRequest, child_id: UUID) -> HttpResponse:
    """A child who left is here again."""
    found = fetch(Child.objects.readable_by(request.member), child_id, request)
    press(request, lambda: actions.record_return(by=request.member, child=found))
    messages.success(request, f"{found.known_as} is on the list again.")
    return redirect("people:child", found.pk)


@require_http_methods(["GET", "POST"])
@for_members
def leaving(request: MemberRequest, child_id: UUID) -> HttpResponse:
    found = fetch(Child.objects.readable_by(request.member), child_id, request)
    require(permissions.may_manage_children, request.member)
    form = LeavingForm(held.typed(request))
    gone = attempt(
        request,
        form,
        lambda: actions.record_leaving(by=request.member, child=found, **form.cleaned_data),
    )
    if gone:
        return redirect("people:child", found.pk)
    back = reverse("people:child", args=[found.pk])
    title = f"{found.known_as} is leaving"
    intro = "Their record stays, and can still be found by those who may read it."
    return show_form(request, form, title=title, button="Save", intro=intro, back=back)


@require_http_methods(["GET", "POST"])
@for_members
def add_room(request: MemberRequest) -> HttpResponse:
    require(permissions.may_manage_children, request.member)
    form = NameForm(held.typed(request))
    if attempt(request, form, lambda: actions.add_room(by=request.member, **form.cleaned_data)):
        return redirect("people:children")
    back = reverse("people:children")
    return show_form(request, form, title="Add a room", button="Add this room", back=back)


@require_http_methods(["GET", "POST"])
@for_members
def add_family(request: MemberRequest) -> HttpResponse:
    require(permissions.may_manage_children, request.member)
    form = NameForm(held.typed(request))
    new = attempt(request, form, lambda: actions.add_family(by=request.member, **form.cleaned_data))
    if new:
        return redirect("people:add_carer", new.pk)
    back = reverse("people:children")
    return show_form(request, form, title="Add a family", button="Add this family", back=back)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def add_carer(request: MemberRequest, family_id: UUID) -> HttpResponse:
    family = fetch(Family.objects.readable_by(request.member), family_id, request)
    require(permissions.may_manage_children, request.member)
    form = CarerForm(held.typed(request), member=request.member)
    new = attempt(
        request,
        form,
        lambda: actions.add_carer(by=request.member, family=family, **form.cleaned_data),
    )
    if new:
        messages.success(request, f"{new.name} is with the family {family}. Add the next?")
        return redirect("people:add_carer", family.pk)
    back = reverse("people:children")
    title = f"Add somebody who cares for the children of {family}"
    return show_form(request, form, title=title, button="Add this carer", back=back)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def end_carer(request: MemberRequest, carer_id: UUID) -> HttpResponse:
    rows = (
        Carer.objects.readable_by(request.member).current().select_related("family", "member__user")
    )
    carer = fetch(rows, carer_id, request)
    require(permissions.may_end_carer, request.member, carer)
    form = EndTieForm(held.typed(request))
    ended = attempt(
        request,
        form,
        lambda: actions.end_carer(by=request.member, carer=carer, **form.cleaned_data),
    )
    back = reverse("people:children") + "?by=family"
    if ended:
        messages.success(request, f"{carer.name} is no longer with the family {carer.family}.")
        return redirect(back)
    title = f"{carer.name} no longer cares for the children of {carer.family}"
    intro = "Their record stays. What was kept from their account because of these children is no longer."
    return show_form(request, form, title=title, button="Save", intro=intro, back=back)
