"""Keeping a report and telling of it, whoever sent it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from foundation.codes import readable_code
from safeguarding.concerns import kinds
from safeguarding.concerns.deadlines import due_by_rule
from safeguarding.concerns.models import Concern, Involvement, Recipient
from safeguarding.concerns.report import Report
from safeguarding.notifications.clocks import start_clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting

OWED = {"read": "Read a new report", "decide": "Decide what becomes of a report"}


def store(
    report: Report, setting: Setting, key: UUID, by: Member | None, **outside: Any
) -> Concern | None:
    """The new concern with its people; None where this key was stored before."""
    try:
        with transaction.atomic():  # two sendings at once: the second finds the first's row
            concern = Concern.objects.create(
                setting=setting,
                reported_by=by,
                key=key,
                code=readable_code(),
                fingerprint=report.fingerprint,
                record_class=class_of(report),
                **outside,
                **report.as_columns(),
            )
    except IntegrityError:
        return None
    Involvement.objects.bulk_create(
        Involvement(setting=setting, concern=concern, added_by=by, **person.as_columns())
        for person in report.people
    )
    return concern


def class_of(report: Report) -> str:
    return kinds.class_of(report.kind, about_an_adult_here=report.is_about_an_adult_here)


def goes_the_same_way(concern: Concern, report: Report) -> bool:
    """Whether nobody else has to hear of this second sending, nor sooner: it may be an addition."""
    named = concern.involvements.select_related("child", "member")
    as_grave = concern.in_danger_now or not report.in_danger_now
    same_class = concern.record_class == class_of(report)
    return report.names_the_same_as(named) and same_class and as_grave


def tell(concern: Concern, members: list[Member], why: str) -> None:
    """Let these people read a report, say so to them, and let the clocks of the first one run."""
    let_in(concern, members, why)
    path = concern.setting.link_to("concerns:concern", concern.pk)
    urgent = concern.in_danger_now
    notify("concern_reported", members, subject_id=concern.pk, path=path, urgent=urgent)
    if members:
        start_clocks(concern, members[0], OWED)


def let_in(concern: Concern, members: Iterable[Member], why: str) -> None:
    """Put these people on the list of those who were told."""
    Recipient.objects.bulk_create(
        [
            Recipient(setting=concern.setting, concern=concern, member=member, why=why)
            for member in members
        ],
        ignore_conflicts=True,
    )


def start_clocks(concern: Concern, owner: Member, keys: Iterable[str]) -> None:
    """Let the clocks of a report run, counted from when it arrived."""
    path = concern.setting.link_to("concerns:concern", concern.pk)
    for key in keys:
        start_clock(
            owner=owner,
            subject=("concern", concern.pk),
            key=key,
            text=OWED[key],
            path=path,
            started_at=concern.created_at,
            due=due_by_rule(f"report.{key}", concern.created_at, concern.setting),
        )
