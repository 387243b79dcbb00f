"""Duties about hearing of concerns and keeping them: told, opened in time, decided on, given out."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from foundation.evidence import Finding, Findings, Page, evidence
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member
from safeguarding.people.permissions import has_capability
from safeguarding.procedures.models import Outcome, Run

from .guarded_then import OPENLY, class_then, openly
from .models import (
    CaseFile,
    CaseItem,
    Concern,
    CustodyEnd,
    CustodyItem,
    FileFrozen,
    Gathered,
    HandedCase,
    HandedReport,
    Involvement,
    PaperCopy,
    PaperCopyPart,
    Support,
    TakenOut,
    WorkHandover,
)
from .models.entries import said_in_error
from .models.involvements import in_error_at

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
# Every child involved is supported: kept for each who was, owed for each still waiting for it.
EACH_CHILD = ("OSP-11-SVH-05",)
SVH = "sexual-violence-harassment"
# Support offered to children, as the behaviour policy has it.
SUPPORT = ("MTSM-8.3.6a",)
# Lead and deputies share the work: cases handed from one to the other, and taken.
SHARING = ("OSP-4-DSL-02",)
# Letters and papers are kept within the record.
FILES = ("OSP-4-DSL-08",)


def _decides(member: Member) -> bool:
    """Whether the list of reports shows this member any but their own."""
    return has_capability(member, "C1", "D")


REPORTS = Page("concerns:waiting", "Reports", _decides)
CASES = Page("concerns:cases", "Cases", _decides)
CUSTODY = Page("concerns:custody", "Devices in custody", lambda m: has_capability(m, "C5", "L"))


@evidence(TELLING, REPORTS)
def reports_opened_in_time(settings: Collection[UUID], at: datetime) -> Findings:
    """Reports by whether somebody who should know has opened them. One query."""
    return _by_clock("read", TELLING, settings, at)


@evidence(KEEPING, REPORTS)
def reports_decided_on(settings: Collection[UUID], at: datetime) -> Findings:
    """Reports by whether it was decided what becomes of them: a case, or none, with reasons. One query."""
    return _by_clock("decide", KEEPING, settings, at)


@evidence(GROUPING, REPORTS)
def reports_by_area_of_risk(settings: Collection[UUID], at: datetime) -> Findings:
    """Reports that carry an area of risk, which is all of them. One query."""
    rows = Concern.objects.filter(record_class__in=OPENLY)
    return dict.fromkeys(GROUPING, _counted(rows, settings, at))


@evidence(GIVING_OUT, CASES)
def papers_given_out(settings: Collection[UUID], at: datetime) -> Findings:
    """Papers made for a recipient and a purpose, but of closely guarded cases (rule R31). One query."""
    parts = PaperCopyPart.objects.filter(copy=OuterRef("pk"))
    cases = parts.filter(case__isnull=False).alias(then=class_then("case_id", "created_at"))
    reports = parts.filter(concern__isnull=False).exclude(concern__record_class__in=OPENLY)
    openly_given = ~Exists(cases.exclude(then__in=OPENLY)) & ~Exists(reports)
    return dict.fromkeys(GIVING_OUT, _counted(PaperCopy.objects.filter(openly_given), settings, at))


@evidence(DEVICES, CUSTODY)
def devices_accounted_for(settings: Collection[UUID], at: datetime) -> Findings:
    """Devices taken into custody, and hand-overs nobody has confirmed yet. Two queries."""
    items = CustodyItem.objects.filter(setting__in=settings, created_at__lte=at)
    mistaken = CustodyEnd.objects.filter(kind__in=CustodyEnd.BY_MISTAKE, created_at__lte=at)
    items = items.filter(~Exists(mistaken.filter(item=OuterRef("pk"))))
    taken = openly(items, "of_case__case_id").values("setting_id").annotate(kept=Count("pk"))
    running = Clock.objects.running_at(at).filter(setting__in=settings, subject_kind="custody")
    case = CaseItem.objects.filter(item=OuterRef("subject_id")).values("case_id")
    waiting = openly(running.alias(of_case=Subquery(case)), "of_case")
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


@evidence(EACH_CHILD, CASES)
def each_child_supported(settings: Collection[UUID], at: datetime) -> Findings:
    """Children in cases of that procedure, by whether support was given to each. Two queries."""
    runs = Run.objects.filter(setting__in=settings, definition_id=SVH, created_at__lte=at)
    runs = runs.filter(~Exists(_set_aside(at)))
    cases = openly(runs, "subject_id").values("subject_id")
    involved = Involvement.objects.alias(of=_case_then(at))
    involved = involved.filter(
        ~in_error_at(at),
        of__in=cases,
        child__isnull=False,
        part__in=[Involvement.Part.HARMED, Involvement.Part.ALLEGED],
        created_at__lte=at,
    )
    children = set(openly(involved, "of").values_list("setting_id", F("of"), "child_id"))
    given = _given(at).filter(entry__case__in=cases, child__isnull=False, created_at__lte=at)
    given = openly(given, "entry__case_id")
    supported = set(given.values_list("setting_id", "entry__case_id", "child_id"))
    kept = Counter(one[0] for one in children & supported)
    owed = Counter(one[0] for one in children - supported)
    return {EACH_CHILD[0]: {one: Finding(one, kept[one], owed[one]) for one in kept | owed}}


def _case_then(at: datetime) -> Coalesce:
    """For a query of who is involved: in which case, also by a report that was taken out of it since."""
    left = TakenOut.objects.filter(gathered_at__lte=at, created_at__gt=at)
    left = left.filter(concern=OuterRef("concern")).order_by()
    came = Gathered.objects.filter(concern=OuterRef("concern"), created_at__lte=at)
    known = [Subquery(one.values("case_id")[:1]) for one in (left, came)]
    return Coalesce("case_id", *known, output_field=UUIDField())


@evidence(SUPPORT, CASES)
def support_given(settings: Collection[UUID], at: datetime) -> Findings:
    """Support given to children or to others, as often as it was. One query."""
    rows = openly(_given(at), "entry__case_id")
    return dict.fromkeys(SUPPORT, _counted(rows, settings, at))


def _set_aside(at: datetime) -> "QuerySet[Outcome]":
    """For a query of procedures: what says that one was begun by mistake, as it stood at a moment."""
    return Outcome.objects.standing_at(at).setting_aside().filter(run=OuterRef("pk"))


def _given(at: datetime) -> "QuerySet[Support]":
    """Support, but for what was said by a moment to be recorded in error."""
    return Support.objects.filter(~Exists(said_in_error("entry").filter(created_at__lte=at)))


@evidence(SHARING, CASES)
def work_handed_over(settings: Collection[UUID], at: datetime) -> Findings:
    """Work that one lead handed to another: taken, or still waiting for a yes. One query."""
    cases = openly(HandedCase.objects.filter(handover=OuterRef("pk")), "case_id")
    reports = HandedReport.objects.filter(handover=OuterRef("pk"), concern__record_class__in=OPENLY)
    taken = Q(taken__created_at__lte=at)
    settled = taken | Q(kept__created_at__lte=at)
    rows = WorkHandover.objects.filter(
        Exists(cases) | Exists(reports), setting__in=settings, created_at__lte=at
    )
    counts = rows.values("setting_id").annotate(
        times_taken=Count("pk", filter=taken),
        waiting=Count("pk", filter=~settled),
    )
    found = {
        row["setting_id"]: Finding(row["setting_id"], row["times_taken"], row["waiting"])
        for row in counts
    }
    return dict.fromkeys(SHARING, found)


@evidence(FILES, CASES)
def files_kept_with_the_record(settings: Collection[UUID], at: datetime) -> Findings:
    """Letters and papers of cases, but for what should never have been added. One query."""
    wrong = FileFrozen.objects.standing_at(at).filter(case_file=OuterRef("pk"))
    rows = openly(CaseFile.objects.filter(~Exists(wrong)), "entry__case_id")
    return dict.fromkeys(FILES, _counted(rows, settings, at))


def _counted(
    rows: "QuerySet[Any, Any]", settings: Collection[UUID], at: datetime
) -> dict[UUID, Finding]:
    """How many of these rows there were in each setting."""
    then = rows.filter(setting__in=settings, created_at__lte=at)
    counts = then.values("setting_id").annotate(kept=Count("pk"))
    return {row["setting_id"]: Finding(row["setting_id"], kept=row["kept"]) for row in counts}


def _by_clock(
    key: str, duties: Iterable[str], settings: Collection[UUID], at: datetime
) -> Findings:
    open_ones = Concern.objects.filter(record_class__in=OPENLY).values("pk")
    begun = Clock.objects.filter(
        setting__in=settings,
        subject_kind="concern",
        subject_id__in=open_ones,
        key=key,
        started_at__lte=at,
    )
    # A report that was taken out of a case is decided on anew: of its clocks, the last one counts.
    of_it = Clock.objects.filter(setting=OuterRef("setting"), subject_id=OuterRef("subject_id"))
    later = of_it.filter(started_at__gt=OuterRef("started_at"), started_at__lte=at, key="decide")
    taken = TakenOut.objects.filter(concern=OuterRef("subject_id"))  # few; only theirs are compared
    begun = begun.filter(~Q(key="decide") | ~Exists(taken) | ~Exists(later))
    stopped = Q(stopped_at__isnull=False, stopped_at__lte=at)
    running = Q(stopped_at__isnull=True) | Q(stopped_at__gt=at)
    counts = begun.values("setting_id").annotate(
        kept=Count("pk", filter=stopped),
        late=Count("pk", filter=running & Q(overdue_at__lte=at)),
        owed=Count("pk", filter=running & Q(overdue_at__gt=at)),
    )
    found = {row["setting_id"]: Finding(**row) for row in counts}
    return dict.fromkeys(duties, found)
