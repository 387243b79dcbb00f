"""Devices in custody. Whoever looks after devices sees numbers and places, and nothing of a case."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.paging import page_of
from safeguarding.approvals.models import Approval
from safeguarding.audit.trail import record
from safeguarding.concerns import actions, forms
from safeguarding.concerns.deadlines import known_as_left
from safeguarding.concerns.mistaken import why_device_kept
from safeguarding.concerns.models import Case, CustodyItem, Offer
from safeguarding.concerns.permissions import (
    may_close_offer,
    may_decide_on_item,
    may_hand_over,
    may_lead,
)
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_case_content,
    for_those_asked,
    passed_second_check,
)
from safeguarding.people.permissions import require

from ._forms import show


@require_safe
@for_those_asked
def register(request: MemberRequest) -> HttpResponse:
    """The devices in our custody by number and place; or those that no longer are."""
    rows = CustodyItem.objects.readable_by(request.member)
    over = request.GET.get("show") == "over"
    rows = rows.filter(ends__isnull=False).distinct() if over else rows.in_custody()
    page = page_of(rows.in_short().order_by("-created_at"), request.GET.get("page"))
    context = {"page": page, "show_over": over, "confidential": True}
    return render(request, "concerns/custody.html", context)


@require_safe
@for_those_asked
def item(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """One device: who has had it, where, under which seal. What it is, only readers of its case see."""
    rows = CustodyItem.objects.readable_by(request.member).to_be_shown()
    found = fetch(rows.annotate(known_left=known_as_left(item_id)), item_id, request)
    record("custody.read", found, by=request.member)
    case, offer = _case_for(request, found), found.offer
    may_decide = case is not None and may_lead(request.member, case)
    known_left: bool = getattr(found, "known_left")  # noqa: B009  annotated
    context = {
        "item": found,
        "case": case,
        "same_as": _same_as(request, found),
        "may_answer": may_decide or (offer is not None and offer.is_theirs(request.member)),
        "is_mine": found.is_in_custody and found.now.holder == request.member,
        "is_left": may_decide and offer is None and known_left,
        "may_decide": may_decide,
        "confidential": True,
    }
    return render(request, "concerns/custody_item.html", context)


@require_safe
@for_those_asked
def label(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """What is put on the bag: the number, and that nobody touches what is in it. Nothing of the case."""
    found = fetch(CustodyItem.objects.readable_by(request.member), item_id, request)
    return render(request, "concerns/custody_label.html", {"item": found})


@require_http_methods(["GET", "POST"])
@for_those_asked
def hand_over(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Begin to hand a device over."""
    rows = CustodyItem.objects.readable_by(request.member).with_holder()
    found = fetch(rows.select_related("of_case__case__setting"), item_id, request)
    require(may_hand_over, request.member, found)
    form = forms.HandOverForm(held.typed(request), item=found, member=request.member)
    offer = attempt(
        request,
        form,
        lambda: actions.offer_handover(by=request.member, item=found, **form.values()),
    )
    if offer:
        return redirect("concerns:custody_item", found.pk)
    return _form_page(request, found, form, "Hand this device over")


@require_http_methods(["GET", "POST"])
@for_those_asked
def offer(request: MemberRequest, item_id: UUID, offer_id: UUID) -> HttpResponse:
    """Whoever is asked says whether it happened; whoever offered it may take it back."""
    rows = Offer.objects.readable_by(request.member).filter(item=item_id)
    people = ("offered_by__user", "to__user", "witness__user")
    beside = ("item__setting", "accepted", "closed", *people)
    found = fetch(rows.select_related(*beside), offer_id, request)
    asked = found.asked == request.member
    form: Any = forms.AnswerOfferForm(held.typed(request))
    if not asked:
        form = forms.ReasonForm(held.typed(request))
    if attempt(request, form, lambda: _answer(request, found, form)):
        return _back_from(request, found.item)
    context = {"form": form, "offer": found, "asked": asked, **_shown_of(request, found)}
    return show(request, "concerns/custody_offer.html", **context, confidential=True)


