"""Keeping a report, whoever sent it. Only actions use it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.codes import readable_code
from safeguarding.concerns import kinds, seals
from safeguarding.concerns.models import Concern, Involvement, Undecided
from safeguarding.concerns.report import Report
from safeguarding.people.models import Member, Setting

from ._writing import write_marks


def store(
    report: Report, setting: Setting, key: UUID, by: Member | None, **outside: Any
) -> Concern | None:
    """The new concern with its people; None where this key was stored before."""
    try:
        with transaction.atomic():  # two sendings at once: the second finds the first's row
            concern = Concern(
                setting=setting,
                reported_by=by,
                key=key,
                code=readable_code(),
                fingerprint=report.fingerprint,
                record_class=class_of(report),
                **outside,
                **report.as_columns(),
            )
            new_key = seals.begin(concern) if concern.record_class == seals.SEALED else None
            concern.save(force_insert=True)
    except IntegrityError:
        return None
    write_marks(report.marks, concern=concern)
    Involvement.objects.bulk_create(
        Involvement(setting=setting, concern=concern, added_by=by, **person.as_columns())
        for person in report.people
    )
    if new_key:
        seals.keep(concern, *new_key)
    Undecided.objects.create(setting=setting, concern=concern, created_at=concern.created_at)
    return concern


def sent_at(filed_at: datetime | None) -> dict[str, datetime]:
    """For a report that was sent earlier and could not be taken in: it counts from then."""
    return {} if filed_at is None else {"created_at": min(filed_at, timezone.now())}


def class_of(report: Report) -> str:
    return kinds.class_of(report.kind, about_an_adult_here=report.is_about_an_adult_here)


def goes_the_same_way(concern: Concern, report: Report) -> bool:
    """Whether nobody else has to hear of this second sending, nor sooner: it may be an addition."""
    named = concern.involvements.select_related("child", "member")
    as_grave = concern.in_danger_now or not report.in_danger_now
    same_class = concern.record_class == class_of(report)
    return report.names_the_same_as(named) and same_class and as_grave
