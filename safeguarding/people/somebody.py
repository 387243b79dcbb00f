"""Somebody of whom only the ids are known, in whose place a prepared query is put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from foundation.prepared import Value

from .models import Member
from .models.members import NOBODY, Tied
from .roles import BREAKS_GLASS, CONFIRMS, Role


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


class Alike(NamedTuple):
    """What decides how a question about somebody looks: it is put together once for all who are alike."""

    members: int  # how many of those they are close to are members; the others are children
    roles: frozenset[Role]
    glass: bool  # whether they may have broken the glass

    def somebody(self, member: UUID, setting: UUID, tied: Sequence[UUID], **more: Any) -> Any:
        """One of them, to put the question together with. It takes the place of a member."""
        more |= {"roles": self.roles, "may_have_glass": self.glass}
        return Somebody.with_ties(member, setting, tied, self.members, **more)


def alike_to(member: Member) -> Alike:
    """What a member has in common with all of whom it is asked in the same words."""
    return Alike(**shape_of(member), roles=member.roles, glass=member.may_have_glass)


def values_of(member: Member, *more: Value, at: datetime | None = None) -> list[Value]:
    """Who asks, on which day and at which moment (now); `more`; and last everyone they are close to."""
    at = at or timezone.now()
    who = (member.pk, member.setting_id)
    return [*who, timezone.localdate(at), at, *more, *ties_of(member)]


def account_of(member: Member) -> tuple[UUID, str]:
    """Whose account it is, and their name as it is looked for whatever the case of its letters."""
    return member.user_id, connection.ops.prep_for_iexact_query(member.name)


def ids_of(member: Member) -> list[UUID]:
    """The ids that a query `with_ties` takes: the member, the setting, and everyone they are close to."""
    return [member.pk, member.setting_id, *ties_of(member)]


def ties_of(member: Member) -> list[UUID]:
    """Everyone a member is close to: members, and then children."""
    return [*member.tied_to.members, *member.tied_to.children]


def shape_of(member: Member) -> dict[str, int]:
    """How many of these are members."""
    return {"members": len(member.tied_to.members)}


_SEVERAL: list[tuple[frozenset[Role], bool]] = [
    (CONFIRMS, False),
    (BREAKS_GLASS, True),
    (frozenset({Role.GROUP_OFFICER}), False),
    (frozenset({Role.PRACTITIONER}), False),
]
# For a test, to put together whatever is asked of somebody `alike`.
EXAMPLES: list[dict[str, Any]] = [{"alike": Alike(0, *one)} for one in _SEVERAL]
