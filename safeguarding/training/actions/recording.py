"""What was learnt, and who says so. A mistake is taken back by a further row, and stays to be seen."""

from collections.abc import Collection
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.documents import files
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import require
from safeguarding.people.roles import CONFIRMS
from safeguarding.training import permissions
from safeguarding.training.asked import asked_of
from safeguarding.training.given import Given
from safeguarding.training.models import (
    Attendance,
    AttendanceConfirmed,
    AttendanceCorrected,
    Certificate,
    Training,
    TrainingTopic,
)
from safeguarding.training.owed import WATCHES, settle

NO_LONGER = "This is settled already. Look at the page again."


@transaction.atomic
def record_training(
    *, by: Member, given: Given, present: Collection[Member], absent: Collection[Member] = ()
) -> Training:
    """Write down a training for several people at once: who was there, and who should have been.

    It counts at once for everybody but whoever writes it: another person confirms theirs.
    """
    require(permissions.may_record, by)
    people = {one.pk: one for one in [*present, *absent]}
    if any(one.setting_id != by.setting_id for one in people.values()):
        raise RuleBroken("That person belongs to another setting.")
    if not present:
        raise RuleBroken("Tick at least one person who was there.")
    training = _written(by, given)
    there = {one.pk for one in present}
    rows = [
        Attendance(setting=by.setting, training=training, member=one, was_there=pk in there)
        for pk, one in people.items()
    ]
    Attendance.objects.bulk_create(rows)
    own = [one for one in rows if one.was_there and is_one_person(by, one.member)]
    _confirm(by, [one for one in rows if one.was_there and one not in own])
    record("training.recorded", training, by=by, present=len(there), absent=len(rows) - len(there))
    for one in own:
        _ask_to_confirm(one)
    settle(by.setting)
    return training


@transaction.atomic
def record_own(*, by: Member, given: Given) -> Attendance:
    """Write down what one learnt oneself. It counts once somebody else has confirmed it."""
    require(permissions.may_record_own, by)
    training = _written(by, given)
    attendance = Attendance.objects.create(setting=by.setting, training=training, member=by)
    record("training.own_recorded", training, by=by)
    _ask_to_confirm(attendance)
    return attendance


@transaction.atomic
def add_certificate(
    *, by: Member, attendance: Attendance, name: str, content: bytes
) -> Certificate:
    """Keep the paper somebody got. It is looked at and written anew first, as every file is."""
    require(permissions.may_add_certificate, by, attendance)
    if not name.lower().endswith(".pdf"):
        raise RuleBroken("A certificate is kept as a PDF. Save or scan it as one and add that.")
    stored = files.keep(attendance.setting, name, content)
    certificate = Certificate.objects.create(
        setting=attendance.setting, attendance=attendance, file=stored, added_by=by
    )
    record("certificate.added", certificate, by=by, attendance=str(attendance.pk))
    return certificate


@transaction.atomic
def read_certificate(*, by: Member, certificate: Certificate) -> bytes:
    """Open a certificate. That it was read is on record."""
    require(permissions.may_read_certificate, by, certificate)
    content = files.read(certificate.file)
    record("certificate.read", certificate, by=by)
    return content


@transaction.atomic
def destroy_certificate(*, by: Member, certificate: Certificate) -> Certificate:
    """Take back a file that was added by mistake: its key goes, so that nobody can open it again."""
    require(permissions.may_destroy_certificate, by, certificate)
    _locked(certificate.attendance)
    if not Certificate.objects.there().filter(pk=certificate.pk).exists():
        raise RuleBroken(NO_LONGER)
    files.destroy_key(certificate.file)
    record("certificate.destroyed", certificate, by=by, attendance=str(certificate.attendance_id))
    return certificate


@transaction.atomic
def confirm_attendance(*, by: Member, attendance: Attendance) -> AttendanceConfirmed:
    """Say that somebody else's training is true. It counts from now."""
    require(permissions.may_confirm, by, attendance)
    _locked(attendance)
    if not Attendance.objects.waiting().filter(pk=attendance.pk).exists():
        raise RuleBroken(NO_LONGER)
    (confirmed,) = _confirm(by, [attendance])
    record("attendance.confirmed", attendance, by=by, member=str(attendance.member_id))
    settle(attendance.setting)
    return confirmed


@transaction.atomic
def correct_attendance(*, by: Member, attendance: Attendance, reason: str) -> AttendanceCorrected:
    """Take back what was written down in error. It stays to be seen, with the reason."""
    require(permissions.may_correct, by, attendance)
    _locked(attendance)
    if AttendanceCorrected.objects.filter(attendance=attendance).exists():
        raise RuleBroken(NO_LONGER)
    corrected = AttendanceCorrected.objects.create(
        setting=attendance.setting, attendance=attendance, corrected_by=by, reason=reason
    )
    record("attendance.corrected", attendance, by=by, member=str(attendance.member_id))
    settle(attendance.setting)
    return corrected


def _written(by: Member, given: Given) -> Training:
    now = timezone.now()
    if given.done_on > timezone.localdate(now):
        raise RuleBroken("A training that is still to come cannot be written down yet.")
    topics = asked_of([by.setting_id], now)[by.setting_id]
    if not given.topics or not set(given.topics) <= set(topics):
        raise RuleBroken("Choose at least one topic of your list that it was about.")
    said = asdict(given)
    said.pop("topics")
    training = Training.objects.create(setting=by.setting, entered_by=by, **said)
    TrainingTopic.objects.bulk_create(
        TrainingTopic(
            setting=by.setting,
            training=training,
            topic=topic,
            name=topics[topic].name,
            points=[one.id for one in topics[topic].points if one.id in points],
        )
        for topic, points in given.topics.items()
    )
    return training


def _confirm(by: Member, rows: Collection[Attendance]) -> list[AttendanceConfirmed]:
    return AttendanceConfirmed.objects.bulk_create(
        AttendanceConfirmed(
            setting_id=one.setting_id, attendance=one, member_id=one.member_id, confirmed_by=by
        )
        for one in rows
    )


def _ask_to_confirm(attendance: Attendance) -> None:
    """Tell those who watch over training that somebody waits for their word; where it is they, the others."""
    setting, today = attendance.setting, timezone.localdate()
    path = setting.link_to("training:to_confirm")
    for roles in (WATCHES, CONFIRMS):
        people = setting.holding(roles, today).select_related("user", "setting")
        others = [one for one in people if not is_one_person(one, attendance.member)]
        if others:
            notify("training_to_confirm", others, subject_id=attendance.pk, path=path)
            return


def _locked(attendance: Attendance) -> None:
    """The second of two who settle it waits here."""
    Attendance.objects.select_for_update(no_key=True).get(pk=attendance.pk)
