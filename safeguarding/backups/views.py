"""The page of backups: whether all is well, where they are, and what to do."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.sqlcipher import room
from foundation.templatetags.uk import uk_date
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    for_keeping_people,
    for_those_asked,
)
from safeguarding.people.permissions import require
from safeguarding.people.views import show_form

from . import actions, ours, permissions
from .forms import DrillForm, KeepersForm, ReadBackForm
from .models import BackupSheet, RestoreDrill
from .sheets import printed

READ_BACK = (
    "Take the paper, not the file. If the words are those of the sheet, and open the newest backup, the "
    "sheet can be trusted. Do it with each of the two."
)


@require_http_methods(["GET", "POST"])
@for_those_asked
def backups(request: MemberRequest) -> HttpResponse:
    """How the backups are, and a form to say that one was restored elsewhere."""
    require(permissions.may_see_backups, request.member)
    form = DrillForm(held.typed(request))
    said = attempt(request, form, lambda: actions.record_drill(by=request.member, **form.said()))
    if said:
        messages.success(request, "It is on record that you restored a backup.")
        return redirect("backups:backups")
    status = 422 if request.method == "POST" else 200
    return render(request, "backups/backups.html", _about(request.member, form), status=status)


def _keeper(request: MemberRequest) -> None:
    require(permissions.may_make_sheets, request.member)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_keeper)
def sheets(request: MemberRequest) -> HttpResponse:
    """What the sheets are for, who keeps them, and the paper itself: made once, kept nowhere."""
    _keeper(request)
    form = KeepersForm(held.typed(request))
    made = attempt(
        request, form, lambda: actions.make_sheets(by=request.member, kept_by=form.kept_by())
    )
    if made:
        named = {"Content-Disposition": 'attachment; filename="backup-sheets.pdf"'}
        paper = printed(made, form.kept_by(), uk_date(timezone.localdate()))
        return HttpResponse(paper, content_type="application/pdf", headers=named)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "have_keys": ours.have_keys(), "is_shared": ours.is_shared()}
    return render(request, "backups/sheets.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def read_back(request: MemberRequest) -> HttpResponse:
    """Type a sheet back from the paper. What was typed is never kept, not even as typing."""
    require(permissions.may_make_sheets, request.member)
    form = ReadBackForm(request.POST if request.method == "POST" else None)
    typed = request.POST.get("sheet_words", "")
    read = attempt(request, form, lambda: actions.read_back(by=request.member, typed=typed))
    if read:
        messages.success(request, f"Sheet {read.sheet.number} is right. Put it into its envelope.")
        return redirect("backups:backups")
    back = request.member.setting.link_to("backups:backups")
    how = {"title": "Type a sheet back", "button": "Compare", "intro": READ_BACK, "back": back}
    return show_form(request, form, **how)


def _sheets(member: Member) -> QuerySet[BackupSheet]:
    """The two that open what is made now."""
    mine = BackupSheet.objects.readable_by(member).select_related("read_back")
    return mine.filter(name__in=ours.names_of_keys()).order_by("number")


def _about(member: Member, form: DrillForm) -> dict[str, Any]:
    """What the page shows: days, never sizes or counts, which would tell of what is inside."""
    tries = ours.last_tries()
    good = next((one for one in tries if one.is_good), None)
    kept = next((one for one in tries if one.is_kept), None)
    drills = RestoreDrill.objects.readable_by(member).select_related("recorded_by__user")
    shared = ours.is_shared()
    return {
        "form": form,
        "on_a_server": connection.vendor == "postgresql",
        "wrong": ours.what_is_wrong(tries),
        "why": ours.IN_WORDS.get(tries[0].outcome, "") if tries else "",
        "is_damaged": bool(tries) and tries[0].outcome == "damaged",
        "is_not_whole": bool(kept and not kept.is_good),
        "is_short": room.is_short(settings.DATA),
        "good": good,
        "kept": kept,
        "place": settings.BACKUPS,
        "second": settings.SECOND_BACKUPS,
        "second_seen": next((one for one in tries if one.second == "copied"), None),
        "have_keys": ours.have_keys(),
        "sheets": _sheets(member),
        "may_make": permissions.may_make_sheets(member) and not shared,
        "is_shared": shared,
        "elsewhere": ours.kept_elsewhere(),
        "drills": drills.order_by("-done_on", "-created_at")[:10],
    }
