"""Duties about hearing of concerns and keeping them: told, opened in time, decided on, given out."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from foundation.evidence import Finding, Findings, evidence
from safeguarding.notifications.models import Clock

from .models import Concern, CustodyItem, PaperCopy, PaperCopyPart

# A lead hears of it: kept when the report was opened, late when it was not opened in time.
TELLING = ("OSP-10-WELF-01a", "OSP-4-LEAD-01a", "OSP-7-MON-02a")
# Every concern on record, with what was done or why nothing was.
KEEPING = ("OSP-4-DSL-08", "OSP-2-01", "MTSM-8.3.5")
# Each concern is put under an area of risk: a report cannot be sent without one.
GROUPING = ("OSP-1-07",)
# What leaves on paper says for whom and why: none can be made otherwise.
GIVING_OUT = ("OSP-7-DATA-01",)
# Devices taken charge of; late where a hand-over waits too long for its second person.
DEVICES = ("OSP-11-SVH-04",)


@evidence(TELLING)
def reports_opened_in_time(settings: Collection[UUID], at: datetime) -> Findings:
    """Reports by whether somebody who should know has opened them. One query."""
    return _by_clock("read", TELLING, settings, at)


@evidence(KEEPING)
def reports_decided_on(settings: Collection[UUID], at: datetime) -> Findings:
    """Reports by whether it was decided what becomes of them: a case, or none, with reasons. One query."""
    return _by_clock("decide", KEEPING, settings, at)


@evidence(GROUPING)
def reports_by_area_of_risk(settings: Collection[UUID], at: datetime) -> Findings:
    """Reports that carry an area of risk, which is all of them. One query."""
    rows = Concern.objects.filter(
        setting__in=settings, record_class__in=["C1", "C2"], created_at__lte=at
    )
    counts = rows.values("setting_id").annotate(kept=Count("pk"))
    found = {row["setting_id"]: Finding(row["setting_id"], kept=row["kept"]) for row in counts}
    return dict.fromkeys(GROUPING, found)


@evidence(GIVING_OUT)
def papers_given_out(settings: Collection[UUID], at: datetime) -> Findings:
    """Papers made for a recipient and a purpose, but of closely guarded cases (rule R31). One query."""
    guarded = PaperCopyPart.objects.filter(copy=OuterRef("pk"), case__record_class__in=["C3", "C4"])
    rows = PaperCopy.objects.filter(~Exists(guarded), setting__in=settings, created_at__lte=at)
    counts = rows.values("setting_id").annotate(kept=Count("pk"))
    found = {row["setting_id"]: Finding(row["setting_id"], kept=row["kept"]) for row in counts}
    return dict.fromkeys(GIVING_OUT, found)


@evidence(DEVICES)
def devices_accounted_for(settings: Collection[UUID], at: datetime) -> Findings:
    """Devices taken into custody, and hand-overs nobody has confirmed yet. Two queries."""
    items = CustodyItem.objects.filter(
        setting__in=settings, of_case__case__record_class__in=["C1", "C2"], created_at__lte=at
    )
    taken = items.values("setting_id").annotate(kept=Count("pk"))
    waiting = Clock.objects.running_at(at).filter(
        setting__in=settings, subject_kind="custody", subject_id__in=items.values("pk")
    )
    still = waiting.values("setting_id").annotate(
        late=Count("pk", filter=Q(overdue_at__lte=at)),
        owed=Count("pk", filter=Q(overdue_at__gt=at)),
    )
    waits = {row["setting_id"]: (row["owed"], row["late"]) for row in still}
    found = {
        row["setting_id"]: Finding(
            row["setting_id"], row["kept"], *waits.get(row["setting_id"], (0, 0))
        )
        for row in taken
    }
    return dict.fromkeys(DEVICES, found)


def _by_clock(
    key: str, duties: Iterable[str], settings: Collection[UUID], at: datetime
) -> Findings:
    # Figures must not move with a report about an adult here, nor with a picture of a child (rule R31).
    open_ones = Concern.objects.filter(record_class__in=["C1", "C2"]).values("pk")
    begun = Clock.objects.filter(
        setting__in=settings,
        subject_kind="concern",
        subject_id__in=open_ones,
        key=key,
        started_at__lte=at,
    )
    stopped = Q(stopped_at__isnull=False, stopped_at__lte=at)
    running = Q(stopped_at__isnull=True) | Q(stopped_at__gt=at)
    counts = begun.values("setting_id").annotate(
        kept=Count("pk", filter=stopped),
        late=Count("pk", filter=running & Q(overdue_at__lte=at)),
        owed=Count("pk", filter=running & Q(overdue_at__gt=at)),
    )
    found = {row["setting_id"]: Finding(**row) for row in counts}
    return dict.fromkeys(duties, found)
