"""Writing down what was learnt, saying that it is true, and taking back a mistake."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.forms import Form
from foundation.uploads import MOST_BYTES, takes_a_file
from safeguarding.documents.serving import to_be_saved
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people import held
from safeguarding.people.models import Member
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_members, paged, press
from safeguarding.people.permissions import require
from safeguarding.people.roles import AT_WORK
from safeguarding.training import actions, permissions
from safeguarding.training.asked import Topic, asked_of
from safeguarding.training.forms import CertificateForm, EventForm, TakeBackForm, TrainingForm
from safeguarding.training.library import ready_topics
from safeguarding.training.models import Attendance, Certificate, Training

from ._show import show_form

TOO_BIG = (
    f"This file is larger than {MOST_BYTES // 1024 // 1024} MB. Nothing of it was kept. "
    "Save the certificate as a smaller PDF and choose it again."
)
GONE = (
    "Is it the wrong file? Nobody can open it any more then, and it cannot be brought back. The training "
    "stays as it is, and so does the line that a file was here. Add the right one afterwards."
)
LATER = "It is on record. It counts once a lead or a manager has said that it is right."


def _topics(request: MemberRequest) -> list[Topic]:
    setting = request.member.setting_id
    return list(asked_of([setting], timezone.now())[setting].values())


def _attendance(request: MemberRequest, attendance_id: UUID) -> Attendance:
    rows = Attendance.objects.readable_by(request.member)
    rows = rows.select_related("setting", "training", "member__user", "confirmed", "corrected")
    return fetch(rows, attendance_id, request)


@require_safe
@for_members
def events(request: MemberRequest) -> HttpResponse:
    """Every training on record, the newest first."""
    require(permissions.may_see_everybody, request.member)
    rows = Training.objects.readable_by(request.member).prefetch_related("topics", "attendances")
    context = {
        "page": paged(request, rows.order_by("-done_on", "-created_at")),
        "may_record": permissions.may_record(request.member),
    }
    return render(request, "training/events.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def record(request: MemberRequest) -> HttpResponse:
    """Write down a training for several people at once."""
    require(permissions.may_record, request.member)
    people = Member.objects.readable_by(request.member).holding(AT_WORK, timezone.localdate())
    form = EventForm(
        held.typed(request), topics=_topics(request), people=people.select_related("user")
    )

    def act() -> Training:
        there, not_there = form.members("present"), form.members("absent")
        given = form.given()
        return actions.record_training(
            by=request.member, given=given, present=there, absent=not_there
        )

    if done := attempt(request, form, act):
        return redirect("training:event", done.pk)
    title = "Write down a training"
    back = reverse("training:matrix")
    return show_form(request, form, title=title, button="Write it down", back=back)


@require_safe
@for_members
def event(request: MemberRequest, training_id: UUID) -> HttpResponse:
    """One training: what it covered, who was there and who was not."""
    rows = Training.objects.readable_by(request.member).select_related("entered_by__user")
    found = fetch(rows, training_id, request)
    people = Attendance.objects.readable_by(request.member).filter(training=found)
    people = people.select_related("member__user", "confirmed__confirmed_by__user", "corrected")
    context = {
        "training": found,
        "covered": _covered(found),
        "people": people.order_by("-was_there", "member__name"),
        "may_record": permissions.may_record(request.member),
    }
    return render(request, "training/event.html", context)


def _covered(training: Training) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Each topic with its points, and whether they were covered."""
    ready = ready_topics()
    return [
        (
            one.name,
            [
                (point.text, point.id in one.points)
                for point in (ready[one.topic].points if one.topic in ready else ())
            ],
        )
        for one in training.topics.order_by("name")
    ]


@require_http_methods(["GET", "POST"])
@for_members
def record_own(request: MemberRequest) -> HttpResponse:
    """Write down what one learnt oneself."""
    require(permissions.may_record_own, request.member)
    form = TrainingForm(held.typed(request), topics=_topics(request))
    done = attempt(request, form, lambda: actions.record_own(by=request.member, given=form.given()))
    if done:
        messages.success(request, LATER)
        return redirect("training:add_certificate", done.pk)
    title = "Write down something I learnt"
    back = reverse("training:mine")
    return show_form(request, form, title=title, button="Write it down", back=back)


