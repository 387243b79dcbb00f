"""A case: where it stands, its chronology, and what can be added to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.audit.trail import record
from safeguarding.concerns import actions, forms, on_case, seals
from safeguarding.concerns.checklist import checklists
from safeguarding.concerns.forms import coaching
from safeguarding.concerns.listing import one_case, page_of_cases
from safeguarding.concerns.models import Case, CustodyItem, Entry, Handover, Origin, Referral
from safeguarding.concerns.models.guarding import follows_for_pictures
from safeguarding.concerns.permissions import (
    may_decide_on,
    may_give_out,
    may_lead,
    may_read_patterns,
    may_see_some_readings,
    may_write_on,
)
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_case_content, shown
from safeguarding.people.permissions import require

from . import _coach
from ._forms import at_the_new_row, one_more, show


@dataclass(frozen=True)
class Work:
    """Something to add to a case: its form, its action and the words around it."""

    title: str
    form: type[forms.EntryForm] | Any
    action: Callable[..., Any]
    hint: str = ""
    is_coached: bool = False
    may: Callable[[Member, Case], bool] = may_write_on


WORK = {
    "entry": Work("Add an entry", forms.EntryForm, actions.add_entry, is_coached=True),
    "decision": Work(
        "Record a decision",
        forms.DecisionForm,
        actions.decide,
        "Decisions not to act belong here too, with their reasons.",
        may=may_decide_on,
    ),
    "referral": Work("Record a referral", forms.ReferralForm, actions.refer, may=may_decide_on),
    "parents": Work(
        "Record what parents were told",
        forms.ParentsInformedForm,
        actions.inform_parents,
        may=may_decide_on,
    ),
    "support": Work("Record support given", forms.SupportForm, actions.give_support),
    "marks": Work(
        "Record marks on the body",
        forms.MarksForm,
        actions.record_marks,
        "Only what was seen on the child. Never describe a picture here.",
    ),
    "device": Work(
        "Take a device into custody",
        forms.CustodyForm,
        actions.take_into_custody,
        "It is with you now. If somebody else has it, let them give it to you first.",
    ),
}


@require_safe
@for_case_content
def cases(request: MemberRequest) -> HttpResponse:
    """The cases a member may read, newest first; open ones unless closed ones are asked for."""
    want_closed = request.GET.get("show") == "closed"
    context = {
        "page": page_of_cases(request.member, request.GET.get("page"), closed=want_closed),
        "show_closed": want_closed,
        "reads_patterns": may_read_patterns(request.member),
        "sees_readings": may_see_some_readings(request.member),
        "confidential": True,
    }
    return render(request, "concerns/cases.html", context)


@require_safe
@for_case_content
def case(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """What to do now on a case: each procedure as a checklist, and the latest entries."""
    found = shown(one_case(request.member, case_id), Case, case_id, request)
    record("case.read", found, by=request.member)
    may_work = may_lead(request.member, found)
    may_add = may_work or may_write_on(request.member, found)
    lists = checklists(found, timezone.now(), may_record=may_work)
    pictures = found.record_class == "C4" or any(one.run.definition.imagery for one in lists)
    context = {
        "case": found,
        "checklists": lists,
        "takes_files": not pictures,
        "wants_procedure": found.wants_one and not follows_for_pictures(one.run for one in lists),
        "people": on_case.people(found),
        "devices": _devices(request, found) if found.has_devices else (),
        "may_work": may_work,
        "may_add": may_add,
        "print_href": print_href(request, found),
        "seal": seals.standing(found, request.member),
        "latest": on_case.latest(found),
        "now": timezone.now(),
        "confidential": True,
    }
    return render(request, "concerns/case.html", context)


def _devices(request: MemberRequest, case: Case) -> Iterable[Handover]:
    return Handover.objects.readable_by(request.member).latest_of(case)


def _job(what: str) -> Work:
    if what not in WORK:
        raise Http404
    return WORK[what]


@require_http_methods(["GET", "POST"])
@for_case_content
def work(request: MemberRequest, case_id: UUID, what: str) -> HttpResponse:
    """Add an entry, a decision, a referral, what parents were told, or support."""
    found = fetch(Case.objects.readable_by(request.member), case_id, request)
    job, typed = _job(what), held.typed(request)
    require(job.may, request.member, found)  # before anybody types in vain
    shown = {"case": found, "job": job, "confidential": True}
    if typed is not None and (more := one_more(typed)):
        form = at_the_new_row(job.form(more, case=found, member=request.member), typed)
        return render(request, "concerns/work.html", {"form": form, "quiet": True, **shown})
    form = job.form(typed, case=found, member=request.member)
    if job.is_coached and _coach.was_asked(form):
        return _coach.look(request, "concerns/work.html", form, coaching.on_entry, **shown)
    if attempt(request, form, lambda: job.action(by=request.member, case=found, **form.values())):
        return redirect(found)
    coach = _coach.beside(request.member) if job.is_coached else None
    return show(request, "concerns/work.html", form=form, coach=coach, **shown)


@require_http_methods(["GET", "POST"])
@for_case_content
def correct(request: MemberRequest, case_id: UUID, entry_id: UUID) -> HttpResponse:
    """Correct an entry by adding to it."""
    found = fetch(Case.objects.readable_by(request.member), case_id, request)
    entry = fetch(Entry.objects.readable_by(request.member).filter(case=found), entry_id, request)
    form = forms.CorrectionForm(held.typed(request), case=found, member=request.member)
    done = attempt(
        request,
        form,
        lambda: actions.correct_entry(by=request.member, case=found, entry=entry, **form.values()),
    )
    if done:
        return redirect("concerns:chronology", found.pk)
    shown = {"case": found, "entry": entry, "confidential": True}
    shown["may_strike"] = _may_strike(request.member, entry)
    return show(request, "concerns/correct.html", form=form, **shown)


@require_http_methods(["GET", "POST"])
@for_case_content
def in_error(request: MemberRequest, case_id: UUID, entry_id: UUID) -> HttpResponse:
    """Say that an entry was recorded in error."""
    found = fetch(Case.objects.readable_by(request.member), case_id, request)
    require(may_decide_on, request.member, found)  # before anybody types in vain
    rows = Entry.objects.readable_by(request.member).filter(case=found).counting()
    entry = fetch(on_case.with_all_shown(rows), entry_id, request)
    form = forms.ReasonForm(held.typed(request))
    act = partial(actions.say_recorded_in_error, by=request.member, case=found, entry=entry)
    if attempt(request, form, lambda: act(**form.cleaned_data)):
        return redirect("concerns:chronology", found.pk)
    device = _device_of(request.member, entry)
    shown = {"case": found, "entry": entry, "device": device, "confidential": True}
    return show(request, "concerns/in_error.html", form=form, **shown)


@require_http_methods(["GET", "POST"])
@for_case_content
def reply(request: MemberRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Record what an agency answered to a referral."""
    found = fetch(Case.objects.readable_by(request.member), case_id, request)
    rows = Referral.objects.readable_by(request.member).filter(entry__case=found)
    referral = fetch(rows.select_related("entry"), referral_id, request)
    form = forms.ReplyForm(held.typed(request), case=found, member=request.member)
    done = attempt(
        request,
        form,
        lambda: actions.record_reply(
            by=request.member, case=found, referral=referral, **form.values()
        ),
    )
    if done:
        return redirect(found)
    job = Work(f"Reply from {referral.agency}", forms.ReplyForm, actions.record_reply)
    return show(request, "concerns/work.html", form=form, case=found, job=job, confidential=True)


def _device_of(member: Member, entry: Entry) -> CustodyItem | None:
    """The device of which an entry says that it came to us, while that is in our custody."""
    if entry.kind != Entry.Kind.CUSTODY:
        return None
    numbers = [words for label, words in entry.details if label == "Custody number"]
    return CustodyItem.objects.readable_by(member).in_custody().filter(number__in=numbers).first()


def _may_strike(member: Member, entry: Entry) -> bool:
    """Whether the page of a correction leads on to saying that it was recorded in error."""
    can = Entry.objects.readable_by(member).counting().filter(pk=entry.pk).exists()
    return can and entry.can_be_in_error and may_lead(member, entry.case)


def origins_of(member: Member, case: Case) -> list[Origin]:
    """What a case about an adult arose from. Asked of no other case: nothing there says so (R12)."""
    if case.record_class != "C3":
        return []
    rows = Origin.objects.readable_by(member).filter(concern__gathered__case=case)
    return list(rows.select_related("from_case", "from_concern"))


def print_href(request: MemberRequest, case: Case) -> str:
    """Where a paper of a case is made; empty for whoever may not give it out."""
    may = may_give_out(request.member, case.record_class)
    return reverse("concerns:print_case", args=[case.pk]) if may else ""
