"""Whether one member holds something on one record: asked so often that the question is built once.

Only those whom a tie may shut out are asked about with a question of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from foundation.prepared import prepared
from safeguarding.concerns import models
from safeguarding.people.models.members import NOBODY, Tied
from safeguarding.people.roles import BREAKS_GLASS, LEADERSHIP, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member


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


@dataclass(frozen=True)
class _Untied:
    """Anybody with these roles to whom nobody is tied."""

    pk: UUID
    setting_id: UUID
    roles: frozenset[Role]
    may_have_glass: bool
    tied_to: Tied = NOBODY


def _case(
    member: UUID,
    setting: UUID,
    record: UUID,
    on: date,
    at: datetime,
    *,
    roles: frozenset[Role],
    glass: bool,
    capability: str,
) -> QuerySet[models.Case]:
    from .cases import cases_with

    asking = _Untied(member, setting, roles, glass)
    return models.Case.objects.filter(cases_with(asking, capability, Now(on, at)), pk=record)


def _concern(
    member: UUID,
    setting: UUID,
    record: UUID,
    on: date,
    at: datetime,
    *,
    roles: frozenset[Role],
    glass: bool,
    capability: str,
) -> QuerySet[models.Concern]:
    from .cases import concerns_with

    asking = _Untied(member, setting, roles, glass)
    return models.Concern.objects.filter(concerns_with(asking, capability, Now(on, at)), pk=record)


_SOME = [
    {"roles": roles, "glass": glass, "capability": capability}
    for roles in (LEADERSHIP, BREAKS_GLASS, frozenset({Role.PRACTITIONER}))
    for glass in (False, True)
    for capability in "RWD"
]
_CASE = prepared(_case, examples=_SOME)
_CONCERN = prepared(_concern, examples=_SOME)


def is_case_with(member: Member, case_id: UUID, capability: str) -> bool:
    """Whether a member holds a capability on a case and is not shut out of it. One query."""
    if member.tied_to != NOBODY:
        from .cases import cases_with

        return models.Case.objects.filter(cases_with(member, capability), pk=case_id).exists()
    return _CASE.any(*_values(member, case_id), **_shape(member, capability))


def is_concern_with(member: Member, concern_id: UUID, capability: str) -> bool:
    """Whether a member holds a capability on a report and is not shut out of it. One query."""
    if member.tied_to != NOBODY:
        from .cases import concerns_with

        rows = models.Concern.objects.filter(concerns_with(member, capability), pk=concern_id)
        return rows.exists()
    return _CONCERN.any(*_values(member, concern_id), **_shape(member, capability))


def _values(member: Member, record: UUID) -> tuple[UUID, UUID, UUID, date, datetime]:
    now = Now.is_now()
    return member.pk, member.setting_id, record, now.on, now.at


def _shape(member: Member, capability: str) -> dict[str, object]:
    glass = member.may_have_glass
    return {"roles": member.roles, "glass": glass, "capability": capability}
