"""Low-level concerns about the same adult, read together. It suggests; people decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from safeguarding.law.calendar import due
from safeguarding.law.local import rule_for
from safeguarding.law.schema import Rule
from safeguarding.people.keyring import Copy
from safeguarding.people.models import Member, copies_of
from safeguarding.procedures.models import Run

from . import kinds
from .models import Case, Closure, Concern, Gathered, Involvement, Origin

RULE = "low-level.pattern"
MOST = 300  # newest first: what is older is on its own pages


@dataclass(frozen=True)
class Noted:
    """One low-level concern, as it stands among the others."""

    case: Case
    reports: list[Concern]
    outcome: str
    moved_up: bool

    @property
    def when(self) -> datetime:
        return self.case.aware_at


@dataclass
class Pattern:
    """What is on record about one adult, newest first, and whether several came close together."""

    person: str
    rule: Rule
    noted: list[Noted] = field(default_factory=list)

    @property
    def newest(self) -> Noted:
        return self.noted[0]

    @property
    def close_together(self) -> list[Noted]:
        """The longest row of concerns that fall within the rule's time; none where there is but one."""
        best: list[Noted] = []
        for first in self.noted:
            until = due(self.rule.value, first.when)
            near = [one for one in self.noted if first.when <= one.when <= until]
            best = max(best, near, key=len)
        return best if len(best) > 1 else []


def rule(member: Member, on: date) -> Rule:
    """Within which time several count as a pattern to look at, in this setting."""
    return rule_for(member.setting_id, RULE, on)


def of_everybody(member: Member) -> list[Pattern]:
    """Every adult with low-level concerns that this member reads; those close together first."""
    within = rule(member, timezone.localdate())
    patterns: dict[str, Pattern] = {}
    for noted, adults in _noted(member):
        for key, name in adults.items():
            patterns.setdefault(key, Pattern(name, within)).noted.append(noted)
    return sorted(patterns.values(), key=lambda one: (not one.close_together, one.person))


def of_the_adult_in(member: Member, case_id: UUID) -> list[Pattern]:
    """The pattern of each adult whom a case is about; none where the member does not read that case."""
    every = of_everybody(member)
    return [one for one in every if any(noted.case.pk == case_id for noted in one.noted)]


def _noted(member: Member) -> list[tuple[Noted, dict[str, str]]]:
    """Low-level concerns this member reads, each with the adults it is about. Six queries."""
    runs = Run.objects.filter(setting=member.setting_id, definition_id=kinds.LOW_LEVEL)
    cases = Case.objects.readable_by(member).filter(pk__in=runs.values("subject_id"))
    alleged = Involvement.objects.filter(part=Involvement.Part.ALLEGED).select_related(
        "member__user"
    )
    gathered = Gathered.objects.annotate(sealed_copies=copies_of("concern_id"))
    gathered = gathered.select_related("concern__reported_by__user").prefetch_related(
        Prefetch("concern__involvements", alleged)
    )
    rows = (
        cases.with_copies()
        .prefetch_related(
            Prefetch("gathered", gathered),
            Prefetch("involvements", alleged),
            Prefetch("closures", Closure.objects.filter(reopening__isnull=True)),
        )
        .order_by("-aware_at")[:MOST]
    )
    for row in rows:
        for one in row.gathered.all():
            member.keyring.add(Copy.all_in(getattr(one, "sealed_copies", "")))
    moved = _moved_up(member, rows)
    return [(_one(case, moved=case.pk in moved), _adults(case)) for case in rows]


def _moved_up(member: Member, cases: Iterable[Case]) -> set[object]:
    origins = Origin.objects.readable_by(member).filter(from_case__in=[one.pk for one in cases])
    return set(origins.values_list("from_case", flat=True))


def _one(case: Case, *, moved: bool) -> Noted:
    closed = list(case.closures.all())
    reports = [row.concern for row in case.gathered.all()]
    return Noted(case, reports, closed[0].outcome if closed else "", moved)


def _adults(case: Case) -> dict[str, str]:
    """The adults here that a case is about, by what tells them apart."""
    rows = [*case.involvements.all()]
    for one in case.gathered.all():
        rows += one.concern.involvements.all()
    about = [row for row in rows if row.is_about_an_adult_here]
    return {str(row.member_id or _plain(row.name)): row.person for row in about}


def _plain(name: str) -> str:
    return " ".join(sorted(name.casefold().split()))
