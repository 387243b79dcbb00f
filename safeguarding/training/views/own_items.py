"""What new colleagues are shown: the ready-made list, and what the setting adds to it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, for_members
from safeguarding.people.permissions import require
from safeguarding.training import actions, permissions
from safeguarding.training.library import AUDIENCES, shown
from safeguarding.training.models import OwnItem
from safeguarding.training.plan_forms import ItemForm, RetireForm

from ._show import show_form

FIELDS = ("name", "text", "audiences", "first_day")


@require_safe
@for_members
def items(request: MemberRequest) -> HttpResponse:
    """Everything that is shown to somebody new, and to whom."""
    require(permissions.may_see_everybody, request.member)
    rows = OwnItem.objects.readable_by(request.member).known(timezone.now()).order_by("name")
    context = {
        "ready": [(one, [AUDIENCES[who] for who in one.for_]) for one in shown().values()],
        "own": [(one, [AUDIENCES[who] for who in one.audiences]) for one in rows],
        "may_change": permissions.may_set_requirements(request.member),
    }
    return render(request, "training/items.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def add(request: MemberRequest) -> HttpResponse:
    """Add one thing of the setting's own."""
    require(permissions.may_set_requirements, request.member)
    form = ItemForm(held.typed(request))
    if attempt(request, form, lambda: actions.add_item(by=request.member, **form.cleaned_data)):
        messages.success(request, "It is on your list. Whoever is new from now on is shown it.")
        return redirect("training:items")
    back, title = reverse("training:items"), "Show new colleagues one thing more"
    return show_form(request, form, title=title, button="Add it", back=back)


@require_http_methods(["GET", "POST"])
@for_members
def change(request: MemberRequest, item_slug: str) -> HttpResponse:
    """Write anew what is shown, or show it again."""
    require(permissions.may_set_requirements, request.member)
    rows = OwnItem.objects.readable_by(request.member).known(timezone.now())
    item = rows.filter(slug=item_slug).first()
    if item is None:
        raise Http404
    first = {name: getattr(item, name) for name in FIELDS}
    form, by = ItemForm(held.typed(request), initial=first), request.member
    slug, back = item.slug, reverse("training:items")
    if attempt(request, form, lambda: actions.change_item(by=by, slug=slug, **form.cleaned_data)):
        messages.success(request, "Whoever is new from now on is shown it as you wrote it.")
        return redirect(back)
    title = f"{'Show again' if item.retired else 'Change'} “{item.name}”"
    return show_form(request, form, title=title, button="Save", back=back)


@require_http_methods(["GET", "POST"])
@for_members
def retire(request: MemberRequest, item_slug: str) -> HttpResponse:
    """Show it no more, with the reason."""
    require(permissions.may_set_requirements, request.member)
    rows = OwnItem.objects.readable_by(request.member).known(timezone.now())
    item = rows.filter(slug=item_slug, retired=False).first()
    if item is None:
        raise Http404
    form, by, slug = RetireForm(held.typed(request)), request.member, item.slug
    if attempt(request, form, lambda: actions.retire_item(by=by, slug=slug, **form.cleaned_data)):
        messages.success(request, "It is not shown any more. What was signed stays on record.")
        return redirect("training:items")
    back, title = reverse("training:items"), f"Stop showing “{item.name}”"
    return show_form(request, form, title=title, button="Stop showing it", back=back)
