"""Concerns about adults who work or help here: a record of their own, and what several show together."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.audit.trail import record, record_knock
from safeguarding.concerns import actions, forms, patterns
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.permissions import may_read_patterns, may_start_allegation
from safeguarding.directory.urgent import outside_numbers
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_case_content
from safeguarding.people.permissions import require

from ._forms import show


@require_http_methods(["GET", "POST"])
@for_case_content
def start_from_case(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Begin a record about an adult while working on a case. The case itself is not written on."""
    return _start(request, fetch(Case.objects.readable_by(request.member), case_id, request))


@require_http_methods(["GET", "POST"])
@for_case_content
def start_from_report(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Begin a record about an adult on what a report says. The report stays as it is."""
    return _start(request, fetch(Concern.objects.readable_by(request.member), concern_id, request))


def _start(request: MemberRequest, source: Case | Concern) -> HttpResponse:
    require(may_start_allegation, request.member, source)
    form = forms.StartAllegationForm(
        held.typed(request), member=request.member, source=source, key=None
    )
    begun = attempt(
        request,
        form,
        lambda: actions.start_allegation(
            by=request.member, source=source, key=form.cleaned_data["key"], report=form.report()
        ),
    )
    if begun:
        return _to_what_was_begun(request.member, begun)
    outside = outside_numbers(request.member.setting)
    context = {"form": form, "source": source, "outside": outside, "confidential": True}
    return show(request, "concerns/start_allegation.html", **context)


def _to_what_was_begun(member: Member, concern: Concern) -> HttpResponse:
    """The new case, for whoever works on it; for anybody else the receipt of what they sent."""
    case = Case.objects.readable_by(member).filter(gathered__concern=concern).first()
    return redirect(case) if case else redirect("concerns:receipt", concern.pk)


@require_safe
@for_case_content
def low_level(request: MemberRequest) -> HttpResponse:
    """The adults with low-level concerns, as far as this member reads them."""
    require(may_read_patterns, request.member)
    found = patterns.of_everybody(request.member)
    record("low_level.listed", request.member.setting, by=request.member, adults=len(found))
    return render(request, "concerns/low_level.html", {"patterns": found, "confidential": True})


@require_safe
@for_case_content
def pattern(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """The low-level concerns about whoever a case is about, over time, with what followed."""
    found = patterns.of_the_adult_in(request.member, case_id)
    if not found:
        record_knock("case.refused", case_id, by=request.member)
        raise Http404
    record("low_level.read", found[0].newest.case, by=request.member, adults=len(found))
    return render(request, "concerns/pattern.html", {"patterns": found, "confidential": True})
