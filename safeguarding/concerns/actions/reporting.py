"""Reporting a concern, adding to it, and reading it."""

from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from foundation.codes import readable_code
from safeguarding.audit.trail import record
from safeguarding.concerns import kinds, routing
from safeguarding.concerns.deadlines import due_by_rule
from safeguarding.concerns.models import Addendum, Concern, Involvement, Reading, Recipient
from safeguarding.concerns.permissions import may_add_to_report, may_read_concern, may_report
from safeguarding.concerns.report import Report
from safeguarding.notifications.clocks import start_clock, stop_clocks
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._writing import write_marks


@transaction.atomic
def file_report(*, by: Member, key: UUID, report: Report) -> Concern:
    """Keep a report and tell those who should know, and only them (OSP-11-IMG-01, rules R1, R10).

    `key` comes from the form: the same key and words again give back the first report; the same key
    and other words become an addition to it, so that nothing sent is lost; other people make it a
    report of its own.
    """
    require(may_report, by)
    concern = _store(by, key, report)
    if concern is None:
        return _sent_again(by, key, report)
    told = routing.first_told(concern)
    _tell(concern, told, "told when it was reported")
    record("concern.reported", concern, by=by, told=len(told))
    return concern


@transaction.atomic
def add_to_report(*, by: Member, concern: Concern, text: str, fingerprint: str) -> Addendum:
    """Add to a report. What it said before stays as it was."""
    require(may_add_to_report, by, concern)
    addendum, is_new = Addendum.objects.get_or_create(
        setting=concern.setting,
        concern=concern,
        fingerprint=fingerprint,
        defaults={"added_by": by, "text": text},
    )
    if is_new:
        record("concern.added_to", concern, by=by)
        rows = concern.recipients.select_related("member__user", "member__setting")
        told = [row.member for row in rows if may_read_concern(row.member, concern)]
        path = concern.setting.link_to("concerns:concern", concern.pk)
        notify("report_added_to", told, subject_id=addendum.pk, path=path, about_id=concern.pk)
    return addendum


@transaction.atomic
def read_concern(*, by: Member, concern: Concern) -> None:
    """Note that somebody has read a report: its reporter sees so, and nobody further is told."""
    require(may_read_concern, by, concern)
    reading = Reading(setting=concern.setting, concern=concern, member=by)
    Reading.objects.bulk_create([reading], ignore_conflicts=True)  # only the first one is kept
    stop_clocks(setting_id=concern.setting_id, subject_id=concern.pk, key="read")
    mark_seen(by, concern.pk)
    record("concern.read", concern, by=by)


def _store(by: Member, key: UUID, report: Report) -> Concern | None:
    """The new concern with its people; None where this key was stored before."""
    try:
        with transaction.atomic():  # two sendings at once: the second finds the first's row
            concern = Concern.objects.create(
                setting=by.setting,
                reported_by=by,
                key=key,
                code=readable_code(),
                fingerprint=report.fingerprint,
                record_class=_class_of(report),
                **report.as_columns(),
            )
    except IntegrityError:
        return None
    write_marks(report.marks, concern=concern)
    Involvement.objects.bulk_create(
        Involvement(setting=by.setting, concern=concern, added_by=by, **person.as_columns())
        for person in report.people
    )
    return concern


def _class_of(report: Report) -> str:
    return kinds.class_of(report.kind, about_an_adult_here=report.is_about_an_adult_here)


def _sent_again(by: Member, key: UUID, report: Report) -> Concern:
    concern = Concern.objects.filter(setting=by.setting, key=key, reported_by=by).first()
    if concern is None:  # the key is somebody else's, which no real form would send
        return file_report(by=by, key=uuid4(), report=report)
    named = concern.involvements.select_related("child", "member")
    as_grave = concern.in_danger_now or not report.in_danger_now
    same_class = concern.record_class == _class_of(report)
    if not (report.names_the_same_as(named) and same_class and as_grave):
        # Others may have to hear of it, or sooner: it is routed on its own.
        return file_report(by=by, key=uuid5(key, report.fingerprint), report=report)
    if concern.fingerprint != report.fingerprint:
        add_to_report(
            by=by, concern=concern, text=report.in_words(), fingerprint=report.fingerprint
        )
    return concern


def _tell(concern: Concern, members: list[Member], why: str) -> None:
    Recipient.objects.bulk_create(
        [
            Recipient(setting=concern.setting, concern=concern, member=member, why=why)
            for member in members
        ],
        ignore_conflicts=True,
    )
    path = concern.setting.link_to("concerns:concern", concern.pk)
    urgent = concern.in_danger_now
    notify("concern_reported", members, subject_id=concern.pk, path=path, urgent=urgent)
    if members:
        _start_clocks(concern, members[0], path)


def _start_clocks(concern: Concern, owner: Member, path: str) -> None:
    owed = {"read": "Read a new report", "decide": "Decide what becomes of a report"}
    for key, text in owed.items():
        start_clock(
            owner=owner,
            subject=("concern", concern.pk),
            key=key,
            text=text,
            path=path,
            started_at=concern.created_at,
            due=due_by_rule(f"report.{key}", concern.created_at, concern.setting),
        )
