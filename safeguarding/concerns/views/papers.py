"""Making papers of a case and of a child's file; and who and what belongs to a case or a report."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.concerns import actions
from safeguarding.concerns.connections import related_to, siblings_to_add
from safeguarding.concerns.forms import CasePaperForm, FilePaperForm
from safeguarding.concerns.models import Case, Concern, PaperCopy
from safeguarding.concerns.papers.child import ChildsFile, names_in
from safeguarding.concerns.papers.file import as_pdf, name_of
from safeguarding.concerns.permissions import (
    may_lead,
    may_print,
    may_print_file,
    with_file_for,
)
from safeguarding.concerns.report import Person
from safeguarding.people import held
from safeguarding.people.models import Child
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_case_content,
)
from safeguarding.people.permissions import require

from ._forms import show


def _case(request: MemberRequest, case_id: UUID) -> Case:
    return fetch(Case.objects.readable_by(request.member), case_id, request)


def _child(request: MemberRequest, child_id: UUID) -> Child:
    rows = Child.objects.readable_by(request.member).select_related("setting")
    return fetch(rows.filter(with_file_for(request.member)), child_id, request)


def _copy(request: MemberRequest, copy_id: UUID) -> PaperCopy:
    rows = PaperCopy.objects.readable_by(request.member).made_by(request.member)
    rows = rows.select_related("case__setting", "child__setting", "made_by__user", "approval")
    return fetch(rows, copy_id, request)


@require_http_methods(["GET", "POST"])
@for_case_content
@checked_just_now(_case)
def print_case(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Ask for a paper of a case: for whom and why. Another person says yes first."""
    case = _case(request, case_id)
    require(may_print, request.member, case)
    form = CasePaperForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.ask_to_print_case(by=request.member, case=case, **form.cleaned_data),
    )
    if done:
        return redirect("approvals:approval", done.pk)
    return show(request, "concerns/print_case.html", form=form, case=case, confidential=True)


@require_http_methods(["GET", "POST"])
@for_case_content
@checked_just_now(_child)
def print_file(request: MemberRequest, child_id: UUID) -> HttpResponse:
    """Ask for a paper of a child's file: asks as well which names are blacked out."""
    child = _child(request, child_id)
    require(may_print_file, request.member, child)
    file = ChildsFile(child, request.member, capability="X")
    form = FilePaperForm(held.typed(request), found=names_in(file, file.items))
    done = attempt(
        request,
        form,
        lambda: actions.ask_to_print_file(by=request.member, child=child, **form.values()),
    )
    if done:
        return redirect("approvals:approval", done.pk)
    copies = PaperCopy.objects.readable_by(request.member).filter(child=child)
    return show(
        request,
        "concerns/print_file.html",
        form=form,
        child=child,
        copies=copies.to_be_listed(),
        confidential=True,
    )


@require_http_methods(["GET", "POST"])
@for_case_content
@checked_just_now(_copy)
def paper(request: MemberRequest, copy_id: UUID) -> HttpResponse:
    """A paper that another person said yes to: whoever asked takes the PDF."""
    copy = _copy(request, copy_id)
    if request.method == "POST":
        return _paper(actions.take_paper(by=request.member, copy=copy))
    return render(request, "concerns/paper.html", {"copy": copy, "confidential": True})


def _paper(printed: actions.Printed) -> HttpResponse:
    """The PDF, to be kept or printed. Its name tells nothing."""
    name = name_of(printed.copy)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_pdf(printed.content), content_type="application/pdf", headers=headers)


@require_safe
@for_case_content
def people(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Who is in a case, who may belong to it as well, and which other reports share something."""
    case = fetch(Case.objects.readable_by(request.member).with_open(), case_id, request)
    rows = case.everyone_involved().select_related("child", "member__user")
    involved = list(rows.order_by("created_at"))
    gathered = Concern.objects.readable_by(request.member).filter(gathered__case=case)
    concerns = list(gathered.select_related("gathered__case").order_by("created_at"))
    context = {
        "case": case,
        "reports": concerns,
        "involved": involved,
        "siblings": siblings_to_add(case, involved, request.member),
        "related": related_to(concerns, involved, request.member),
        "may_work": may_lead(request.member, case),
        "confidential": True,
    }
    return render(request, "concerns/people.html", context)


@require_POST
@for_case_content
def add_sibling(request: MemberRequest, case_id: UUID, child_id: UUID) -> HttpResponse:
    """Add a brother or sister who was suggested."""
    case = _case(request, case_id)
    child = fetch(Child.objects.readable_by(request.member), child_id, request)
    there = case.everyone_involved().filter(child=child, in_error=False)
    if not there.exists():  # pressed twice, added once
        actions.name_person(by=request.member, case=case, person=Person("sibling", child=child))
    return redirect("concerns:people", case.pk)


@require_safe
@for_case_content
def related(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Other reports that share something with this one."""
    rows = Concern.objects.readable_by(request.member).select_related("gathered__case")
    concern = fetch(rows, concern_id, request)
    people = concern.involvements.select_related("child", "member__user")
    context = {
        "concern": concern,
        "related": related_to([concern], people, request.member),
        "confidential": True,
    }
    return render(request, "concerns/related.html", context)
