"""A file that should never have been added: freezing it, what to do now, and destroying its key."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.forms import Form
from safeguarding.concerns import actions, forms
from safeguarding.concerns.models import Case, CaseFile, Destruction, FileFrozen
from safeguarding.concerns.permissions import (
    may_ask_to_destroy,
    may_ask_to_thaw,
    may_decline_destruction,
    may_freeze,
    may_lead,
)
from safeguarding.directory.urgent import urgent_help
from safeguarding.people import held
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_case_content,
    press,
)
from safeguarding.people.permissions import require

from ._forms import show

NO = (
    "Say no to destroying it",
    "The file stays frozen and nothing is lost. Whoever recorded what the police said is told, and can "
    "record it again.",
    "Say no, and keep it frozen",
)
OPEN = (
    "Ask to open it again",
    "Only if it was frozen by mistake, such as a letter that belongs here. If it may be a picture of a "
    "child, leave it frozen. A second person reads what you write, and says yes or no.",
    "Ask a second person",
)


@require_http_methods(["GET", "POST"])
@for_case_content
def freeze(request: MemberRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """Freeze a file at once: one person, one sentence."""
    rows = CaseFile.objects.readable_by(request.member).filter(entry__case=case_id)
    found = fetch(rows.select_related("file", "entry__case__setting"), file_id, request)
    require(may_freeze, request.member, found)
    form = forms.FreezeForm(held.typed(request))
    frozen = attempt(
        request,
        form,
        lambda: actions.freeze_file(by=request.member, case_file=found, **form.cleaned_data),
    )
    if frozen:
        return redirect(frozen.path)
    case = found.entry.case
    return show(
        request, "concerns/freeze.html", form=form, case=case, file=found.file, confidential=True
    )


@require_safe
@for_case_content
def frozen(request: MemberRequest, frozen_id: UUID) -> HttpResponse:
    """What to do now about a frozen file, and what the police said. Nothing of the file or its case."""
    found = _find(request, frozen_id)
    actions.see_frozen(by=request.member, frozen=found)
    now, case = timezone.now(), _case_for(request, found)
    waits = next((one for one in found.asked if one.is_waiting(now)), None)
    context = {
        "frozen": found,
        "case": case,
        "asked": found.asked,
        "waiting": waits,
        "may_ask": waits is None and case is not None and may_lead(request.member, case),
        "is_frozen": not (found.is_over or found.is_destroyed),
        "may_approve": waits is not None and waits.by_id != request.member.pk,
        "lines": urgent_help()[:2],
        "confidential": True,
    }
    return show(request, "concerns/frozen_file.html", form=None, **context)


@require_http_methods(["GET", "POST"])
@for_case_content
def instruct(request: MemberRequest, frozen_id: UUID) -> HttpResponse:
    """Record that the police instructed a frozen file to be destroyed."""
    found = _find(request, frozen_id)
    require(may_ask_to_destroy, request.member, found)
    form = forms.InstructionForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.ask_to_destroy(by=request.member, frozen=found, **form.values()),
    )
    if done:
        return redirect(found.path)
    return show(request, "concerns/instruct.html", form=form, frozen=found, confidential=True)


def _asked(request: MemberRequest, frozen_id: UUID, asked_id: UUID) -> Destruction:
    found = _find(request, frozen_id)
    rows = Destruction.objects.readable_by(request.member).filter(frozen=found)
    return fetch(rows.select_related("frozen__setting"), asked_id, request)


@require_POST
@for_case_content
@checked_just_now(_asked)
def destroy(request: MemberRequest, frozen_id: UUID, asked_id: UUID) -> HttpResponse:
    """The second person says yes to exactly what stood on the page."""
    asked = _asked(request, frozen_id, asked_id)
    bound_to, by = request.POST.get("bound_to", ""), request.member
    press(request, lambda: actions.approve_destruction(by=by, asked=asked, bound_to=bound_to))
    return redirect(asked.frozen.path)


@require_http_methods(["GET", "POST"])
@for_case_content
def decline(request: MemberRequest, frozen_id: UUID, asked_id: UUID) -> HttpResponse:
    """Say no to what was recorded of the police, with a reason."""
    found = _find(request, frozen_id)
    rows = Destruction.objects.readable_by(request.member).filter(frozen=found)
    asked = fetch(rows, asked_id, request)
    require(may_decline_destruction, request.member, asked)
    form = forms.DeclineForm(held.typed(request))
    by = request.member
    no = attempt(
        request,
        form,
        lambda: actions.decline_destruction(by=by, asked=asked, **form.cleaned_data),
    )
    return redirect(found.path) if no else _why(request, form, found, *NO)


@require_http_methods(["GET", "POST"])
@for_case_content
def thaw(request: MemberRequest, frozen_id: UUID) -> HttpResponse:
    """Ask for a file that was frozen by mistake to be opened again."""
    found = _find(request, frozen_id)
    require(may_ask_to_thaw, request.member, found)
    form = forms.ThawForm(held.typed(request))
    asked = attempt(
        request,
        form,
        lambda: actions.ask_to_thaw(by=request.member, frozen=found, **form.cleaned_data),
    )
    return redirect(asked.get_absolute_url()) if asked else _why(request, form, found, *OPEN)


def _why(
    request: MemberRequest, form: Form, found: FileFrozen, title: str, hint: str, button: str
) -> HttpResponse:
    context = {"title": title, "hint": hint, "button": button, "frozen": found}
    return show(request, "concerns/frozen_why.html", form=form, confidential=True, **context)


def _find(request: MemberRequest, frozen_id: UUID) -> FileFrozen:
    rows = FileFrozen.objects.readable_by(request.member).to_be_shown()
    return fetch(rows, frozen_id, request)


def _case_for(request: MemberRequest, found: FileFrozen) -> Case | None:
    """Its case, for whoever reads that."""
    case = found.case_file.entry.case
    return Case.objects.readable_by(request.member).filter(pk=case.pk).first()
