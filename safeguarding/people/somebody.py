"""Somebody of whom only the ids are known, in whose place a prepared query is put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from foundation.prepared import Value

from .models import Member
from .models.members import NOBODY, Tied
from .roles import Role


@dataclass(frozen=True)
class Somebody:
    """What must be known of a member to say what they may read, and what is kept from them."""

    pk: UUID
    setting_id: UUID
    tied_to: Tied = NOBODY
    roles: frozenset[Role] = frozenset()
    may_have_glass: bool = False
    user_id: UUID | None = None
    name: str = ""
    now: tuple[date, datetime] | None = None  # when they ask, where that decides

    @classmethod
    def with_ties(
        cls, pk: UUID, setting_id: UUID, tied: Sequence[UUID], members: int, **more: Any
    ) -> Any:
        """Close to others: so many members, and then children. It takes the place of a member."""
        ties = Tied(frozenset(tied[:members]), frozenset(tied[members:]))
        return cls(pk, setting_id, ties, **more)


def asks(member: Member, at: datetime) -> tuple[Value, ...]:
    """Who asks, and when, for a query that takes a name and a moment as well; `ties_of` comes last."""
    name: str = connection.ops.prep_for_iexact_query(member.name)
    return member.pk, member.setting_id, member.user_id, name, timezone.localdate(at), at


def ids_of(member: Member) -> list[UUID]:
    """The ids that a query `with_ties` takes: the member, the setting, and everyone they are close to."""
    return [member.pk, member.setting_id, *ties_of(member)]


def ties_of(member: Member) -> list[UUID]:
    """Everyone a member is close to: members, and then children."""
    return [*member.tied_to.members, *member.tied_to.children]


def shape_of(member: Member) -> dict[str, int]:
    """How many of these are members."""
    return {"members": len(member.tied_to.members)}
