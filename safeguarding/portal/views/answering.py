"""Pages for those who read reports and keep the public form."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.concerns.models import Concern
from safeguarding.people import held
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_case_content,
    for_keeping_people,
    for_members,
)
from safeguarding.people.permissions import require
from safeguarding.portal import actions
from safeguarding.portal.codes import address_of, square
from safeguarding.portal.forms import LetterForm, PauseForm
from safeguarding.portal.models import Pause
from safeguarding.portal.permissions import may_keep_form
from safeguarding.portal.poster import lines, printed

SENT = "It is there for them when they come back with their code."


@require_http_methods(["GET", "POST"])
@for_case_content
def letters(request: MemberRequest, concern_id: UUID) -> HttpResponse:
    """Who told us something, as far as they said, and what we wrote to them."""
    rows = Concern.objects.readable_by(request.member).filter(teller__isnull=False)
    concern = fetch(rows.select_related("teller__setting", "setting"), concern_id, request)
    teller = concern.teller
    form = LetterForm(held.typed(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        actions.write_to_teller(by=request.member, teller=teller, text=text)
        messages.success(request, SENT)
        return redirect("portal:letters", concern.pk)
    actions.read_teller(by=request.member, teller=teller)
    context = {
        "concern": concern,
        "form": form,
        "said": [row.identity for row in teller.said_to_be.order_by("created_at")],
        "letters": concern.letters.select_related("written_by__user").order_by("created_at"),
        "addenda": concern.addenda.filter(added_by=None).order_by("created_at"),
        "confidential": True,
    }
    return render(request, "portal/letters.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def keep(request: MemberRequest) -> HttpResponse:
    """The public form as those see it who keep it: its address and poster, and letting it rest."""
    require(may_keep_form, request.member)
    form = PauseForm(held.typed(request))
    if request.method == "POST" and "open" in request.POST:
        actions.open_form(by=request.member)
        messages.success(request, "The form is open again.")
        return redirect("portal:keep")
    if attempt(request, form, lambda: actions.pause_form(by=request.member, **form.cleaned_data)):
        messages.success(request, "The form is paused. The others who keep it are told.")
        return redirect("portal:keep")
    pauses = Pause.objects.readable_by(request.member).select_related(
        "paused_by__user", "ended__ended_by__user"
    )
    context = {
        "form": form,
        "address": address_of(request.member.setting, "portal:tell"),
        "paused": pauses.standing().first(),
        "pauses": pauses.order_by("-created_at")[:10],
    }
    return render(request, "portal/keep.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def poster(request: MemberRequest) -> HttpResponse:
    """What the poster for the door says, and the way to it."""
    require(may_keep_form, request.member)
    setting = request.member.setting
    address = address_of(setting, "portal:tell")
    context = {"address": address, "square": square(address), "lines": lines(setting)}
    return render(request, "portal/poster.html", context)


@require_safe
@for_members
def poster_to_print(request: MemberRequest) -> HttpResponse:
    """The poster itself."""
    require(may_keep_form, request.member)
    setting = request.member.setting
    named = {"Content-Disposition": f'inline; filename="tell-us-{setting.slug}.pdf"'}
    return HttpResponse(printed(setting), content_type="application/pdf", headers=named)
