"""The directory's pages, and the page of the rules."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.directory import actions, permissions
from safeguarding.directory.forms import AreaForm, ContactForm, LocalRuleForm, answers_of
from safeguarding.directory.models import Contact
from safeguarding.directory.needs import by_need
from safeguarding.directory.taking_over import to_take_over
from safeguarding.directory.to_come import set_here, to_come
from safeguarding.law.library import NoSuchRule
from safeguarding.law.local import rule_for, rules_for
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
from safeguarding.people.views import show_form

AREA = (
    "Hedgerow brings a list of agencies for England, and for some areas one of their own. Contacts that "
    "somebody here wrote, checked or took off the list stay as they are. Nothing in the list counts as "
    "checked: ring each number before you rely on it."
)
TAKEN_OVER = "Your list is brought up to date. Look through it, and check each number."
AS_IT_IS = "Nothing in your list had to be changed."


@for_members
@require_safe
def contacts(request: MemberRequest) -> HttpResponse:
    found = list(Contact.objects.readable_by(request.member).current())
    may_change = permissions.may_add_contacts(request.member)
    new = to_take_over(request.member.setting) if may_change else []
    gone = Contact.objects.readable_by(request.member).taken_off() if may_change else ()
    page = {"needs": by_need(found), "may_change": may_change, "new": len(new), "gone": gone}
    return render(request, "directory/contacts.html", page)


@for_keeping_people
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponse:
    require(permissions.may_add_contacts, request.member)
    form = ContactForm(held.typed(request))
    contact = attempt(
        request, form, lambda: actions.add_contact(by=request.member, details=form.details())
    )
    if contact:
        messages.success(request, f"{contact.name} is in the directory.")
        return redirect("directory:contacts")
    return _form(request, form, None)


@for_keeping_people
@require_http_methods(["GET", "POST"])
def area(request: MemberRequest) -> HttpResponse:
    """Where the setting is, and with it whose list of agencies it has."""
    require(permissions.may_add_contacts, request.member)
    form = AreaForm(held.typed(request), initial={"area": request.member.setting.local_area})
    choose = partial(actions.choose_area, by=request.member)
    changed = attempt(request, form, lambda: choose(area=form.cleaned_data["area"]))
    if changed is not None:
        messages.success(request, TAKEN_OVER if changed else AS_IT_IS)
        return redirect("directory:contacts")
    back = reverse("directory:contacts")
    return show_form(
        request, form, title="The list for your area", button="Use this list", intro=AREA, back=back
    )


@for_keeping_people
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    contact = fetch(_current(request), contact_id, request)
    require(permissions.may_change_contact, request.member, contact)
    form, by = ContactForm(held.typed(request), initial=answers_of(contact)), request.member
    change_it = partial(actions.change_contact, by=by, contact=contact)
    if changed := attempt(request, form, lambda: change_it(details=form.details())):
        messages.success(request, f"{changed.name} is changed. Check it, then say so.")
        return redirect("directory:contacts")
    return _form(request, form, contact)


@for_keeping_people
@require_POST
def check(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    contact = fetch(_current(request), contact_id, request)
    press(request, lambda: actions.check_contact(by=request.member, contact=contact))
    messages.success(request, f"{contact.name} is marked as checked today.")
    return redirect("directory:contacts")


@for_keeping_people
@require_POST
def remove(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    contact = fetch(_current(request), contact_id, request)
    press(request, lambda: actions.remove_contact(by=request.member, contact=contact))
    messages.success(request, f"{contact.name} is off the list. What it said stays on record.")
    return redirect("directory:contacts")


@for_keeping_people
@require_POST
def put_back(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """One that was taken off the list. Pressed twice, it is on it once."""
    rows = Contact.objects.readable_by(request.member).newest()
    contact = fetch(rows, contact_id, request)
    press(request, lambda: actions.put_back_contact(by=request.member, contact=contact))
    messages.success(request, f"{contact.name} is back on the list. Check it, then say so.")
    return redirect("directory:contacts")


@for_members
@require_safe
def rules(request: MemberRequest) -> HttpResponse:
    found = rules_for(request.member.setting_id, timezone.localdate())
    may_change, coming = permissions.may_change_rules(request.member), to_come(request.member)
    each = [(rule, coming.get(rule.id, ())) for rule in found.values()]
    page = {"rules": each, "may_change": may_change}
    return render(request, "directory/rules.html", page)


@for_keeping_people
@require_http_methods(["GET", "POST"])
def local_rule(request: MemberRequest, rule_id: str) -> HttpResponse:
    require(permissions.may_change_rules, request.member)
    try:
        rule = rule_for(request.member.setting_id, rule_id, timezone.localdate())
    except NoSuchRule as error:
        raise Http404 from error
    form, by = LocalRuleForm(held.typed(request)), request.member
    set_it = partial(actions.set_local_rule, by=by, rule_id=rule_id)
    if attempt(request, form, lambda: set_it(**form.cleaned_data)):
        messages.success(request, f"Your own value for “{rule.title}” is on record.")
        return redirect("directory:rules")
    page = {"form": form, "rule": rule, "coming": to_come(request.member).get(rule_id, ())}
    return render(request, "directory/rule.html", page, status=_status(request))


@for_keeping_people
@require_POST
def take_back(request: MemberRequest, local_rule_id: UUID) -> HttpResponse:
    """A value of our own that has not begun."""
    require(permissions.may_change_rules, request.member)
    own = fetch(set_here(request.member), local_rule_id, request)
    press(request, lambda: actions.take_back_local_rule(by=request.member, own=own))
    messages.success(request, "The value is taken back. The rule stays as it is now.")
    return redirect("directory:rules")


def _current(request: MemberRequest) -> QuerySet[Contact]:
    return Contact.objects.readable_by(request.member).current()


def _form(request: MemberRequest, form: ContactForm, contact: Contact | None) -> HttpResponse:
    page = {"form": form, "contact": contact}
    return render(request, "directory/contact_form.html", page, status=_status(request))


def _status(request: MemberRequest) -> int:
    return 422 if request.method == "POST" else 200
