"""Reporting: the form, the receipt, and what one has reported. Never behind a second check (rule R1)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.concerns import actions, kinds, routing
from safeguarding.concerns.forms import AddendumForm, ReportForm, coaching
from safeguarding.concerns.listing import page_of_sent
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import fingerprint_today
from safeguarding.directory.urgent import outside_numbers
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, fetch, for_members
from safeguarding.procedures.permissions import may_read
from safeguarding.procedures.schema import Definition

from . import _coach
from ._forms import at_the_new_row, one_more, show


@require_http_methods(["GET", "POST"])
@for_members
def report(request: MemberRequest) -> HttpResponse:
    """Report a concern. "Add another person", or mark, works without JavaScript: it posts and comes back."""
    typed = held.typed(request)
    if typed is not None and (more := one_more(typed)):
        form = at_the_new_row(ReportForm(more, member=request.member), typed)
        return _report_page(request, form, quiet=True)
    form = ReportForm(typed, member=request.member)
    if _coach.was_asked(form):
        outside = outside_numbers(request.member.setting)
        page = "concerns/report.html"
        return _coach.look(request, page, form, coaching.on_report, outside=outside)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        concern = actions.file_report(by=request.member, key=key, report=form.report())
        return redirect("concerns:receipt", concern.pk)
    return _report_page(request, form, quiet=False)


@require_safe
@for_members
def receipt(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """What the reporter keeps: the code, when it was received, and how far it has come. Not its words."""
    mine = Concern.objects.sent_by(request.member).with_progress()
    concern = fetch(mine.prefetch_related("addenda", "notes"), concern_id, request)
    context = {
        "concern": concern,
        "somebody_told": routing.somebody_can_decide(concern),
        "outside": outside_numbers(request.member.setting),
        "sheet_of": _what_to_do(request.member, concern),
    }
    return render(request, "concerns/receipt.html", context)


@require_safe
@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """The member's own reports, by their receipts."""
    page = page_of_sent(request.member, request.GET.get("page"))
    return render(request, "concerns/mine.html", {"page": page})


@require_http_methods(["GET", "POST"])
@for_members
def add(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Add something to a report one has sent."""
    concern = fetch(Concern.objects.sent_by(request.member), concern_id, request)
    form = AddendumForm(held.typed(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        fingerprint = fingerprint_today(text, answers=concern.notes.all())
        said = {"text": text, "fingerprint": fingerprint}
        actions.add_to_report(by=request.member, concern=concern, **said)
        return redirect("concerns:receipt", concern.pk)
    return show(request, "concerns/add.html", form=form, concern=concern)


def _what_to_do(member: Member, concern: Concern) -> str:
    """The procedure whose sheet goes with a report. None about an adult: it may name the very person."""
    if concern.record_class == "C3" or not may_read(member):
        return ""
    return kinds.definition_of(concern.kind).id


def _sheet_of(form: ReportForm) -> Definition | None:
    """The procedure of the kind that was chosen, once the form has come back."""
    chosen = form.data.get("kind", "") if form.is_bound else ""
    return kinds.definition_of(chosen) if chosen else None


def _report_page(request: MemberRequest, form: ReportForm, *, quiet: bool) -> HttpResponse:
    """The form, with the numbers outside that are there for whoever cannot tell anybody here."""
    context = {
        "form": form,
        "quiet": quiet,
        "outside": outside_numbers(request.member.setting),
        "coach": _coach.beside(request.member),
        "sheets": kinds.sheets() if may_read(request.member) else [],
        "sheet_of": _sheet_of(form),
    }
    status = 422 if request.method == "POST" and not quiet else 200
    return render(request, "concerns/report.html", context, status=status)