@require_http_methods(["GET", "POST"])
@for_case_content
def police_advice(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Record the police advice that lifts a quarantine."""
    return _decide(
        request, item_id, forms.AdviceLiftsForm, actions.lift_quarantine, "What the police advised"
    )


@require_http_methods(["GET", "POST"])
@for_case_content
def describe(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Put right what a device is and whose, where it was described wrongly."""
    rows = CustodyItem.objects.readable_by(request.member).select_related("of_case__case__setting")
    found = fetch(rows, item_id, request)
    require(may_decide_on_item, request.member, found)  # before anybody types in vain
    now = found.described
    first = {name: getattr(now, name) for name in forms.DescribeForm.DEVICE}
    form = forms.DescribeForm(held.typed(request), initial=first)
    act = partial(actions.describe_device, by=request.member, item=found)
    if attempt(request, form, lambda: act(**form.values())):
        return redirect("concerns:custody_item", found.pk)
    return _form_page(request, found, form, "Put right what this device is")


@require_http_methods(["GET", "POST"])
@for_case_content
def by_mistake(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Ask to say that a device was recorded by mistake; or what became of that."""
    rows = CustodyItem.objects.readable_by(request.member).with_holder().prefetch_related("ends")
    found = fetch(rows.select_related("of_case__case__setting"), item_id, request)
    require(may_decide_on_item, request.member, found)  # before anybody types in vain
    form = forms.ByMistakeForm(held.typed(request), item=found, member=request.member)
    act = partial(actions.ask_to_end_custody, by=request.member, item=found)
    if asked := attempt(request, form, lambda: act(**form.values())):
        return redirect(asked.get_absolute_url())
    waits = _waiting(request.member, found)
    shown = {"item": found, "waits": waits, "why_kept": why_device_kept(found)}
    return show(request, "concerns/custody_by_mistake.html", form=form, confidential=True, **shown)


@require_http_methods(["GET", "POST"])
@for_case_content
def keep_on(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Say why a device stays in custody."""
    return _decide(request, item_id, forms.KeepOnForm, actions.keep_on, "Why this device is kept")


@require_http_methods(["GET", "POST"])
@for_case_content
def destroyed(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Record that the police destroyed a device, or had it destroyed."""
    return _decide(
        request, item_id, forms.DestroyedForm, actions.record_destroyed, "Destroyed by the police"
    )


def _decide(
    request: MemberRequest, item_id: UUID, make: Any, action: Any, title: str
) -> HttpResponse:
    found = fetch(CustodyItem.objects.readable_by(request.member), item_id, request)
    form = make(held.typed(request))
    done = attempt(request, form, lambda: action(by=request.member, item=found, **_values(form)))
    if done:
        return redirect("concerns:custody_item", found.pk)
    return _form_page(request, found, form, title)


def _same_as(request: MemberRequest, item: CustodyItem) -> CustodyItem | None:
    """The device itself, where this one was recorded twice, and whoever asks may see the other."""
    if item.by_mistake is None or item.by_mistake.same_as_id is None:
        return None
    rows = CustodyItem.objects.readable_by(request.member)
    return rows.filter(pk=item.by_mistake.same_as_id).first()


def _waiting(member: Member, item: CustodyItem) -> Approval | None:
    """What was asked about this device and waits for a second person, as far as it is open now."""
    rows = Approval.objects.readable_by(member).waiting(timezone.now())
    rows = rows.filter(kind="device_by_mistake", about_id=item.case.pk)
    return next((one for one in rows if dict(one.arguments).get("item") == str(item.pk)), None)


def _values(form: Any) -> dict[str, Any]:
    values: dict[str, Any] = form.values() if hasattr(form, "values") else form.cleaned_data
    return values


def _answer(request: MemberRequest, offer: Offer, form: Any) -> object:
    if form.cleaned_data.get("answer") == "yes":
        return actions.accept_handover(by=request.member, offer=offer)
    reason = form.cleaned_data["reason"]
    return actions.close_offer(by=request.member, offer=offer, reason=reason)


def _shown_of(request: MemberRequest, offer: Offer) -> dict[str, bool]:
    """What of an offer somebody sees: a witness, once it is settled, only that it is."""
    member = request.member
    return {
        "sees_item": CustodyItem.objects.readable_by(member).filter(pk=offer.item_id).exists(),
        "sees_name": offer.is_theirs(member) or _case_for(request, offer.item) is not None,
        "may_answer": offer.is_open and may_close_offer(member, offer),
    }


def _back_from(request: MemberRequest, item: CustodyItem) -> HttpResponse:
    """To the device, or where its witness may not see it any longer, to today."""
    if CustodyItem.objects.readable_by(request.member).filter(pk=item.pk).exists():
        return redirect("concerns:custody_item", item.pk)
    return redirect("today:today")


def _case_for(request: MemberRequest, item: CustodyItem) -> Case | None:
    """Its case, for whoever reads that and has passed the second check."""
    if not passed_second_check(request):
        return None
    return Case.objects.readable_by(request.member).filter(custody__item=item).first()


def _form_page(request: MemberRequest, item: CustodyItem, form: object, title: str) -> HttpResponse:
    context = {"item": item, "form": form, "title": title, "confidential": True}
    return show(request, "concerns/custody_form.html", **context)
