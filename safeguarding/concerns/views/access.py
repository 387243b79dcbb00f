"""Who is in a case, how closely it is guarded, and its end."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.concerns import actions, forms
from safeguarding.concerns.explaining import shown_to
from safeguarding.concerns.models import Case, NeedToKnow, PaperCopy, ReviewAction
from safeguarding.concerns.permissions import is_shut_out_of_case, may_let_know
from safeguarding.people import held
from safeguarding.people.access import classes
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    fetch,
    for_case_content,
    for_those_asked,
)
from safeguarding.policies.models import PolicyVersion

from ._forms import show

ERROR = (
    "The case leaves this child’s file, and no support is owed to them in it. What was sent stays as it was "
    "sent, and the chronology says that the name was an error. Whoever is close to the child still does not "
    "read the case. Name the right child under People and connections."
)


def _case(request: MemberRequest, case_id: UUID) -> Case:
    return fetch(Case.objects.readable_by(request.member), case_id, request)


@require_safe
@for_case_content
def readers(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Who may read a case, let in by whom, why and until when."""
    case = _case(request, case_id)
    rows = case.need_to_know.select_related(
        "member__user", "granted_by__user", "ended__ended_by__user"
    )
    context = {
        "case": case,
        "rows": shown_to(request.member, rows.order_by("created_at")),
        "class_name": classes()[case.record_class],
        "may_let_know": may_let_know(request.member, case),
        "copies": PaperCopy.objects.readable_by(request.member).holding(case),
        "confidential": True,
    }
    return render(request, "concerns/readers.html", context)


@require_http_methods(["GET", "POST"])
@for_case_content
@checked_just_now(_case)
def let_know(request: MemberRequest, case_id: UUID) -> HttpResponse:
    case = _case(request, case_id)
    form = forms.LetKnowForm(held.typed(request), member=request.member, case=case)
    done = attempt(
        request, form, lambda: actions.let_know(by=request.member, case=case, **form.values())
    )
    if done:
        return redirect("concerns:readers", case.pk)
    return _form_page(request, case, form, "Let someone read this case")


@require_http_methods(["GET", "POST"])
@for_case_content
def end_need_to_know(request: MemberRequest, case_id: UUID, granted_id: UUID) -> HttpResponse:
    case = _case(request, case_id)
    rows = NeedToKnow.objects.readable_by(request.member).filter(case=case, ended__isnull=True)
    granted = fetch(rows.select_related("member__user"), granted_id, request)
    form = forms.ReasonForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.end_need_to_know(
            by=request.member, case=case, granted=granted, **form.cleaned_data
        ),
    )
    if done:
        return redirect("concerns:cases")
    return _form_page(request, case, form, f"{granted.member} no longer needs to read this case")


@require_http_methods(["GET", "POST"])
@for_case_content
def person(request: MemberRequest, case_id: UUID) -> HttpResponse:
    case = _case(request, case_id)
    form = forms.PersonOnCaseForm(held.typed(request), member=request.member)
    done = attempt(
        request,
        form,
        lambda: actions.name_person(by=request.member, case=case, person=form.person()),
    )
    if done:
        return redirect("concerns:cases" if is_shut_out_of_case(request.member, case) else case)
    return _form_page(request, case, form, "Add a person involved")


@require_http_methods(["GET", "POST"])
@for_case_content
def in_error(request: MemberRequest, case_id: UUID, named_id: UUID) -> HttpResponse:
    """Say that a child of the case was named in error."""
    case = _case(request, case_id)
    rows = case.everyone_involved().filter(child__isnull=False, in_error=False)
    named = fetch(rows.select_related("child"), named_id, request)
    form = forms.ReasonForm(held.typed(request))
    act = partial(actions.say_named_in_error, by=request.member, case=case, named=named)
    if attempt(request, form, lambda: act(**form.cleaned_data)):
        return redirect("concerns:people", case.pk)
    return _form_page(request, case, form, f"{named.child} was named in error", ERROR)


@require_http_methods(["GET", "POST"])
@for_case_content
def reclassify(request: MemberRequest, case_id: UUID) -> HttpResponse:
    case = _case(request, case_id)
    form = forms.ReclassifyForm(held.typed(request), case=case)
    done = attempt(
        request,
        form,
        lambda: actions.reclassify_case(by=request.member, case=case, **form.values()),
    )
    if done:
        return redirect(case)
    return _form_page(request, case, form, "Change how closely this case is guarded")


@require_http_methods(["GET", "POST"])
@for_case_content
def rename(request: MemberRequest, case_id: UUID) -> HttpResponse:
    case = _case(request, case_id)
    form = forms.CaseNameForm(held.typed(request), initial={"title": case.title})
    by = request.member
    if attempt(request, form, lambda: actions.rename_case(by=by, case=case, **form.cleaned_data)):
        return redirect(case)
    return _form_page(request, case, form, "Change what this case is called")


@require_http_methods(["GET", "POST"])
@for_case_content
def start_procedure(request: MemberRequest, case_id: UUID) -> HttpResponse:
    case = _case(request, case_id)
    form = forms.StartProcedureForm(held.typed(request), case=case)
    done = attempt(
        request,
        form,
        lambda: actions.start_procedure(by=request.member, case=case, **form.values()),
    )
    if done:
        return redirect(case)
    return _form_page(request, case, form, "Follow a further procedure")


@require_http_methods(["GET", "POST"])
@for_case_content
def close(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Close a case; until it may be closed, the page says what is still to do."""
    case = _case(request, case_id)
    form = forms.CloseForm(held.typed(request), policies=_policies(request, case))
    takes_two = case.record_class == "C3"
    close_it = actions.ask_to_close if takes_two else actions.close_case
    done = attempt(request, form, lambda: close_it(by=request.member, case=case, **form.said()))
    if done:
        return redirect("approvals:approval", done.pk) if takes_two else redirect(case)
    left = case.still_to_do()
    return show(request, "concerns/close.html", form=form, case=case, left=left, confidential=True)


@require_http_methods(["GET", "POST"])
@for_case_content
def reopen(request: MemberRequest, case_id: UUID) -> HttpResponse:
    case = _case(request, case_id)
    form = forms.ReasonForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.reopen_case(by=request.member, case=case, **form.cleaned_data),
    )
    if done:
        return redirect(case)
    return _form_page(request, case, form, "Reopen this case")


@require_http_methods(["GET", "POST"])
@for_those_asked
def action(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """An action from a review: its owner sees it and says when it is done, though not the case."""
    rows = ReviewAction.objects.readable_by(request.member)
    found = fetch(rows.to_be_shown(), action_id, request)
    form = forms.ActionDoneForm(held.typed(request))
    done = attempt(
        request,
        form,
        lambda: actions.complete_action(by=request.member, action=found, **form.cleaned_data),
    )
    if done:
        return redirect("concerns:action", found.pk)
    return show(request, "concerns/action.html", form=form, action=found)


def _policies(request: MemberRequest, case: Case) -> list[PolicyVersion]:
    """The policies that closing a case may ask to look at; none where the case must leave no mark."""
    if case.leaves_no_mark:
        return []
    in_use = PolicyVersion.objects.readable_by(request.member).in_force()
    return list(in_use.select_related("policy").order_by("title"))


def _form_page(
    request: MemberRequest, case: Case, form: object, title: str, hint: str = ""
) -> HttpResponse:
    said = {"case": case, "form": form, "title": title, "hint": hint}
    return show(request, "concerns/case_form.html", **said, confidential=True)
