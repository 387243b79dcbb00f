"""What new colleagues are shown, and how another part of Hedgerow says that something of it is done.

An item of the list may name a kind, such as `agreement`. Whatever keeps agreements registers a function
that says who signed theirs and when; until something does, a person ticks the item.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from safeguarding.people.models import Member, RoleHeld, Setting
from safeguarding.people.roles import Role

from .library import AUDIENCE_ROLES
from .models import Induction

Fulfilled = Callable[[Collection[UUID], datetime], Mapping[UUID, date]]

_fulfilling: dict[str, Fulfilled] = {}


def fulfilled_by(kind: str, function: Fulfilled) -> None:
    """Register who says, of members and up to a moment, who has done things of a kind, and on which day."""
    _fulfilling[kind] = function


def done_elsewhere(
    kinds: Collection[str], members: Collection[UUID], at: datetime
) -> dict[tuple[str, UUID], date]:
    """What other parts say is done: by kind and member, the day."""
    return {
        (kind, member): day
        for kind, function in _fulfilling.items()
        if kind in kinds
        for member, day in function(members, at).items()
    }


def roles_without(setting: Setting, on: date) -> list[RoleHeld]:
    """Of everybody here whose role gives them something to be shown, and who never began: their first role.

    Those who were here when the setting was opened were given their role by nobody, and are not new.
    """
    shown = [role for roles in AUDIENCE_ROLES.values() for role in roles]
    begun = Induction.objects.filter(member=OuterRef("member"))
    founders = RoleHeld.objects.filter(member=OuterRef("member"), granted_by__isnull=True)
    rows = RoleHeld.objects.current(on).filter(setting=setting, role__in=shown)
    rows = rows.filter(~Exists(begun), ~Exists(founders), member__user__is_active=True)
    first: dict[UUID, RoleHeld] = {}
    for row in rows.select_related("member").order_by("starts", "created_at"):
        first.setdefault(row.member_id, row)
    return list(first.values())


def roles_of(member: Member, on: date) -> frozenset[Role]:
    """The roles somebody holds on a day."""
    return frozenset(
        Role(one) for one in member.roles_held.current(on).values_list("role", flat=True)
    )
