"""One's own agreements: reading, answering, the receipt."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.agreements import actions, papers, permissions
from safeguarding.agreements.access import own_access
from safeguarding.agreements.audiences import Audience
from safeguarding.agreements.forms import SignForm
from safeguarding.agreements.models import Agreement, Extension, Signature
from safeguarding.agreements.standing import Stand, not_told_yet, own
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.models import Child, Member
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_members, press


@require_safe
@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """What one has to sign, what one signed, and what one may use."""
    member = request.member
    stands = own(member, timezone.localdate())
    grants, untrained = own_access(member, stands, timezone.now())
    page = {
        "stands": stands,
        "grants": grants,
        "untrained": untrained,
        "may_keep": permissions.may_keep(member),
    }
    return render(request, "agreements/own.html", page)


@require_http_methods(["GET", "POST"])
@for_members
def sign(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Read an agreement, and say yes or no to exactly what stands there."""
    member = request.member
    agreement = fetch(_readable(request), agreement_id, request)
    stands = {one.agreement.audience: one for one in own(member, timezone.localdate())}
    form = SignForm(
        held.typed(request), agreement=agreement, children=_children(request, agreement)
    )
    if signature := attempt(request, form, lambda: _answer(request, agreement, form)):
        return _after(request, signature)
    stand = stands.get(agreement.audience)
    shown = _of_the_newest(request, form, stand)
    mark_seen(member, shown.agreement.pk)
    page = {
        "stand": stand,
        "form": shown,
        "is_newer": shown is not form,
        "not_told_yet": _not_told_yet(member, shown),
    }
    return render(
        request, "agreements/sign.html", page, status=422 if request.method == "POST" else 200
    )


def _of_the_newest(request: MemberRequest, form: SignForm, stand: Stand | None) -> SignForm:
    """The form to show: of the newest version, with what was written, where one came meanwhile."""
    if stand is None or not form.is_bound or not stand.is_owed:
        return form
    newest = stand.agreement
    if newest.number <= form.agreement.number:
        return form
    children = _children(request, newest)
    return SignForm(agreement=newest, children=children, note=form.data.get("note", ""))


def _not_told_yet(member: Member, shown: SignForm) -> list[Child]:
    """A parent's children to talk it over with; nobody is asked once their role as a parent has ended."""
    if not permissions.may_sign(member, shown.agreement):
        return []
    return not_told_yet(member, shown.agreement, shown.own.values())


def _after(request: MemberRequest, signature: Signature) -> HttpResponse:
    if signature.is_accepted:
        return redirect("agreements:receipt", signature.pk)
    messages.success(request, "Your answer is written down. You can change it at any time.")
    return redirect("agreements:own")


def _answer(request: MemberRequest, agreement: Agreement, form: SignForm) -> Signature:
    said, by = form.cleaned_data, request.member
    if form.agrees:
        return actions.accept(by=by, agreement=agreement, seen=said["seen"], children=form.children)
    return actions.refuse(by=by, agreement=agreement, seen=said["seen"], note=said["note"])


def _children(request: MemberRequest, agreement: Agreement) -> list[Child]:
    """A parent's own children, where the agreement is for parents."""
    if agreement.audience != Audience.PARENT:
        return []
    rows = Child.objects.readable_by(request.member).cared_for_by(request.member)
    return list(rows.attending(timezone.localdate()))


@require_POST
@for_members
def withdraw(request: MemberRequest, signature_id: UUID) -> HttpResponse:
    """Take back what one accepted."""
    signature = fetch(_own_signatures(request), signature_id, request)
    press(request, lambda: actions.withdraw(by=request.member, signature=signature))
    messages.success(request, "You have taken it back. You can sign again at any time.")
    return redirect("agreements:own")


@require_POST
@for_members
def go_on(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Go on with cases for a few days without having signed."""
    agreement = fetch(_readable(request), agreement_id, request)
    extension: Extension = actions.go_on(by=request.member, agreement=agreement)
    until = timezone.localtime(extension.until)
    messages.warning(
        request, f"You can go on until {until:%A %-d %B at %H:%M}. Please sign by then."
    )
    return redirect("today:today")


@require_safe
@for_members
def receipt(request: MemberRequest, signature_id: UUID) -> HttpResponse:
    """What was signed, when, how, and the digest of its wording."""
    signature = fetch(_signatures(request), signature_id, request)
    may_destroy = permissions.may_destroy_scan(request.member, signature)
    page = {"signature": signature, "is_own": signature.member_id == request.member.pk}
    page["may_destroy"] = may_destroy
    return render(request, "agreements/receipt.html", page)


@require_safe
@for_members
def receipt_paper(request: MemberRequest, signature_id: UUID) -> HttpResponse:
    """The same as a PDF, with the whole wording."""
    signature = fetch(_signatures(request), signature_id, request)
    return papers.answer("agreement-receipt.pdf", papers.receipt(signature))


def _readable(request: MemberRequest) -> QuerySet[Agreement]:
    rows = Agreement.objects.readable_by(request.member)
    return rows.select_related("published", "setting", "written_by__user")


def _signatures(request: MemberRequest) -> QuerySet[Signature]:
    rows = Signature.objects.readable_by(request.member)
    names = ("agreement__setting", "member__user", "written_by__user", "followed_by", "scan")
    return rows.select_related(*names).prefetch_related("children__child")


def _own_signatures(request: MemberRequest) -> QuerySet[Signature]:
    return _signatures(request).filter(member=request.member)
