"""The pack for an inspection: asked for, made while its page says how far it is, and given out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from foundation import spreadsheets
from foundation.errors import RuleBroken
from safeguarding.documents.serving import to_be_saved
from safeguarding.people import held
from safeguarding.people.pages import PAGE, MemberRequest, attempt, fetch, for_case_content
from safeguarding.people.permissions import require

from . import actions, forms, pack, permissions
from .board import end_of
from .models import Pack, PackPaper


@require_http_methods(["GET", "POST"])
@for_case_content
def packs(request: MemberRequest) -> HttpResponse:
    """Make a pack for an inspection, and see which ones were made."""
    require(permissions.may_make_pack, request.member)
    form = forms.PackForm(held.typed(request), initial={"on": timezone.localdate()})
    made = attempt(request, form, lambda: _make(request, form.cleaned_data))
    if made:
        return _given_out(made)
    before = Pack.objects.readable_by(request.member).select_related("made_by")
    rows = before.order_by("-created_at")[:PAGE]
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "packs": rows, "confidential": True}
    return render(request, "governance/packs.html", page, status=status)


@require_safe
@for_case_content
def pack_paper(request: MemberRequest, pack_id: UUID) -> HttpResponse:
    """How far the PDF of a pack is, until it is ready; asked for again and again meanwhile."""
    paper = _paper(request, pack_id)
    if request.htmx and not paper.is_waiting:
        return HttpResponseClientRedirect(reverse("governance:pack", args=[pack_id]))
    template = "governance/waiting_pack.html" if request.htmx else "governance/pack.html"
    page = {"paper": paper, "pack": paper.pack, "confidential": True}
    return render(request, template, page)


@require_safe
@for_case_content
def pack_pdf(request: MemberRequest, pack_id: UUID) -> HttpResponse:
    """The PDF itself, to be saved."""
    paper = _paper(request, pack_id)
    content = actions.open_pack(by=request.member, paper=paper)
    if paper.file is None:
        raise RuleBroken("It is not ready yet.")
    return to_be_saved(paper.file, content)


def _paper(request: MemberRequest, pack_id: UUID) -> PackPaper:
    rows = Pack.objects.readable_by(request.member).filter(form=Pack.Form.PDF)
    found = fetch(rows.select_related("made_by", "paper__file", "setting"), pack_id, request)
    return found.paper


def _make(request: MemberRequest, said: dict[str, Any]) -> actions.Made:
    as_of = end_of(said["on"])
    return actions.make_pack(
        by=request.member, as_of=as_of, form=said["form"], recipient=said["recipient"]
    )


def _given_out(made: actions.Made) -> HttpResponse:
    """The pack in the form that was asked for; for a PDF, the page that says how far it is."""
    name = f"duties-{timezone.localdate(made.pack.as_of):%Y-%m-%d}.{made.pack.form}"
    if made.pack.form == Pack.Form.PDF:
        return redirect("governance:pack", made.pack.pk)
    if made.pack.form == Pack.Form.CSV:
        return spreadsheets.answer(name, pack.as_rows(made.content))
    body = pack.as_json(made.content, made.pack.digest)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/json", headers=headers)
