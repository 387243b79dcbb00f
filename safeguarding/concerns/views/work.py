"""Writing back to a reporter, and handing work from one lead to another."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from safeguarding.concerns import actions, forms
from safeguarding.concerns.in_hand import cases_of, reports_of, to_be_shown
from safeguarding.concerns.models import Concern, WorkHandover
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_case_content, press

from ._forms import show

SOME_STAY = (
    "Some of what you chose could not be handed to this person and stays with you. Hand it to "
    "somebody else, or ask who can take it."
)


@require_http_methods(["GET", "POST"])
@for_case_content
def reply(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """A few words on the receipt of whoever sent a report."""
    concern = fetch(Concern.objects.readable_by(request.member), concern_id, request)
    form = forms.ReplyToReporterForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.reply_to_reporter(by=request.member, concern=concern, **form.cleaned_data),
    )
    if done:
        return redirect("concerns:concern", concern.pk)
    notes = concern.notes.select_related("written_by__user").order_by("created_at")
    context = {"form": form, "concern": concern, "notes": notes, "confidential": True}
    return show(request, "concerns/reply_to_reporter.html", **context)


@require_http_methods(["GET", "POST"])
@for_case_content
def hand_over(request: MemberRequest) -> HttpResponse:
    """What a lead has in hand, with the next deadline of each, and to whom it goes."""
    if not request.member.is_lead:
        raise Http404
    cases, reports = list(cases_of(request.member)), list(reports_of(request.member))
    form = forms.HandWorkOverForm(
        held.typed(request), member=request.member, cases=cases, reports=reports
    )
    offered = attempt(
        request, form, lambda: actions.hand_work_over(by=request.member, **form.values())
    )
    if offered:
        _say_what_stays(request, offered, form)
        return redirect("concerns:work_handover", offered.pk)
    context = {"form": form, "confidential": True}
    return show(request, "concerns/hand_work_over.html", **context)


@require_http_methods(["GET", "POST"])
@for_case_content
def handover(request: MemberRequest, handover_id: UUID) -> HttpResponse:
    """What is handed over; either of the two may leave it as it was."""
    found = _find(request, handover_id)
    mark_seen(request.member, found.pk)
    form = forms.ReasonForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.keep_work(by=request.member, handover=found, **form.cleaned_data),
    )
    if done:
        return redirect("today:today")
    cases, reports = to_be_shown(found, request.member)
    context = {"handover": found, "form": form, "rows": cases, "reports": reports}
    receives = request.member == found.to
    return show(
        request, "concerns/work_handover.html", **context, receives=receives, confidential=True
    )


@require_POST
@for_case_content
def take(request: MemberRequest, handover_id: UUID) -> HttpResponse:
    """Take work over."""
    found = _find(request, handover_id)
    press(request, lambda: actions.take_work(by=request.member, handover=found))
    return redirect("concerns:cases")


def _find(request: MemberRequest, handover_id: UUID) -> WorkHandover:
    rows = WorkHandover.objects.readable_by(request.member)
    rows = rows.select_related("given_by__user", "to__user", "taken", "kept__closed_by__user")
    return fetch(rows, handover_id, request)


def _say_what_stays(
    request: MemberRequest, offered: WorkHandover, form: forms.HandWorkOverForm
) -> None:
    values = form.values()
    chosen = len(values["cases"]) + len(values["reports"])
    if offered.cases.count() + offered.reports.count() < chosen:
        messages.warning(request, SOME_STAY)
