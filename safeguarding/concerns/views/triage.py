"""Reading reports and saying what becomes of them."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.concerns import actions, on_case, seals
from safeguarding.concerns.forms import (
    AsideForm,
    OpenCaseForm,
    PersonOnCaseForm,
    ReasonForm,
    TakeOutForm,
)
from safeguarding.concerns.leaving import reads_alone, why_it_stays
from safeguarding.concerns.listing import page_of_waiting
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.models.marks import take_marks
from safeguarding.concerns.permissions import (
    is_shut_out,
    may_decide_on,
    may_decide_on_class,
    may_lead,
    may_read_concern,
)
from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_case_content, press
from safeguarding.people.permissions import require

from ._forms import show


def _is_decided_already(request: MemberRequest, found: Concern) -> bool:
    """Whether there is no form to show. What was sent a moment too late is shown again, and says so."""
    return request.method == "GET" and not found.is_waiting


def _may_leave(request: MemberRequest, found: Concern) -> bool:
    """Whether to offer to take it out of its case. Asks nothing of the database."""
    if not found.is_in_a_case or seals.SEALED in {
        found.record_class,
        found.gathered.case.record_class,
    }:
        return False
    return may_lead(request.member, found.gathered.case)


@require_safe
@for_case_content
def waiting(request: MemberRequest) -> HttpResponse:
    """Reports nobody has decided on yet, oldest first."""
    page = page_of_waiting(request.member, request.GET.get("page"))
    return render(request, "concerns/waiting.html", {"page": page, "confidential": True})


@require_safe
@for_case_content
def concern(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """One report, in full. Opening it tells its reporter that it was read."""
    rows = Concern.objects.readable_by(request.member).to_be_shown()
    found = fetch(rows, concern_id, request)
    actions.read_concern(by=request.member, concern=found)
    take_marks(found, found.marks_text)
    additions = found.addenda.select_related("added_by__user")
    beside = ("child", "member__user", "said_in_error__said_by__user")
    people = on_case.each_once(found.involvements.select_related(*beside))
    context = {
        "concern": found,
        "people": people,
        "may_name": found.told_as or any(one.in_error for one in people),
        "addenda": additions.order_by("created_at") if found.has_additions else (),
        "may_reply": not found.told_as and may_decide_on_class(request.member, found),
        "seal": seals.standing(found, request.member),
        "may_take_forward": may_decide_on_class(request.member, found) and not found.is_in_a_case,
        "may_take_out": _may_leave(request, found),
        "confidential": True,
    }
    return render(request, "concerns/concern.html", context)


@require_http_methods(["GET", "POST"])
@for_case_content
def open_case(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Take a report forward as a case."""
    found = fetch(Concern.objects.readable_by(request.member), concern_id, request)
    if request.method == "GET" and found.is_in_a_case:
        return redirect("concerns:concern", found.pk)
    form = OpenCaseForm(held.typed(request), concern=found, member=request.member)
    case = attempt(
        request,
        form,
        lambda: actions.open_case(by=request.member, concern=found, **form.values()),
    )
    if case:
        return redirect(case)
    cases = Case.objects.led_by(request.member).open().order_by("-created_at")[:20]
    return show(
        request, "concerns/open_case.html", form=form, concern=found, cases=cases, confidential=True
    )


@require_POST
@for_case_content
def gather(request: MemberRequest, concern_id: UUID, case_id: UUID) -> HttpResponse:
    """Take a report into a case that is already open."""
    rows = Concern.objects.readable_by(request.member).filter(gathered__isnull=True)
    found = fetch(rows, concern_id, request)
    case = fetch(Case.objects.readable_by(request.member), case_id, request)
    press(request, lambda: actions.gather(by=request.member, concern=found, case=case))
    return redirect(case)


@require_http_methods(["GET", "POST"])
@for_case_content
def name_person(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Say whom a report is about. Whoever that is does not see it from then on."""
    found = fetch(Concern.objects.readable_by(request.member).waiting(), concern_id, request)
    form = PersonOnCaseForm(held.typed(request), member=request.member)
    done = attempt(
        request,
        form,
        lambda: actions.name_in_report(by=request.member, concern=found, person=form.person()),
    )
    if done and is_shut_out(request.member, found.pk):
        return redirect("concerns:waiting")
    if done:
        return redirect("concerns:concern", found.pk)
    return show(request, "concerns/name_person.html", form=form, concern=found, confidential=True)


@require_http_methods(["GET", "POST"])
@for_case_content
def in_error(request: MemberRequest, concern_id: UUID, named_id: UUID) -> HttpResponse:
    """Say that a child was named in error, of a report that is in no case."""
    rows = Concern.objects.readable_by(request.member).filter(gathered__isnull=True)
    found = fetch(rows, concern_id, request)
    children = found.involvements.filter(child__isnull=False, in_error=False)
    named = fetch(children.select_related("child"), named_id, request)
    form = ReasonForm(held.typed(request))
    act = partial(actions.say_report_names_in_error, by=request.member, concern=found, named=named)
    if attempt(request, form, lambda: act(**form.cleaned_data)):
        return redirect("concerns:concern", found.pk)
    context = {"concern": found, "named": named, "confidential": True}
    return show(request, "concerns/report_named_in_error.html", form=form, **context)


@require_http_methods(["GET", "POST"])
@for_case_content
def take_out(request: MemberRequest, case_id: UUID, concern_id: UUID) -> HttpResponse:
    """Take a report out of its case. Where it has to stay, the page says what to do instead."""
    found = fetch(Concern.objects.readable_by(request.member), concern_id, request)
    case = fetch(Case.objects.readable_by(request.member), case_id, request)
    require(may_decide_on, request.member, case)  # before anybody types in vain
    stays = why_it_stays(found, case) if request.method == "GET" else ""
    form, by = TakeOutForm(held.typed(request)), request.member
    act = partial(actions.take_out, by=by, concern=found, case=case)
    if attempt(request, form, lambda: act(**form.cleaned_data)):
        return redirect(found if may_read_concern(by, found) else case)
    context = {"concern": found, "case": case, "stays": stays, "reads": reads_alone(found)}
    return show(request, "concerns/take_out.html", form=form, confidential=True, **context)


@require_http_methods(["GET", "POST"])
@for_case_content
def put_aside(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Decide, with reasons, that a report needs no case."""
    found = fetch(Concern.objects.readable_by(request.member), concern_id, request)
    if _is_decided_already(request, found):
        return redirect("concerns:concern", found.pk)
    form = AsideForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.put_aside(by=request.member, concern=found, **form.cleaned_data),
    )
    if done:
        return redirect("concerns:concern", found.pk)
    return show(request, "concerns/put_aside.html", form=form, concern=found, confidential=True)
