"""Writing back to a reporter, and handing work from one lead to another."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from safeguarding.concerns import actions, forms
from safeguarding.concerns.models import Case, Concern, WorkHandover
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_case_content

from ._forms import show

MOST = 100
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
    cases, reports = list(_cases_of(request.member)), list(_reports_of(request.member))
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
    """What is handed over: the receiver takes it, or either of the two leaves it as it was."""
    rows = WorkHandover.objects.readable_by(request.member)
    rows = rows.select_related("given_by__user", "to__user", "taken", "kept__closed_by__user")
    found = fetch(rows, handover_id, request)
    mark_seen(request.member, found.pk)
    taking = request.method == "POST" and "take" in request.POST
    form = forms.ReasonForm(None if taking else held.typed(request))
    if taking:
        actions.take_work(by=request.member, handover=found)
        return redirect("concerns:cases")
    done = attempt(
        request,
        form,
        lambda: actions.keep_work(by=request.member, handover=found, **form.cleaned_data),
    )
    if done:
        return redirect("today:today")
    return show(request, "concerns/work_handover.html", **_shown(request, found, form))


def _shown(request: MemberRequest, found: WorkHandover, form: object) -> dict[str, object]:
    """Only what this person may read at this moment: whatever has come to name them is not there."""
    readable = Case.objects.readable_by(request.member).values("pk")
    rows = found.cases.select_related("case")
    if found.is_waiting and request.member == found.to:
        rows = rows.exclude(case__in=Case.objects.naming(request.member))
    else:
        rows = rows.filter(case__in=readable)
    reports = found.reports.exclude(concern__in=Concern.objects.naming(request.member))
    return {
        "handover": found,
        "form": form,
        "rows": rows.order_by("created_at"),
        "reports": reports.count(),
        "receives": request.member == found.to,
        "confidential": True,
    }


def _cases_of(member: Member) -> QuerySet[Case]:
    """The open cases a member leads and has to do with: on the list, or with a clock of theirs."""
    clocks = Clock.objects.running().filter(setting=member.setting_id, subject_id=OuterRef("pk"))
    due = clocks.values("subject_id").annotate(first=Min("due_at")).values("first")
    mine = Clock.objects.running().filter(owner=member).values("subject_id")
    rows = Case.objects.led_by(member).open()
    listed = Q(need_to_know__member=member, need_to_know__ended=None)
    until = Q(need_to_know__until=None) | Q(need_to_know__until__gte=timezone.localdate())
    found = rows.filter((listed & until) | Q(pk__in=mine)).distinct()
    return found.annotate(next_due=Subquery(due)).order_by("next_due", "created_at")[:MOST]


def _reports_of(member: Member) -> QuerySet[Concern]:
    """Reports that wait for this member to read or decide."""
    mine = Clock.objects.running().filter(owner=member).values("subject_id")
    rows = Concern.objects.readable_by(member).waiting().filter(pk__in=mine)
    return rows.order_by("created_at")[:MOST]


def _say_what_stays(
    request: MemberRequest, offered: WorkHandover, form: forms.HandWorkOverForm
) -> None:
    values = form.values()
    chosen = len(values["cases"]) + len(values["reports"])
    if offered.cases.count() + offered.reports.count() < chosen:
        messages.warning(request, SOME_STAY)
