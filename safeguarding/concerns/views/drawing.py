"""Where a case stands in one of its procedures, drawn and as a list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safeguarding.audit.trail import record
from safeguarding.concerns.checklist import checklists
from safeguarding.concerns.drawn import drawn
from safeguarding.concerns.models import Case
from safeguarding.people.pages import MemberRequest, fetch, for_case_content
from safeguarding.procedures.ours import rules_of


@require_safe
@for_case_content
def drawing(request: MemberRequest, case_id: UUID, run_id: UUID) -> HttpResponse:
    """One procedure of a case, with what is done, open, overdue, locked or not needed."""
    case = fetch(Case.objects.readable_by(request.member).with_open(), case_id, request)
    run = fetch(case.runs, run_id, request)
    record("case.procedure_read", case, by=request.member, definition=run.definition_id)
    now = timezone.now()
    found = next(one for one in checklists(case, now) if one.run == run)
    page = {
        "case": case,
        "list": found,
        "drawing": drawn(found, rules_of(case.setting_id)),
        "now": now,
        "confidential": True,
    }
    return render(request, "concerns/drawing.html", page)
