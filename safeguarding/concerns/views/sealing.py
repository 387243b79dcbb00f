"""Sharing a sealed record with those who may read it and cannot open it yet."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern
from safeguarding.people.pages import MemberRequest, fetch, for_case_content


@require_POST
@for_case_content
def share_case(request: MemberRequest, case_id: UUID) -> HttpResponse:
    return _share(request, fetch(Case.objects.readable_by(request.member), case_id, request))


@require_POST
@for_case_content
def share_report(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    return _share(request, fetch(Concern.objects.readable_by(request.member), concern_id, request))


def _share(request: MemberRequest, record: Case | Concern) -> HttpResponse:
    made = actions.share_record(by=request.member, of=record)
    said = (
        "Shared with everyone who may read this and has a key." if made else "Nobody was left out."
    )
    messages.success(request, said)
    return redirect(record)
