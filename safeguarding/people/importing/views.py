"""Bringing in a list, step by step: the list, its columns, what it would do, and then doing it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from foundation import spreadsheets
from foundation.errors import RuleBroken
from foundation.uploads import takes_a_file
from safeguarding.people import actions, held, permissions
from safeguarding.people.models import Import, Member
from safeguarding.people.pages import (
    PAGE,
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_keeping_people,
    passed_second_check,
    press,
)
from safeguarding.people.permissions import require

from . import files
from .counting import so_far
from .forms import MOST_BYTES, ColumnsForm, DoForm, ListForm
from .kept import Kept
from .plans import SECTIONS, Plan

TITLES = {"children": "Bring in a list of children", "staff": "Bring in a list of staff"}


@require_safe
@for_keeping_people
def start(request: MemberRequest) -> HttpResponse:
    """Which list, and those brought in before."""
    kinds = [one for one in Import.Kind if permissions.may_import(request.member, one)]
    require(permissions.may_manage_children, request.member)
    mine = Import.objects.readable_by(request.member).select_related("done", "text")
    context = {"kinds": kinds, "before": mine.order_by("-created_at")[:10]}
    return render(request, "people/import/start.html", context)


def may_take_list(request: HttpRequest, kind: str) -> bool:
    """Whether this person may bring in such a list: asked before the first byte of it is kept."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not request.user.is_authenticated or not passed_second_check(request):
        return False
    return permissions.may_import(member, kind)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@takes_a_file(may_take_list, most=MOST_BYTES)
def upload(request: MemberRequest, kind: str) -> HttpResponse:
    """Step 1: the list."""
    require(permissions.may_import, request.member, kind)
    typed, sent = held.typed(request), request.FILES or None
    form = ListForm(typed, sent, too_large=getattr(request, "file_too_big", False))
    started = attempt(
        request, form, lambda: actions.start_import(by=request.member, kind=kind, text=form.text)
    )
    if started:
        return redirect("people:import_columns", started.pk)
    context = {"form": form, "title": TITLES[kind], "kind": kind}
    return render(request, "people/import/upload.html", context, status=_status(request))


@require_safe
@for_keeping_people
def template(request: MemberRequest, kind: str) -> HttpResponse:
    """A file with the headings and two lines, to write into."""
    require(permissions.may_import, request.member, kind)
    return spreadsheets.answer(f"{kind}.csv", files.EXAMPLES[kind])


@require_http_methods(["GET", "POST"])
@for_keeping_people
def columns(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Step 2: which column is what."""
    of = _open(request, import_id)
    kept = Kept(of)
    offered = kept.chosen.fields if kept.chosen else kept.offered
    form = ColumnsForm(
        held.typed(request),
        sheet=kept.sheet,
        kind=of.kind,
        offered=offered,
        ask=kept.must_ask(files.columns_sent(request.POST, kept.sheet) or offered),
    )
    if attempt(request, form, lambda: _choose(request, of, form)):
        return redirect("people:import", of.pk)
    context = {"form": form, "of": of, "rows": len(kept.sheet.rows)}
    return render(request, "people/import/columns.html", context, status=_status(request))


def _choose(request: MemberRequest, of: Import, form: ColumnsForm) -> object:
    return actions.choose_columns(
        by=request.member, of=of, fields=form.chosen, day_first=form.day_first
    )


def _own(request: MemberRequest, import_id: UUID) -> Import:
    rows = Import.objects.readable_by(request.member).select_related("setting", "done", "text")
    return fetch(rows, import_id, request)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_own)
def preview(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Step 3: what would change. Sent, it is step 4."""
    of = _open(request, import_id)
    kept = Kept(of)
    if kept.chosen is None:
        return redirect("people:import_columns", of.pk)
    plan = kept.plan(request.member)
    typed = request.POST if request.method == "POST" else None
    initial = {"plan": plan.fingerprint}
    form = DoForm(typed, left_out=plan.lines_left_out, initial=initial)
    if attempt(request, form, lambda: _do(request, kept, str(form.cleaned_data["plan"]))):
        return redirect("people:import_progress", of.pk)
    if typed is not None:  # what is on the page now is what is agreed to next
        form.data = typed.copy()
        form.data["plan"] = plan.fingerprint
    context = {**_shown(request, plan), "form": form, "of": of, "plan": plan}
    return render(request, "people/import/preview.html", context, status=_status(request))


def _do(request: MemberRequest, kept: Kept, plan: str) -> object:
    """At once, or by the worker where the list is long."""
    do = actions.ask_import if len(kept.sheet.rows) > actions.MANY else actions.do_import
    return do(by=request.member, of=kept.of, plan=plan)


def _shown(request: MemberRequest, plan: Plan) -> dict[str, object]:
    """The part of the plan that the address asks for, 50 lines of it, and how much there is of each."""
    first = next((one for one in SECTIONS if plan.section(one)), "added")
    show = request.GET.get("show", "")
    show = show if show in SECTIONS else ("problems" if plan.problems else first)
    page = Paginator(plan.section(show), PAGE).get_page(request.GET.get("page"))
    parts = [(name, label, len(plan.section(name))) for name, label in SECTIONS.items()]
    return {"page": page, "show": show, "label": SECTIONS[show], "parts": parts}


@require_safe
@for_keeping_people
def problems(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """The lines to put right, as a file."""
    of = _open(request, import_id)
    plan = Kept(of).plan(request.member)
    return spreadsheets.answer("to-put-right.csv", files.problems(plan.problems))


@require_safe
@for_keeping_people
def progress(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """How far it is, until it is done or has stopped; asked for again and again meanwhile."""
    of = _own(request, import_id)
    asked = of.asked.select_related("stopped").order_by("-created_at").first()
    is_waiting = not of.is_done and asked is not None and not hasattr(asked, "stopped")
    if request.htmx and not is_waiting:
        return HttpResponseClientRedirect(reverse("people:import_progress", args=[of.pk]))
    context = {
        "of": of,
        "asked": asked,
        "is_waiting": is_waiting,
        "so_far": so_far(asked.pk) if asked and is_waiting else None,
    }
    name = "people/import/waiting.html" if request.htmx else "people/import/progress.html"
    return render(request, name, context)


@require_POST
@for_keeping_people
def forget(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Throw the list away."""
    of = _own(request, import_id)
    press(request, lambda: actions.forget_import(by=request.member, of=of))
    messages.success(request, "The list is thrown away. Nothing of it was brought in.")
    return redirect("people:import_start")


def _open(request: MemberRequest, import_id: UUID) -> Import:
    """A list that can still be gone on with; RuleBroken says so when it cannot."""
    of = _own(request, import_id)
    if not of.is_open:
        raise RuleBroken(
            "This list is done, thrown away or older than a day. Begin again with the file."
        )
    return of


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
