"""Files of a case: adding one, and reading it as a download and nothing else."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from foundation.uploads import MOST_BYTES, takes_a_file
from safeguarding.concerns import actions, forms
from safeguarding.concerns.models import Case, CaseFile, PicturesChoice
from safeguarding.concerns.permissions import may_choose_pictures, may_write_on
from safeguarding.documents.serving import to_be_saved
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_case_content,
    passed_second_check,
)

from ._forms import show

TOO_BIG = (
    f"This file is larger than {MOST_BYTES // 1024 // 1024} MB. Nothing of it was kept; what you typed "
    "is still here. Send a smaller one, or write down what it says."
)


def may_take_file(request: HttpRequest, case_id: UUID) -> bool:
    """Whether this case takes a file from this person: asked before the first byte is kept."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not request.user.is_authenticated or not passed_second_check(request):
        return False
    case = Case.objects.readable_by(member).filter(pk=case_id).first()
    return case is not None and case.takes_files and may_write_on(member, case)


@require_http_methods(["GET", "POST"])
@for_case_content
@takes_a_file(may_take_file)
def add(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Add a file to a case. Where the case takes none, there is no such page."""
    case = fetch(Case.objects.readable_by(request.member), case_id, request)
    if not case.takes_files:
        raise Http404
    form = forms.FileForm(held.typed(request), request.FILES, case=case, member=request.member)
    if getattr(request, "file_too_big", False):
        form.add_error("file", TOO_BIG)
    values: Any = form.values
    if attempt(request, form, lambda: actions.add_file(by=request.member, case=case, **values())):
        return redirect(case)
    return show(
        request,
        "concerns/add_file.html",
        form=form,
        case=case,
        choose=may_choose_pictures(request.member),
        confidential=True,
    )


@require_safe
@for_case_content
def file(request: MemberRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """A file, to be saved: never shown inside a page, and never run."""
    rows = CaseFile.objects.readable_by(request.member).filter(entry__case=case_id)
    found = fetch(rows.select_related("file", "entry__case__setting"), file_id, request)
    content = actions.read_file(by=request.member, case_file=found)
    return to_be_saved(found.file, content)


@require_http_methods(["GET", "POST"])
@for_case_content
def pictures(request: MemberRequest) -> HttpResponse:
    """Choose whether cases about children take photographs."""
    member = request.member
    if not may_choose_pictures(member):
        raise PermissionDenied
    takes = PicturesChoice.of(member.setting_id)
    form = forms.PicturesForm(held.typed(request), initial={"takes": "yes" if takes else "no"})
    if attempt(request, form, lambda: actions.choose_pictures(by=member, **form.values())):
        return redirect("concerns:pictures")
    return show(request, "concerns/pictures.html", form=form, takes=takes)


@require_http_methods(["GET", "POST"])
@for_case_content
def clear(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Say that the files a case had before hold no such picture."""
    case = fetch(Case.objects.readable_by(request.member), case_id, request)
    form = forms.ReasonForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.clear_files(by=request.member, case=case, **form.cleaned_data),
    )
    if done:
        return redirect("concerns:chronology", case.pk)
    title = "The files here hold no such picture"
    return show(
        request, "concerns/case_form.html", case=case, form=form, title=title, confidential=True
    )
