"""For those who keep agreements: who has signed, paper, and new versions."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation import spreadsheets
from foundation.forms import Form
from foundation.moments import say_date
from foundation.uploads import MOST_BYTES, takes_a_file
from safeguarding.agreements import actions, papers, permissions
from safeguarding.agreements.audiences import SIGN, Audience, Wording, ours
from safeguarding.agreements.forms import PublishForm, WriteDownForm, WritingForm
from safeguarding.agreements.models import Agreement, Signature
from safeguarding.agreements.standing import Stand, of_everybody
from safeguarding.approvals.models import Approval
from safeguarding.documents.serving import to_be_saved
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_keeping_people,
    passed_second_check,
)
from safeguarding.people.permissions import require
from safeguarding.people.views import show_form

TOO_BIG = (
    f"This file is larger than {MOST_BYTES // 1024 // 1024} MB. Nothing of it was kept; what you typed "
    "is still here. Scan it in black and white, or in a smaller size."
)
ASKED = "A second person is asked. It comes into force when they say yes."
GONE = (
    "Is it the wrong file? Nobody can open it any more then, and it cannot be brought back. The answer "
    "stays as it is. With the right sheet, write it down anew."
)
TIME_TO_READ = timedelta(days=14)


@require_safe
@for_keeping_people
def everyone(request: MemberRequest) -> HttpResponse:
    """Who has signed, who has not, and who said no."""
    require(permissions.may_keep, request.member)
    rows = _rows(request)
    page = {
        "rows": rows,
        "signed": sum(stand.state.counts for _, stand in rows),
        "may_write": permissions.may_write(request.member),
    }
    return render(request, "agreements/everyone.html", page)


@require_safe
@for_keeping_people
def everyone_list(request: MemberRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    require(permissions.may_keep, request.member)
    lines = [["Name", "Agreement", "Version asked for", "How it stands", "Answered on", "How"]]
    for member, stand in _rows(request):
        answer = stand.signature
        lines.append(
            [
                member.display_name,
                stand.agreement.title,
                str(stand.agreement.number),
                stand.state.label,
                say_date(answer.signed_on) if answer else "",
                answer.get_how_display() if answer else "",
            ]
        )
    return spreadsheets.answer("agreements.csv", lines)


def _rows(request: MemberRequest) -> list[tuple[Member, Stand]]:
    today = timezone.localdate()
    agreements = Agreement.objects.readable_by(request.member).to_sign()
    people = Member.objects.readable_by(request.member).with_roles(today).order_by("name")
    wanted = [role for who in SIGN.values() for role in who]
    here = people.filter(pk__in=request.member.setting.holding(wanted, today).values("pk"))
    return of_everybody(here, agreements.select_related("published"), today)


@require_safe
@for_keeping_people
def versions(request: MemberRequest) -> HttpResponse:
    """The agreements of a setting with their versions, and what can be written."""
    require(permissions.may_keep, request.member)
    rows = Agreement.objects.readable_by(request.member).order_by("-number")
    found: dict[str, list[Agreement]] = {one.value: [] for one in Audience}
    for one in rows.select_related("published__approval__answer__answered_by__user", "written_by"):
        found[one.audience].append(one)
    page = {
        "audiences": [(one, found[one.value]) for one in Audience],
        "may_write": permissions.may_write(request.member),
    }
    return render(request, "agreements/versions.html", page)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def write(request: MemberRequest, audience: str) -> HttpResponse:
    """Write the next version, from the one before or from the wording that comes with Hedgerow."""
    require(permissions.may_write, request.member)
    if audience not in Audience.values:
        raise Http404
    form = WritingForm(held.typed(request), wording=_before(request, Audience(audience)))
    if agreement := attempt(request, form, lambda: _written(request, Audience(audience), form)):
        return redirect("agreements:publish", agreement.pk)
    page = {"form": form, "audience": Audience(audience)}
    return render(request, "agreements/write.html", page, status=_status(request))


def _written(request: MemberRequest, audience: Audience, form: WritingForm) -> Agreement:
    note = form.cleaned_data["change_note"]
    return actions.write_agreement(
        by=request.member, audience=audience, wording=form.wording(), change_note=note
    )


def _before(request: MemberRequest, audience: Audience) -> Wording:
    rows = Agreement.objects.readable_by(request.member).filter(audience=audience)
    newest = rows.order_by("-number").first()
    return newest.wording if newest else ours(audience)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def publish(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Read what was written, and ask a second person to put it into force."""
    rows = Agreement.objects.readable_by(request.member).filter(published__isnull=True)
    rows = rows.select_related("setting", "written_by")
    agreement = fetch(rows, agreement_id, request)
    require(permissions.may_publish, request.member, agreement)
    form = PublishForm(held.typed(request), initial={"in_force_from": _first_day(agreement)})
    if attempt(request, form, lambda: _asked(request, agreement, form)):
        messages.success(request, ASKED)
        return redirect("agreements:versions")
    page = {"form": form, "agreement": agreement}
    return render(request, "agreements/publish.html", page, status=_status(request))


