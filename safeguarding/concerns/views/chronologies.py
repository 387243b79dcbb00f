"""Chronologies: of a case, and of one child across cases; and looking for something in them."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.paging import Page, page_of
from safeguarding.audit.trail import record
from safeguarding.concerns import on_case
from safeguarding.concerns.chronology import Wanted, page_of_list, words_beside
from safeguarding.concerns.forms import WantedForm
from safeguarding.concerns.forms.chronology import WANTED
from safeguarding.concerns.listing import one_case
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.papers.child import ChildsFile, names_in
from safeguarding.concerns.papers.content import ACTIONS
from safeguarding.concerns.papers.hiding import Names
from safeguarding.concerns.permissions import may_lead, may_print_file, with_file_for
from safeguarding.people import held
from safeguarding.people.models import Child
from safeguarding.people.pages import MemberRequest, fetch, for_case_content, shown

from .cases import origins_of, print_href

SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_content
def chronology(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Everything on a case in the order in which it happened, or what was looked for in it."""
    found = shown(one_case(request.member, case_id), Case, case_id, request)
    authors = on_case.authors(found)
    form = WantedForm(_asked(request), authors=authors, was_sent=request.method == "POST")
    if form.fits_an_address:
        return redirect(f"{request.path}?{form.query}")
    record("case.chronology_read", found, by=request.member)
    context = {
        "case": found,
        "form": form,
        "page": _entries(found, form.wanted(), _number(request)),
        "origins": origins_of(request.member, found),
        "copies": on_case.copies(found, request.member),
        "print_href": print_href(request, found),
        "may_lead": may_lead(request.member, found),
        "confidential": True,
    }
    return render(request, "concerns/chronology.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_content
def childs_file(request: MemberRequest, child_id: UUID) -> HttpResponse:
    """All that concerns one child, across cases, seen from that child alone."""
    children = Child.objects.readable_by(request.member).select_related("setting")
    child = fetch(children.filter(with_file_for(request.member)), child_id, request)
    file = ChildsFile(child, request.member)
    was_sent = request.method == "POST"
    form = WantedForm(_asked(request), authors=file.authors(), reports=True, was_sent=was_sent)
    if form.fits_an_address:
        return redirect(f"{request.path}?{form.query}")
    record("child.file_read", child, by=request.member)
    wanted = form.wanted()
    kept = [one for one in file.items if wanted.keeps(one.row, one.moment)]
    page = page_of_list(kept, _number(request), SIZE)
    hide = Names(names_in(file, page))
    context = {
        "child": child,
        "form": form,
        "page": page,
        "items": file.as_content(page, hide),
        "cases": [(one, hide(one.title), file.parts(one)) for one in file.cases],
        "print_href": reverse("concerns:print_file", args=[child.pk])
        if file.items and may_print_file(request.member, child)
        else "",
        "confidential": True,
    }
    return render(request, "concerns/childs_file.html", context, status=_status(form))


def _entries(case: Case, wanted: Wanted, number: str | None) -> Page[Entry]:
    """The page of entries that were looked for. Words are looked for here, not in the database."""
    if wanted == Wanted():
        return on_case.page_of_entries(case, number)
    beside = on_case.with_all_shown(case.entries.standing()).prefetch_related(ACTIONS, "marks")
    rows = wanted.of(beside).order_by("happened_at", "created_at")
    if wanted.words:
        said = (one for one in rows if wanted.says(one, words_beside(one)))
        page = page_of_list(said, number, SIZE)
    else:
        page = page_of(rows, number, SIZE)
    on_case.bring_errors(page.rows)
    return page


def _asked(request: MemberRequest) -> QueryDict | None:
    """What is looked for: as sent, or in the address, where words are not taken."""
    if request.method == "POST":
        return request.POST
    in_address = request.GET.copy()
    in_address.pop("words", None)
    return in_address if set(WANTED) & set(in_address) else held.typed(request)


def _number(request: MemberRequest) -> str | None:
    return request.POST.get("page") or request.GET.get("page")


def _status(form: WantedForm) -> int:
    return 422 if form.errors else 200
