"""Whose training is current, for any moment: computed from what was learnt and confirmed, never typed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from safeguarding.people.models import RoleHeld
from safeguarding.people.roles import Role

from .asked import Need, Topic, asked_of, counts_until
from .models import Attendance

SOON = timedelta(days=60)
State = Literal["current", "soon", "out", "never"]

Held = dict[Role, date]  # the roles somebody holds, each with its first day
Learnt = list[tuple[date, date | None]]  # the day, and until when its certificate says it counts


@dataclass(frozen=True)
class Standing:
    """How one person stands with one topic they need."""

    member_id: UUID
    topic: Topic
    state: State
    learnt_on: date | None
    until: date | None  # the last day it counts; for what was never learnt, none
    needed_from: date
    before_role: bool

    @property
    def is_current(self) -> bool:
        return self.state in {"current", "soon"}

    @property
    def missing_since(self) -> date:
        """The first day without it, where it is not current."""
        return self.until + timedelta(days=1) if self.until else self.needed_from


def missing(member_ids: Collection[UUID], at: datetime) -> dict[UUID, list[str]]:
    """The names of the topics that each member needs and that are not current. Five queries.

    Only members with something missing are in it.
    """
    found = {
        member: [one.topic.name for one in rows if not one.is_current]
        for member, rows in standings(Q(member__in=member_ids), at).items()
    }
    return {member: names for member, names in found.items() if names}


def standings(who: Q, at: datetime) -> dict[UUID, list[Standing]]:
    """How everybody stands with each topic they need, in the order of the topics. Five queries.

    `who` is asked of rows with a `member` and a `setting`. Whoever holds no role that needs anything
    is not in it.
    """
    on = timezone.localdate(at)
    current = RoleHeld.objects.current(on, known_at=at).filter(who, created_at__lte=at)
    held: dict[tuple[UUID, UUID], Held] = defaultdict(dict)
    for setting, member, role, starts in current.values_list(
        "setting_id", "member_id", "role", "starts"
    ):
        roles = held[setting, member]
        roles[Role(role)] = min(starts, roles.get(Role(role), starts))
    asked = asked_of({setting for setting, _ in held}, at)
    learnt = _learnt(who, at)
    return {
        member: rows
        for (setting, member), roles in held.items()
        if (rows := _of_one(member, roles, asked[setting], learnt, on))
    }


def needed_for(topics: Iterable[Topic], roles: Held) -> list[tuple[Topic, Need, date]]:
    """Of these topics, those that somebody with these roles needs: the strictest need of each."""
    found = []
    for topic in topics:
        needs = [
            (topic.needs[role], starts) for role, starts in roles.items() if role in topic.needs
        ]
        if needs:
            first = min(starts for _, starts in needs)
            every = min((need.every for need, _ in needs), key=lambda one: counts_until(one, first))
            before = any(need.before_role for need, _ in needs)
            found.append((topic, Need(every, before), first))
    return found


def _learnt(who: Q, at: datetime) -> dict[tuple[UUID, str], Learnt]:
    found: dict[tuple[UUID, str], Learnt] = defaultdict(list)
    for row in Attendance.objects.learnt(who, at):
        found[row["member"], row["topic"]].append((row["last"], row["until"]))
    return found


def _of_one(
    member: UUID,
    roles: Held,
    topics: dict[str, Topic],
    learnt: dict[tuple[UUID, str], Learnt],
    on: date,
) -> list[Standing]:
    also: dict[str, list[str]] = defaultdict(list)
    for topic in topics.values():
        for other in (topic.id, *topic.counts_for):
            also[other].append(topic.id)
    return [
        _standing(
            member,
            topic,
            need,
            starts,
            [one for source in also[topic.id] for one in learnt.get((member, source), [])],
            on,
        )
        for topic, need, starts in needed_for(topics.values(), roles)
    ]


def _standing(
    member: UUID, topic: Topic, need: Need, starts: date, learnt: Learnt, on: date
) -> Standing:
    ends = [(_until(need, day, said), day) for day, said in learnt if day <= on]
    until, day = max(ends, default=(None, None))
    return Standing(member, topic, _state(until, on), day, until, starts, need.before_role)


def _until(need: Need, learnt_on: date, certificate_until: date | None) -> date:
    """Until when it counts: as long as asked here, and no longer than its certificate says."""
    ours = counts_until(need.every, learnt_on)
    return min(ours, certificate_until) if certificate_until else ours


def _state(until: date | None, on: date) -> State:
    if until is None:
        return "never"
    if until < on:
        return "out"
    return "soon" if until - on <= SOON else "current"
