"""Sending a report and taking it forward, as the pages do."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Person, Report
from safeguarding.people.models import Member

from .cast import Nursery
from .walker import Walk


def send(
    by: Member,
    kind: str,
    area: str,
    said: Mapping[str, Any],
    people: Sequence[Person] = (),
    *,
    minutes_before: int = 15,
) -> Concern:
    """Send a report of something that happened so many minutes before."""
    happened = timezone.localtime() - timedelta(minutes=minutes_before)
    usual = {"in_danger_now": False, "told_lead": Concern.Told.YES.value}
    report = Report(
        kind=kind,
        risk_area=area,
        people=tuple(people),
        happened_on=happened.date(),
        happened_time=happened.time().replace(second=0, microsecond=0),
        **{**usual, **said},
    )
    return actions.file_report(by=by, key=uuid4(), report=report)


def add(by: Member, concern: Concern, text: str) -> None:
    """Add something to a report that was sent before."""
    digits = hashlib.sha256(text.encode()).hexdigest()
    actions.add_to_report(by=by, concern=concern, text=text, fingerprint=digits)


def read(by: Member, concern: Concern) -> None:
    """Open a report and read it."""
    actions.read_concern(by=by, concern=concern)


def take_forward(
    here: Nursery, by: Member, concern: Concern, *, title: str, procedure: str, reasons: str
) -> Walk:
    """Open a case for a report, in the class the report has, and begin to walk it."""
    case = actions.open_case(
        by=by,
        concern=concern,
        title=title,
        record_class=concern.record_class,
        procedures=[procedure],
        reasons=reasons,
    )
    return Walk(here, case, by)
