"""Duties about learning: whose training is current, what it covered, and who was shown what at the start."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from foundation.evidence import Finding, Findings, evidence
from safeguarding.law.calendar import LONDON, due
from safeguarding.law.local import rules_in

from .asked import counts_until
from .currency import Standing, survey
from .library import ready_topics, shown
from .models import Attendance, Induction, InductionItem, TrainingTopic
from .new_here import works_here
from .owed import FIRST_WEEKS

# For each duty the topics that show it to be kept, as the topics themselves say.
LEARNT: dict[str, frozenset[str]] = {
    duty: frozenset(one.id for one in ready_topics().values() if duty in one.duties)
    for topic in ready_topics().values()
    for duty in topic.duties
}
# Duties that ask for certain points within a year of their topic's rule: of each topic, which points.
COVERED: dict[str, dict[str, frozenset[str]]] = {
    "OSP-5-STAFF-02b": {
        "online-safety": frozenset({"content", "contact", "conduct", "professional"})
    },
    "OSP-8-REP-03b": {
        "social-media": frozenset({"privacy", "location", "listings", "logging-out", "passwords"})
    },
    "MTSM-6.2.8": {"social-media": frozenset({"location", "passwords"})},
    "OSP-6-05c": {
        "online-safety": frozenset({"conduct", "professional"}),
        "social-media": frozenset({"opinions", "sharing"}),
    },
    # Beside the agreements, in which everybody is advised of it once.
    "MTSM-6.1.4": {"social-media": frozenset({"sharing"})},
    "OSP-8-EXP-04": {"social-media": frozenset({"sharing"})},
}
BY_ITEM = {duty: one.id for one in shown().values() for duty in one.duties}
OWN = "OSP-4-STAFF-09"
A_YEAR = timedelta(days=365)
EVERYTHING = "OSP-1-05"  # training and first weeks; agreements add theirs


@evidence([*(duty for duty in LEARNT if duty not in COVERED), EVERYTHING])
def training_current(settings: Collection[UUID], at: datetime) -> Findings:
    """Each topic of each person who needs it: kept while it counts, late once it does not. Five queries."""
    seen = survey(Q(setting__in=settings), at)
    by_setting: dict[UUID, list[Standing]] = defaultdict(list)
    for rows in seen.standings.values():
        for one in rows:
            by_setting[one.setting_id].append(one)
    duties = {duty: topics for duty, topics in LEARNT.items() if duty not in COVERED}
    found = {
        duty: {one: _stand(one, by_setting[one], topics) for one in settings}
        for duty, topics in duties.items()
    }
    return {**found, EVERYTHING: {one: _stand(one, by_setting[one], None) for one in settings}}


def _stand(setting: UUID, rows: list[Standing], topics: frozenset[str] | None) -> Finding:
    asked = [one for one in rows if topics is None or one.topic.id in topics]
    kept = sum(one.is_current for one in asked)
    return Finding(setting, kept=kept, late=len(asked) - kept)


@evidence(COVERED)
def points_covered(settings: Collection[UUID], at: datetime) -> Findings:
    """The points that trainings covered, while their topics count; and those missing. Two queries."""
    today = timezone.localdate(at)
    rules = rules_in(settings, today)
    counting = Attendance.objects.counting(at).values("training")
    rows = TrainingTopic.objects.filter(setting__in=settings, training__in=counting)
    covered: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for setting, topic, points, day in rows.filter(training__done_on__lte=today).values_list(
        "setting_id", "topic", "points", "training__done_on"
    ):
        ready = ready_topics().get(topic)
        rule = rules[setting].get(ready.every) if ready else None
        if rule and counts_until(rule.value, day) >= today:
            covered[setting, topic] |= set(points)
    return {
        duty: {one: _covering(one, wanted, covered) for one in settings}
        for duty, wanted in COVERED.items()
    }


def _covering(
    setting: UUID,
    wanted: Mapping[str, frozenset[str]],
    covered: Mapping[tuple[UUID, str], set[str]],
) -> Finding:
    asked = {(topic, point) for topic, points in wanted.items() for point in points}
    kept = sum(point in covered.get((setting, topic), ()) for topic, point in asked)
    return Finding(setting, kept=kept, late=len(asked) - kept)


@evidence([OWN])
def looked_into_oneself(settings: Collection[UUID], at: datetime) -> Findings:
    """How often people wrote down within a year what they learnt themselves. One query."""
    today = timezone.localdate(at)
    rows = Attendance.objects.counting(at).filter(
        setting__in=settings,
        training__entered_by=F("member"),
        training__done_on__gt=today - A_YEAR,
    )
    times = Counter(rows.values_list("setting_id", flat=True))
    return {OWN: {one: Finding(one, kept=times[one]) for one in settings}}


Item = tuple[
    UUID, str, date, datetime | None, datetime | None
]  # setting, item, began, shown, signed


@evidence([*BY_ITEM, EVERYTHING])
def first_weeks(settings: Collection[UUID], at: datetime) -> Findings:
    """What new colleagues were shown and signed; owed until the rule's last day, then late.

    What somebody was never shown who does not work here any more does not count. Two queries.
    """
    rules = rules_in(settings, timezone.localdate(at))
    counts: dict[tuple[UUID, str], Counter[str]] = defaultdict(Counter)
    for setting, item, starts, done, signed in _items(settings, at):
        last = due(rules[setting][FIRST_WEEKS].value, datetime.combine(starts, time(17), LONDON))
        is_done = done and signed and done <= at and signed <= at
        counts[setting, item]["kept" if is_done else "late" if last < at else "owed"] += 1
    found = {
        duty: {one: _as_finding(one, counts[one, item]) for one in settings}
        for duty, item in BY_ITEM.items()
    }
    return {**found, EVERYTHING: {one: _all_of(one, counts) for one in settings}}


def _items(settings: Collection[UUID], at: datetime) -> Collection[Item]:
    on = timezone.localdate(at)
    lists = Induction.objects.filter(setting__in=settings, created_at__lte=at)
    lists = lists.exclude(left_out__created_at__lte=at)
    still_new = lists.filter(Q(works_here(on, at)) | Q(starts__gt=on))
    done = Q(done__created_at__lte=at, signed__created_at__lte=at)
    rows = InductionItem.objects.filter(Q(induction__in=still_new) | done, induction__in=lists)
    rows = rows.exclude(by_mistake__created_at__lte=at).exclude(again__gt=0, created_at__gt=at)
    return list(
        rows.values_list(
            "setting_id", "item", "induction__starts", "done__created_at", "signed__created_at"
        )
    )


def _all_of(setting: UUID, counts: Mapping[tuple[UUID, str], Counter[str]]) -> Finding:
    total: Counter[str] = Counter()
    for (one, _), numbers in counts.items():
        if one == setting:
            total += numbers
    return _as_finding(setting, total)


def _as_finding(setting: UUID, numbers: Counter[str]) -> Finding:
    return Finding(setting, numbers["kept"], numbers["owed"], numbers["late"])
