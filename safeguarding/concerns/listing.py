"""Pages of cases and reports that are opened all day: what they ask is put together once for all."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from foundation.keyrings import give_keyring
from foundation.paging import SIZE, Page, page_from
from foundation.prepared import prepared
from safeguarding.people.keyring import Copy
from safeguarding.people.models import Member
from safeguarding.people.somebody import EXAMPLES, Alike, Somebody, alike_to, values_of

from .models import Case, Concern
from .permissions.cases import cases_with, concerns_with


def _listed(
    member: UUID,
    setting: UUID,
    on: date,
    at: datetime,
    *tied: UUID,
    alike: Alike,
    closed: bool,
    start: int,
) -> QuerySet[Case]:
    who = alike.somebody(member, setting, tied, now=(on, at))
    rows = Case.objects.filter(cases_with(who, "R"))
    rows = (rows.closed() if closed else rows.open()).with_copies()
    shown = ("setting", "created_at", "reference", "title", "record_class")
    return rows.only(*shown).order_by("-created_at")[start : start + SIZE + 1]


def _one(
    member: UUID,
    setting: UUID,
    on: date,
    at: datetime,
    case: UUID,
    *tied: UUID,
    alike: Alike,
) -> QuerySet[Case]:
    who = alike.somebody(member, setting, tied, now=(on, at))
    rows = Case.objects.filter(cases_with(who, "R"), pk=case)
    return rows.with_open().with_devices().with_wanted()


def _waiting(
    member: UUID,
    setting: UUID,
    on: date,
    at: datetime,
    *tied: UUID,
    alike: Alike,
    start: int,
) -> QuerySet[Concern]:
    who = alike.somebody(member, setting, tied, now=(on, at))
    rows = Concern.objects.filter(concerns_with(who, "R")).waiting_at(setting)
    return rows.in_one_line()[start : start + SIZE + 1]


def _sent(member: UUID, setting: UUID, *, start: int) -> QuerySet[Concern]:
    who: Any = Somebody(member, setting)
    rows = Concern.objects.sent_by(who).with_progress()
    return rows.only("setting", "created_at", "code").order_by("-created_at")[
        start : start + SIZE + 1
    ]


_LISTED = prepared(_listed, examples=[{**one, "closed": False, "start": 0} for one in EXAMPLES])
_ONE = prepared(_one, examples=EXAMPLES)
_WAITING = prepared(_waiting, examples=[{**one, "start": 0} for one in EXAMPLES])
_SENT = prepared(_sent, examples=[{"start": 0}])


def page_of_cases(member: Member, number: str | None, *, closed: bool) -> Page[Case]:
    """One page of the cases a member reads, newest first. One query."""
    who, alike = values_of(member), alike_to(member)

    def some(start: int, _end: int) -> list[Case]:
        return _opening(member, _LISTED(*who, alike=alike, closed=closed, start=start))

    return page_from(some, number)


def page_of_waiting(member: Member, number: str | None) -> Page[Concern]:
    """One page of the reports a member reads and nobody has decided on, oldest first. One query."""
    who, alike = values_of(member), alike_to(member)

    def some(start: int, _end: int) -> list[Concern]:
        rows = _WAITING(*who, alike=alike, start=start)
        give_keyring(rows, member.keyring)
        return rows

    return page_from(some, number)


def page_of_sent(member: Member, number: str | None) -> Page[Concern]:
    """One page of a member's own reports, newest first, and how far each has come. One query."""
    return page_from(lambda start, _end: _SENT(member.pk, member.setting_id, start=start), number)


def one_case(member: Member, case_id: UUID) -> Case | None:
    """A case as its page shows it, if the member reads it. One query."""
    rows = _opening(member, _ONE(*values_of(member, case_id), alike=alike_to(member)))
    return rows[0] if rows else None


def _opening(member: Member, rows: list[Case]) -> list[Case]:
    """With the member's keys, as `readable_by` gives them."""
    give_keyring(rows, member.keyring)
    for row in rows:
        if row.sealed_copies:
            member.keyring.add(Copy.all_in(row.sealed_copies))
    return rows