def _asked(request: MemberRequest, agreement: Agreement, form: PublishForm) -> Approval:
    said = form.cleaned_data
    return actions.ask_to_publish(by=request.member, agreement=agreement, **said)


def _first_day(agreement: Agreement) -> date:
    """Of a first version later, so that nobody is shut out at once."""
    return timezone.localdate() + (TIME_TO_READ if agreement.number == 1 else timedelta())


@require_safe
@for_keeping_people
def sheet(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """The wording on paper with lines for a name and a signature, for those without an account."""
    require(permissions.may_keep, request.member)
    rows = Agreement.objects.readable_by(request.member).select_related("setting")
    agreement = fetch(rows, agreement_id, request)
    return papers.answer("agreement.pdf", papers.sheet(agreement))


def may_take_file(request: HttpRequest, agreement_id: UUID, member_id: UUID) -> bool:  # noqa: ARG001
    """Whether this person keeps agreements here: asked before the first byte of a scan is kept."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not request.user.is_authenticated or not passed_second_check(request):
        return False
    return permissions.may_keep(member)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@takes_a_file(may_take_file)
def write_down(request: MemberRequest, agreement_id: UUID, member_id: UUID) -> HttpResponse:
    """Write down how somebody signed on paper, or could not sign themselves."""
    require(permissions.may_keep, request.member)
    agreements = Agreement.objects.readable_by(request.member).to_sign()
    agreement = fetch(agreements.select_related("published", "setting"), agreement_id, request)
    people = Member.objects.readable_by(request.member).select_related("user", "setting")
    whose = fetch(people, member_id, request)
    form = WriteDownForm(held.typed(request), request.FILES or None)
    if getattr(request, "file_too_big", False):
        form.add_error("file", TOO_BIG)
    if attempt(request, form, lambda: _written_down(request, agreement, whose, form)):
        messages.success(request, f"It is written down how {whose.display_name} answered.")
        return redirect("agreements:everyone")
    page = {"form": form, "agreement": agreement, "whose": whose}
    return render(request, "agreements/write_down.html", page, status=_status(request))


def _written_down(
    request: MemberRequest, agreement: Agreement, whose: Member, form: WriteDownForm
) -> Signature:
    said = form.cleaned_data
    sent = said["file"]
    return actions.write_down(
        by=request.member,
        agreement=agreement,
        member=whose,
        answer=Signature.Answer(said["answer"]),
        signed_on=said["signed_on"],
        note=said["note"],
        sheet=actions.Sheet(sent.name, sent.read()) if sent else None,
    )


def _with_sheet(request: MemberRequest, signature_id: UUID) -> Signature:
    rows = Signature.objects.readable_by(request.member)
    rows = rows.filter(scan__isnull=False, scan__destroyed_at=None)
    return fetch(rows.select_related("scan__setting", "member__user"), signature_id, request)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def destroy_scan(request: MemberRequest, signature_id: UUID) -> HttpResponse:
    """Take back a sheet that should not have been added."""
    signature = _with_sheet(request, signature_id)
    require(permissions.may_destroy_scan, request.member, signature)
    form, back = Form(held.typed(request)), reverse("agreements:receipt", args=[signature.pk])
    act = partial(actions.destroy_scan, by=request.member, signature=signature)
    if attempt(request, form, act):
        messages.success(request, "The sheet is taken back. Nobody can open it any more.")
        return redirect(back)
    title = f"Take back the sheet of {signature.member.display_name}"
    return show_form(request, form, title=title, button="Take it back", intro=GONE, back=back)


@require_safe
@for_keeping_people
def scan(request: MemberRequest, signature_id: UUID) -> HttpResponse:
    """The sheet that somebody signed, to be saved."""
    signature = _with_sheet(request, signature_id)
    if signature.scan is None:
        raise Http404
    content = actions.read_scan(by=request.member, signature=signature)
    return to_be_saved(signature.scan, content)


def _status(request: MemberRequest) -> int:
    return 422 if request.method == "POST" else 200
