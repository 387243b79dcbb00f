"""Whether the record is whole, who keeps proof of it, and getting more of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import mails
from safeguarding.audit import checkpoints, state
from safeguarding.audit.checkpoints import text_of
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    fetch,
    for_keeping_people,
    for_members,
    press,
)
from safeguarding.people.permissions import require

from . import actions
from .forms import MailboxForm, WordsForm
from .models import Anchor, Mailbox, MailboxRemoved
from .permissions import may_name_mailboxes, may_verify
from .sheet import printed

NEWEST = 20


@require_safe
@for_members
def record(request: MemberRequest) -> HttpResponse:
    """How far the record is whole, and with whom the proof of it is."""
    require(may_verify, request.member)
    return _page(request, WordsForm())


@require_http_methods(["GET", "POST"])
@for_members
def words(request: MemberRequest) -> HttpResponse:
    """Hold the words of an older sheet against the record."""
    require(may_verify, request.member)
    form = WordsForm(request.POST or None)
    found = attempt(request, form, lambda: _held(request.member, form))
    return _page(request, form, found=found)


def _held(member: Member, form: WordsForm) -> Any:
    return actions.hold_against(by=member, words=form.cleaned_data["words"])


@require_POST
@for_members
def sheet(request: MemberRequest) -> HttpResponse:
    """A sheet of paper that proves where the record stands now."""
    checkpoint = actions.take_anchor(by=request.member, how=Anchor.How.SHEET)
    content = printed(request.member.setting, checkpoint)
    named = _named(f"record-{checkpoint.at:%Y-%m-%d}.pdf")
    return HttpResponse(content, content_type="application/pdf", headers=named)


@require_POST
@for_members
def file(request: MemberRequest) -> HttpResponse:
    """A file that proves where the record stands now."""
    checkpoint = actions.take_anchor(by=request.member, how=Anchor.How.FILE)
    named = _named(f"record-{checkpoint.at:%Y-%m-%d}.txt")
    return HttpResponse(text_of(checkpoint), content_type="text/plain", headers=named)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def add_mailbox(request: MemberRequest) -> HttpResponse:
    """Have proof sent to a mailbox outside."""
    require(may_name_mailboxes, request.member)
    form = MailboxForm(request.POST or None)
    said = attempt(
        request, form, lambda: actions.name_mailbox(by=request.member, **form.cleaned_data)
    )
    if said is None:
        return render(request, "witness/mailbox.html", {"form": form})
    messages.success(request, f"{said.name} gets proof of the record once a week.")
    return redirect("witness:record")


@require_POST
@for_keeping_people
def remove_mailbox(request: MemberRequest, mailbox_id: UUID) -> HttpResponse:
    """Send no more proof to a mailbox."""
    rows = Mailbox.objects.readable_by(request.member).current()
    mailbox = fetch(rows, mailbox_id, request)
    press(request, lambda: actions.remove_mailbox(by=request.member, mailbox=mailbox))
    messages.success(request, f"{mailbox.name} gets no more proof of the record.")
    return redirect("witness:record")


def _page(request: MemberRequest, form: WordsForm, **more: Any) -> HttpResponse:
    member = request.member
    rows = Anchor.objects.readable_by(member).select_related(
        "checkpoint", "member__user", "mailbox"
    )
    anchors = list(rows.handed_out().order_by("-handed_at")[:NEWEST])
    check = state.last_that_counts(member.setting_id)
    context = {
        "form": form,
        "check": check,
        "checkpoint": checkpoints.numbered(check.checkpoint) if check else None,
        "anchors": anchors,
        "is_unproved": _is_unproved(anchors),
        **_mailboxes(member),
        "mails_leave": mails.leave_this_computer(),
        "may_name": may_name_mailboxes(member),
    }
    return render(request, "witness/record.html", context | more)


def _mailboxes(member: Member) -> dict[str, object]:
    """Where proof goes and no longer goes, each with who said so."""
    named = Mailbox.objects.readable_by(member).current().select_related("named_by__user")
    removed = MailboxRemoved.objects.readable_by(member).select_related(
        "mailbox", "removed_by__user"
    )
    return {
        "mailboxes": list(named.order_by("name")),
        "removed": list(removed.order_by("-created_at")[:NEWEST]),
    }


def _is_unproved(anchors: list[Anchor]) -> bool:
    since, until = state.lately(actions.TOO_LONG)
    return not any(one.handed_at and since < one.handed_at < until for one in anchors)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
