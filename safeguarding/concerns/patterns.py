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
from safeguarding.people.one_person import mail_box
from safeguarding.procedures.models import Run

from . import kinds
from .adults import words_of
from .models import Case, Closure, Concern, Gathered, Involvement, Origin

RULE = "low-level.pattern"
MOST = 300  # newest first: what is older is on its own pages


Adult = tuple[frozenset[str], str]  # what tells them from others, and how they are called


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
    within, every = rule(member, timezone.localdate()), _noted(member)
    one_of = _told_apart(marks for _, adults in every for marks, _ in adults)
    patterns: dict[str, Pattern] = {}
    for noted, adults in every:
        for marks, name in adults:
            pattern = patterns.setdefault(one_of[min(marks)], Pattern(name, within))
            if noted not in pattern.noted:
                pattern.noted.append(noted)
    return sorted(patterns.values(), key=lambda one: (not one.close_together, one.person))


def of_the_adult_in(member: Member, case_id: UUID) -> list[Pattern]:
    """The pattern of each adult whom a case is about; none where the member does not read that case."""
    every = of_everybody(member)
    return [one for one in every if any(noted.case.pk == case_id for noted in one.noted)]


def _noted(member: Member) -> list[tuple[Noted, list[Adult]]]:
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


def _adults(case: Case) -> list[Adult]:
    """The adults here that a case is about; those with an account first, whose name is sure."""
    rows = [*case.involvements.all()]
    for one in case.gathered.all():
        rows += one.concern.involvements.all()
    about = [row for row in rows if row.is_about_an_adult_here]
    return [(_marks(row), row.person) for row in sorted(about, key=lambda row: not row.member_id)]


def _marks(row: Involvement) -> frozenset[str]:
    """What tells an adult from others: the words of the name, and the mail box of an account."""
    name = " ".join(sorted(words_of(row.person))) or row.person.casefold()
    return frozenset({name, mail_box(row.member.user.email)} if row.member else {name})


def _told_apart(adults: Iterable[frozenset[str]]) -> dict[str, str]:
    """For each mark the one that stands for the whole person: two accounts, or a written name, are one."""
    one_of: dict[str, str] = {}
    for marks in adults:
        joined = {one_of.get(mark, mark) for mark in marks}
        same = marks | {mark for mark, whose in one_of.items() if whose in joined}
        one_of.update(dict.fromkeys(same, min(joined)))
    return one_of
