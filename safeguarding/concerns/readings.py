"""Who read what in a week, from the trail: for the lead, of what she reads herself (rules T1, T11, R15)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from safeguarding.audit.models import Entry as Line
from safeguarding.concerns.models import Case, CaseFile, Concern
from safeguarding.law.calendar import LONDON, bank_holidays
from safeguarding.people.models import BreakGlass, Child, Member, Setting
from safeguarding.people.roles import Role

READS = (
    "case.read",
    "case.chronology_read",
    "case.procedure_read",
    "concern.read",
    "child.file_read",
    "low_level.read",
)
FILE = "file.read"  # of a letter or paper: counted as a page of its case
# Tries at what hangs on a case (a device, an action, a paper) do not say on which: they count nowhere.
REFUSED = ("case.refused", "concern.refused", "child.refused")
GLASS = "glass.page_read"
MANY_IN_AN_HOUR = 10  # different records; more than anybody's day asks for
MOST_LINES = 20_000


@dataclass
class Reader:
    """What one person read in a week."""

    name: str
    pages: int = 0
    out_of_hours: int | None = 0  # None: nobody wrote down when the setting is open
    under_glass: int = 0
    refused: int = 0
    _at: dict[UUID, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    @property
    def records(self) -> int:
        """How many different cases, reports and files."""
        return len(self._at)

    def saw(self, what: UUID, at: datetime) -> None:
        self.pages += 1
        self._at[what].append(at)

    @property
    def most_in_an_hour(self) -> int:
        """The most different records within any one hour."""
        moments = sorted((at, what) for what, times in self._at.items() for at in times)
        most, first = 0, 0
        within: Counter[UUID] = Counter()
        for at, what in moments:
            within[what] += 1
            while at - moments[first][0] > timedelta(hours=1):
                gone = moments[first][1]
                within[gone] -= 1
                if not within[gone]:
                    del within[gone]
                first += 1
            most = max(most, len(within))
        return most

    @property
    def is_many(self) -> bool:
        """Whether it is worth asking why."""
        return self.most_in_an_hour > MANY_IN_AN_HOUR


def monday_of(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def of_week(member: Member, monday: date) -> list[Reader]:
    """Everybody who read something that this member reads too, who read most first. Five queries.

    What the member may not know of counts nowhere: neither that it was read nor that it was refused.
    """
    lines = _lines(member.setting, monday)
    known = Q(event__in=READS) & _known_to(member)
    known |= Q(event=FILE, subject_id__in=CaseFile.objects.readable_by(member).values("pk"))
    refused = Q(event__in=REFUSED) & _not_hidden_from(member)
    rows = lines.filter(known | refused | Q(event=GLASS, subject_id__in=_glass_of(member)))
    return _counted(rows.values_list(*VALUES)[:MOST_LINES], member.setting)


def of_leads(member: Member, monday: date) -> list[Reader]:
    """How much the leads read of ordinary concerns about children: numbers for who looks after them."""
    leads = member.setting.holding([Role.LEAD, Role.DEPUTY], timezone.localdate())
    ids = [one.pk for one in leads if one.pk != member.pk]
    here = Case.objects.filter(setting=member.setting_id, record_class="C1")
    ordinary = here.exclude(pk__in=here.naming(member).values("pk"))
    files = CaseFile.objects.filter(entry__case__in=ordinary.values("pk")).values("pk")
    known = Q(event__in=READS, subject_id__in=ordinary.values("pk"))
    known |= Q(event=FILE, subject_id__in=files)
    rows = _lines(member.setting, monday).filter(known, actor_id__in=ids)
    return _counted(rows.values_list(*VALUES)[:MOST_LINES], member.setting)


VALUES = ("event", "actor_id", "actor_name", "subject_id", "at", "details")


def _lines(setting: Setting, monday: date) -> QuerySet[Line]:
    start = datetime.combine(monday, time(), LONDON)
    end = datetime.combine(monday + timedelta(days=7), time(), LONDON)
    return Line.objects.filter(
        setting_id=setting.pk, at__gte=start, at__lt=end, actor_id__isnull=False
    ).order_by("at")


def _known_to(member: Member) -> Q:
    cases = Case.objects.readable_by(member).values("pk")
    concerns = Concern.objects.readable_by(member).values("pk")
    children = Child.objects.readable_by(member).values("pk")
    return Q(subject_id__in=cases) | Q(subject_id__in=concerns) | Q(subject_id__in=children)


def _not_hidden_from(member: Member) -> Q:
    """Tries at what is not there count; tries at what is there and not for this member do not."""
    here = Case.objects.filter(setting=member.setting_id)
    told = Concern.objects.filter(setting=member.setting_id)
    cases = here.exclude(pk__in=Case.objects.readable_by(member).values("pk"))
    concerns = told.exclude(pk__in=Concern.objects.readable_by(member).values("pk"))
    return ~Q(subject_id__in=cases.values("pk")) & ~Q(subject_id__in=concerns.values("pk"))


def _glass_of(member: Member) -> Iterable[UUID]:
    return BreakGlass.objects.readable_by(member).values("pk")  # type: ignore[return-value]  # a subquery


def _counted(
    lines: Iterable[tuple[str, UUID, str, UUID, datetime, dict[str, Any]]], setting: Setting
) -> list[Reader]:
    hours = {one.weekday: (one.opens, one.closes) for one in setting.opening_hours()}
    readers: dict[UUID, Reader] = {}
    for event, actor, name, subject, at, details in lines:
        reader = readers.setdefault(actor, Reader(name, out_of_hours=0 if hours else None))
        if event == GLASS:
            reader.under_glass += 1
        elif event in {*READS, FILE}:
            reader.saw(UUID(details["case"]) if event == FILE else subject, at)
            if reader.out_of_hours is not None:
                reader.out_of_hours += not _is_open(hours, at)
        else:
            reader.refused += 1
    return sorted(readers.values(), key=lambda one: (-one.records, one.name))


def _is_open(hours: dict[int, tuple[time, time]], at: datetime) -> bool:
    """Within opening hours, or an hour on either side, when staff are in."""
    here = at.astimezone(LONDON)
    if here.weekday() not in hours or here.date() in bank_holidays(here.year):
        return False
    opens, closes = (datetime.combine(here.date(), one, LONDON) for one in hours[here.weekday()])
    return opens - timedelta(hours=1) <= here <= closes + timedelta(hours=1)


def pages_under(broken: BreakGlass) -> list[tuple[datetime, str]]:
    """Each page that was read while somebody's glass was broken: when first, of what, and how often.

    Each stands there once, so that none is out of sight behind another that was loaded again and again.
    """
    rows = Line.objects.filter(setting_id=broken.setting_id, subject_id=broken.pk, event=GLASS)
    first, times = dict[tuple[str, str], datetime](), Counter[tuple[str, str]]()
    for line in rows.order_by("at").iterator():
        what = str(line.details.get("page", "")), str(line.details.get("of") or "")
        first.setdefault(what, line.at)
        times[what] += 1
    ids = {of for _, of in first} - {""}
    cases = {str(one.pk): str(one) for one in Case.objects.filter(pk__in=ids)}
    return [(at, _page(page, cases.get(of), times[page, of])) for (page, of), at in first.items()]


def _page(page: str, of: str | None, times: int) -> str:
    said = f"{page.rpartition(':')[2].replace('_', ' ')} ({of or 'no case'})"
    return said if times == 1 else f"{said}, {times} times"