@require_safe
@for_members
def to_confirm(request: MemberRequest) -> HttpResponse:
    """What people wrote down themselves, and nobody has confirmed yet."""
    require(permissions.may_see_everybody, request.member)
    rows = Attendance.objects.readable_by(request.member).waiting()
    rows = rows.exclude(member=request.member).select_related("training", "member__user")
    rows = rows.with_papers().order_by("created_at")
    page = paged(request, rows)
    mark_seen(request.member, *[one.pk for one in page])
    return render(request, "training/to_confirm.html", {"page": page})


@require_POST
@for_members
def confirm(request: MemberRequest, attendance_id: UUID) -> HttpResponse:
    attendance = _attendance(request, attendance_id)
    press(request, lambda: actions.confirm_attendance(by=request.member, attendance=attendance))
    messages.success(request, f"This training of {attendance.member.display_name} counts from now.")
    return redirect("training:to_confirm")


@require_http_methods(["GET", "POST"])
@for_members
def take_back(request: MemberRequest, attendance_id: UUID) -> HttpResponse:
    """Say that something was written down in error."""
    row = _attendance(request, attendance_id)
    require(permissions.may_correct, request.member, row)
    form = TakeBackForm(held.typed(request))

    def act() -> object:
        reason = form.cleaned_data["reason"]
        return actions.correct_attendance(by=request.member, attendance=row, reason=reason)

    if attempt(request, form, act):
        return redirect("training:person", row.member_id)
    title = f"Take back “{row.training}” of {row.member.display_name}"
    back = reverse("training:event", args=[row.training_id])
    return show_form(request, form, title=title, button="Take it back", back=back)


def may_take_file(request: HttpRequest, attendance_id: UUID) -> bool:
    """Whether this person adds a certificate here: asked before the first byte is kept."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not request.user.is_authenticated:
        return False
    row = Attendance.objects.readable_by(member).filter(pk=attendance_id).first()
    return row is not None and permissions.may_add_certificate(member, row)


@require_http_methods(["GET", "POST"])
@for_members
@takes_a_file(may_take_file)
def add_certificate(request: MemberRequest, attendance_id: UUID) -> HttpResponse:
    """Add the paper somebody got for it. It may be left out."""
    row = _attendance(request, attendance_id)
    require(permissions.may_add_certificate, request.member, row)
    form = CertificateForm(held.typed(request), request.FILES)
    if getattr(request, "file_too_big", False):
        form.add_error("file", TOO_BIG)
    if attempt(request, form, lambda: _add(request, row, form)):
        return redirect("training:person", row.member_id)
    back = reverse("training:person", args=[row.member_id])
    title = f"Add the certificate for “{row.training}”"
    return show_form(request, form, title=title, button="Add it", back=back, takes_file=True)


def _add(request: MemberRequest, row: Attendance, form: CertificateForm) -> Certificate:
    sent = form.cleaned_data["file"]
    return actions.add_certificate(
        by=request.member, attendance=row, name=sent.name, content=sent.read()
    )


def _certificate(request: MemberRequest, certificate_id: UUID) -> Certificate:
    rows = Certificate.objects.readable_by(request.member).there()
    rows = rows.select_related("file", "attendance__training", "attendance__confirmed")
    return fetch(rows, certificate_id, request)


@require_http_methods(["GET", "POST"])
@for_members
def destroy_certificate(request: MemberRequest, certificate_id: UUID) -> HttpResponse:
    """Take back a file that should not have been added."""
    found = _certificate(request, certificate_id)
    require(permissions.may_destroy_certificate, request.member, found)
    form = Form(held.typed(request))

    def act() -> object:
        return actions.destroy_certificate(by=request.member, certificate=found)

    if attempt(request, form, act):
        messages.success(request, "The file is taken back. Nobody can open it any more.")
        return redirect("training:person", found.attendance.member_id)
    back = reverse("training:person", args=[found.attendance.member_id])
    title = f"Take back the file “{found.file.name}”"
    return show_form(request, form, title=title, button="Take it back", intro=GONE, back=back)


@require_safe
@for_members
def certificate(request: MemberRequest, certificate_id: UUID) -> HttpResponse:
    """A certificate, to be saved: never shown inside a page, and never run."""
    found = _certificate(request, certificate_id)
    content = actions.read_certificate(by=request.member, certificate=found)
    return to_be_saved(found.file, content)
