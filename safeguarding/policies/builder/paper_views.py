"""Any version of a policy as a PDF or a Word file, for everyone who works here."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from safeguarding.people.pages import MemberRequest, fetch, for_members
from safeguarding.policies.models import PolicyVersion

from .papers.content import content_of, name_of
from .papers.pdf import as_pdf
from .papers.word import as_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_members
@require_safe
def pdf(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = _version(request, version_id)
    return _file(as_pdf(content_of(version)), "application/pdf", f"{name_of(version)}.pdf")


@for_members
@require_safe
def word(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = _version(request, version_id)
    return _file(as_word(content_of(version)), WORD, f"{name_of(version)}.docx")


def _version(request: MemberRequest, version_id: UUID) -> PolicyVersion:
    found = PolicyVersion.objects.readable_by(request.member)
    return fetch(found.select_related("policy", "setting", "adoption"), version_id, request)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
