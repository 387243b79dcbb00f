"""What new colleagues are shown, and how another part of Hedgerow says that something of it is done.

An item of the list may name a kind, such as `agreement`. Whatever keeps agreements registers a function
that says who signed theirs and when; until something does, a person ticks the item.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from safeguarding.people.models import Member, RoleHeld, Setting
from safeguarding.people.roles import AT_WORK, Role

from .library import AUDIENCE_ROLES, audience_of, covers
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
    """Of everybody whose role gives them something to be shown that they were not shown: that role.

    Those who were here when the setting was opened were given their role by nobody, and know what was
    shown in that role; whoever began a list before knows that one. Another role may ask for more.
    """
    rows = RoleHeld.objects.current(on).filter(setting=setting, member__user__is_active=True)
    held: dict[UUID, list[RoleHeld]] = {}
    for row in rows.select_related("member").order_by("starts", "created_at"):
        held.setdefault(row.member_id, []).append(row)
    known = _shown_before(setting)
    found = []
    for member, several in held.items():
        audience = audience_of(frozenset(Role(one.role) for one in several))
        if audience and not any(covers(one, audience) for one in known.get(member, ())):
            fitting = AUDIENCE_ROLES[audience]
            found.append(next(one for one in several if one.role in fitting))
    return found


def _shown_before(setting: Setting) -> dict[UUID, set[str]]:
    """Which lists each member began, or had no need of since they were here at the start. Two queries."""
    known: dict[UUID, set[str]] = {}
    begun = Induction.objects.filter(setting=setting).values_list("member_id", "audience")
    for member, audience in begun:
        known.setdefault(member, set()).add(audience)
    founders = RoleHeld.objects.filter(setting=setting, granted_by__isnull=True)
    for member, role in founders.values_list("member_id", "role"):
        if audience := audience_of(frozenset({Role(role)})):
            known.setdefault(member, set()).add(audience)
    return known


def works_here(on: date, known_at: datetime | None = None) -> Exists:
    """For a query of lists: whether whoever it is about works here on a day. To others nothing is shown."""
    held = RoleHeld.objects.current(on, known_at=known_at).filter(role__in=sorted(AT_WORK))
    if known_at is not None:
        held = held.filter(created_at__lte=known_at)
    return Exists(held.filter(member=OuterRef("member")))


def roles_of(member: Member, on: date) -> frozenset[Role]:
    """The roles somebody holds on a day."""
    return frozenset(
        Role(one) for one in member.roles_held.current(on).values_list("role", flat=True)
    )
