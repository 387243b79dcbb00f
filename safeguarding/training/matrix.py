"""Everybody and what they need, as the page of it shows them: words first, colour only beside them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone

from safeguarding.people.models import Member, Setting
from safeguarding.people.roles import AT_WORK, Role

from .asked import Topic
from .currency import Standing, survey

PAGE = 50
STATES = {
    "missing": "Something is missing",
    "soon": "Something runs out soon",
    "current": "All up to date",
}


@dataclass(frozen=True)
class Cell:
    """One topic of one person: nothing where they do not need it."""

    topic: Topic
    standing: Standing | None


@dataclass(frozen=True)
class Row:
    """One person, with a cell for each topic that anybody here needs."""

    member: Member
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """One page of people, the topics across, and how many people stand how in all."""

    topics: list[Topic]
    page: Page[UUID]
    rows: list[Row]
    counts: dict[str, int]


def matrix(
    setting: Setting, at: datetime, *, role: str = "", state: str = "", page: str | None = None
) -> Matrix:
    """People at work and what they need, filtered by role or state. Seven queries for any number."""
    on = timezone.localdate(at)
    seen = survey(Q(setting=setting), at)
    found = seen.standings
    asked = [one for one in seen.asked.get(setting.pk, {}).values() if one.needs]
    roles = {Role(role)} if role in Role.values else AT_WORK
    names = setting.holding(roles, on).values_list("pk", flat=True)
    people = [pk for pk in names if pk in found]
    states = {pk: _state(found[pk]) for pk in people}
    counts = {one: list(states.values()).count(one) for one in STATES}
    shown = [pk for pk in people if state not in STATES or states[pk] == state]
    paged = Paginator(shown, PAGE).get_page(page)
    return Matrix(asked, paged, _rows(list(paged.object_list), found, asked), counts)


def _state(rows: list[Standing]) -> str:
    states = {one.state for one in rows}
    if states & {"out", "never"}:
        return "missing"
    return "soon" if "soon" in states else "current"


def _rows(
    ids: Collection[UUID], found: dict[UUID, list[Standing]], topics: list[Topic]
) -> list[Row]:
    people = Member.objects.select_related("user").in_bulk(list(ids))
    rows = []
    for pk in ids:
        by_topic = {one.topic.id: one for one in found[pk]}
        cells = [Cell(topic, by_topic.get(topic.id)) for topic in topics]
        rows.append(Row(people[pk], cells))
    return rows
