"""The register as a spreadsheet and on paper, and a paper for what was learnt here."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from foundation import spreadsheets
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, fetch, for_members
from safeguarding.people.permissions import require
from safeguarding.training import actions, permissions, printed
from safeguarding.training.models import Attendance


def _about(request: MemberRequest, member_id: UUID) -> Member:
    return fetch(Member.objects.readable_by(request.member), member_id, request)


def _pdf(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _csv(name: str, rows: Iterable[printed.Line]) -> HttpResponse:
    return spreadsheets.answer(f"{name}.csv", [printed.HEADINGS, *rows])


@require_safe
@for_members
def register_csv(request: MemberRequest) -> HttpResponse:
    """Everybody's training, as a spreadsheet."""
    rows = actions.give_register(by=request.member, about=None)
    return _csv("training-register", printed.lines(rows))


@require_safe
@for_members
def register_pdf(request: MemberRequest) -> HttpResponse:
    """Everybody's training, on paper."""
    rows = actions.give_register(by=request.member, about=None)
    return _pdf("training-register", printed.register(request.member.setting, rows))


@require_safe
@for_members
def person_csv(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """One person's training, as a spreadsheet."""
    rows = actions.give_register(by=request.member, about=_about(request, member_id))
    return _csv("training", printed.lines(rows))


@require_safe
@for_members
def person_pdf(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """One person's training, on paper."""
    about = _about(request, member_id)
    rows = actions.give_register(by=request.member, about=about)
    return _pdf("training", printed.register(request.member.setting, rows, about=about))


@require_safe
@for_members
def paper(request: MemberRequest, attendance_id: UUID) -> HttpResponse:
    """A certificate of our own, for what was learnt here and confirmed."""
    require(permissions.may_have_training, request.member)
    rows = Attendance.objects.readable_by(request.member).filter(was_there=True)
    rows = rows.select_related(
        "setting", "training", "member__user", "confirmed__confirmed_by__user", "corrected"
    )
    found = fetch(rows, attendance_id, request)
    if found.state != "confirmed":
        raise Http404
    return _pdf("certificate", printed.certificate(found))
