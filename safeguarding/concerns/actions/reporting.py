"""Reporting a concern, adding to it, and reading it."""

from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.concerns import routing, seals
from safeguarding.concerns.models import Addendum, Concern, Reading
from safeguarding.concerns.permissions import may_add_to_report, may_read_concern, may_report
from safeguarding.concerns.report import Report
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._accounts import with_all_accounts
from ._filing import goes_the_same_way, sent_at, store
from ._telling import tell, who_hears_of_additions

WHY = "told when it was reported"


@transaction.atomic
def file_report(
    *, by: Member, key: UUID, report: Report, filed_at: datetime | None = None
) -> Concern:
    """Keep a report and tell those who should know, and only them (OSP-11-IMG-01, rules R1, R10).

    `key` comes from the form: the same key and words again give back the first report; the same key
    and other words become an addition to it, so that nothing sent is lost; other people make it a
    report of its own. With `filed_at`, it was sent then and could not be taken in before.
    """
    require(may_report, by)
    report = with_all_accounts(report)
    concern = store(report, by.setting, key, by, **sent_at(filed_at))
    if concern is None:
        return _sent_again(by, key, report)
    told = routing.first_told(concern)
    tell(concern, told, WHY)
    record("concern.reported", concern, by=by, content=concern, told=len(told))
    return concern


@transaction.atomic
def add_to_report(*, by: Member, concern: Concern, text: str, fingerprint: str) -> Addendum:
    """Add to a report. What it said before stays as it was."""
    require(may_add_to_report, by, concern)
    seals.ready(concern, by)
    addendum, is_new = Addendum.objects.get_or_create(
        setting=concern.setting,
        concern=concern,
        fingerprint=fingerprint,
        defaults={"added_by": by, "text": text},
    )
    if is_new:
        record("concern.added_to", concern, by=by, content=addendum)
        told = [member for member in who_hears_of_additions(concern) if member != by]
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


def _sent_again(by: Member, key: UUID, report: Report) -> Concern:
    concern = Concern.objects.filter(setting=by.setting, key=key, reported_by=by).first()
    if concern is None:  # the key is somebody else's, which no real form would send
        return file_report(by=by, key=uuid4(), report=report)
    if concern.fingerprint == report.fingerprint:
        return concern
    if not goes_the_same_way(concern, report):
        return file_report(by=by, key=uuid5(key, report.fingerprint), report=report)
    if concern.fingerprint != report.fingerprint:
        add_to_report(
            by=by, concern=concern, text=report.in_words(), fingerprint=report.fingerprint
        )
    return concern
