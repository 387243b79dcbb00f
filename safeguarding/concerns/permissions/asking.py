"""Whether one member holds something on one record: asked so often that the question is built once."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from foundation.prepared import prepared
from safeguarding.concerns import models
from safeguarding.people.somebody import EXAMPLES, Alike, alike_to, values_of

if TYPE_CHECKING:
    from safeguarding.people.models import Member
    from safeguarding.people.models.members import Tied
    from safeguarding.people.roles import Role


class Now(NamedTuple):
    """The day and the moment for which it is asked."""

    on: date
    at: datetime

    @classmethod
    def is_now(cls) -> Now:
        at = timezone.now()
        return cls(timezone.localdate(at), at)

    @classmethod
    def of(cls, member: object) -> Now:
        """When a member asks: now, unless a prepared query asks in their place and says when."""
        given = getattr(member, "now", None)
        return cls(*given) if given else cls.is_now()


class Asking(Protocol):
    """What must be known of a member to say what they may read: a member is one."""

    @property
    def pk(self) -> UUID: ...
    @property
    def setting_id(self) -> UUID: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def tied_to(self) -> Tied: ...
    @property
    def may_have_glass(self) -> bool: ...


def _case(
    member: UUID,
    setting: UUID,
    on: date,
    at: datetime,
    record: UUID,
    *tied: UUID,
    alike: Alike,
    capability: str,
) -> QuerySet[models.Case]:
    from .cases import cases_with

    who = alike.somebody(member, setting, tied, now=(on, at))
    return models.Case.objects.filter(cases_with(who, capability), pk=record)


def _concern(
    member: UUID,
    setting: UUID,
    on: date,
    at: datetime,
    record: UUID,
    *tied: UUID,
    alike: Alike,
    capability: str,
) -> QuerySet[models.Concern]:
    from .cases import concerns_with

    who = alike.somebody(member, setting, tied, now=(on, at))
    return models.Concern.objects.filter(concerns_with(who, capability), pk=record)


_SOME = [{**one, "capability": capability} for one in EXAMPLES for capability in "RWD"]
_CASE = prepared(_case, examples=_SOME)
_CONCERN = prepared(_concern, examples=_SOME)


def is_case_with(member: Member, case_id: UUID, capability: str) -> bool:
    """Whether a member holds a capability on a case and is not shut out of it. One query."""
    who = values_of(member, case_id)
    return _CASE.any(*who, alike=alike_to(member), capability=capability)


def is_concern_with(member: Member, concern_id: UUID, capability: str) -> bool:
    """Whether a member holds a capability on a report and is not shut out of it. One query."""
    who = values_of(member, concern_id)
    return _CONCERN.any(*who, alike=alike_to(member), capability=capability)
