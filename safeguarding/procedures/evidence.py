"""Duties that steps of procedures carry out: how often the step was settled, is owed, or is late."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from foundation.evidence import Finding, Findings, Page, added, evidence
from safeguarding.notifications.models import Clock

from .library import definitions
from .models import Outcome
from .permissions import may_read
from .schema import Definition

GUARDED = ("C3", "C4")
LIBRARY = Page("procedures:library", "Procedures", may_read)
Key = tuple[str, str, UUID]  # definition, step, setting
Count = Counter[Key]
# For a query whose fields name a case and a moment: the class of that case then.
ClassThen = Callable[[str, str], Combinable]
_class_then: list[ClassThen] = []


def duties() -> frozenset[str]:
    """Every duty that a step of some definition serves."""
    return frozenset(
        duty for one in definitions().values() for step in one.steps for duty in step.obligations
    )


@cache
def guarded_duties() -> frozenset[str]:
    """Those that only procedures about an adult here or a picture serve."""
    openly = (one for one in definitions().values() if one.record_class not in GUARDED)
    return duties() - frozenset(duty for one in openly for duty in _duties_of(one))


def _duties_of(definition: Definition) -> frozenset[str]:
    return frozenset(duty for step in definition.steps for duty in step.obligations)


@evidence(duties(), LIBRARY)
def steps_carried_out(settings: Collection[UUID], at: datetime) -> Findings:
    """Steps of procedures that ask for it, by whether they were done, are owed or late.

    One that was decided against, did not apply, or was recorded in error, does not count; nor does one of a
    procedure that was set aside as begun by mistake. What was done longer ago than your interval shows
    nothing any more. Two queries.
    """
    kept, latest = _done(settings, at)
    owed, late = _running(settings, at)
    found: dict[str, dict[UUID, Finding]] = {}
    for duty, definition, step in _served():
        for setting in settings:
            key = (definition, step, setting)
            one = Finding(
                setting,
                kept[key],
                owed[key],
                late[key],
                latest=latest.get(key),
                on_occasion=key in latest,
            )
            before = found.setdefault(duty, {}).get(setting)
            found[duty][setting] = added(before, one)
    return found


@evidence(["OSP-1-06"], LIBRARY)
def one_for_each_kind(settings: Collection[UUID], _at: datetime) -> Findings:
    """A procedure for each kind of concern that the form offers, its sheet one link away. No query."""
    offered = sum(bool(one.report_as) for one in definitions().values())
    return {"OSP-1-06": {one: Finding(one, kept=offered) for one in settings}}


@evidence(guarded_duties(), LIBRARY)
def guarded_procedures_stand_ready(settings: Collection[UUID], _at: datetime) -> Findings:
    """Procedures that stand ready for what is about an adult here or a picture; never how often. No query."""
    only_guarded = guarded_duties()
    ready = Counter(
        duty for one in definitions().values() for duty in _duties_of(one) if duty in only_guarded
    )
    return {
        duty: {one: Finding(one, kept=number) for one in settings} for duty, number in ready.items()
    }


def _served() -> Iterator[tuple[str, str, str]]:
    for one in definitions().values():
        for step in one.steps:
            for duty in step.obligations:
                yield duty, one.id, step.id


def knows_class_then(function: ClassThen) -> ClassThen:
    """Register who knows how closely a case was guarded at a moment: cases are kept above here."""
    _class_then.append(function)
    return function


def _openly(rows: "QuerySet[Any, Any]", subject: str) -> "QuerySet[Any, Any]":
    """Rows written while their case was about no adult here and no picture (rules R15, R31)."""
    for function in _class_then:
        rows = rows.alias(then=function(subject, "created_at")).exclude(then__in=GUARDED)
    return rows


def _guarded() -> frozenset[str]:
    """Definitions that are about an adult here or a picture. Figures do not move with one."""
    return frozenset(one.id for one in definitions().values() if one.record_class in GUARDED)


def _done(settings: Collection[UUID], at: datetime) -> tuple[Count, dict[Key, datetime]]:
    """Steps done by a moment, each run and step once; and when each was done last."""
    done = Outcome.objects.standing_at(at).filter(setting__in=settings, how=Outcome.How.DONE)
    aside = Outcome.objects.standing_at(at).setting_aside().filter(run=OuterRef("run"))
    done = done.filter(~Exists(aside))
    rows = _openly(done, "run__subject_id").exclude(run__definition_id__in=_guarded())
    once: set[tuple[Key, UUID]] = set()
    latest: dict[Key, datetime] = {}
    for definition, step, setting, run, moment in rows.values_list(
        "run__definition_id", "step", "setting_id", "run_id", "created_at"
    ):
        key = (definition, step, setting)
        once.add((key, run))
        latest[key] = max(moment, latest.get(key, moment))
    return Counter(key for key, _ in once), latest


def _running(settings: Collection[UUID], at: datetime) -> tuple[Count, Count]:
    """Clocks of steps that were running at a moment: in time, and late."""
    running = Clock.objects.running_at(at).filter(setting__in=settings, subject_kind="case")
    then, guarded = _openly(running, "subject_id"), _guarded()
    owed: Count = Counter()
    late: Count = Counter()
    for key, setting, overdue_at in then.values_list("key", "setting_id", "overdue_at"):
        definition, _, step = key.partition("/")
        if definition in guarded:
            continue
        (late if overdue_at <= at else owed)[definition, step, setting] += 1
    return owed, late
