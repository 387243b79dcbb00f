"""Whom to ask for a word on a duty: the first post it names that somebody here holds."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from safeguarding.people.models import Member, RoleHeld
from safeguarding.people.roles import Role
from safeguarding.policies.duties import Duty, Who

# In this order, for each of those whom the register names.
ASKED: Mapping[Who, tuple[Role, ...]] = {
    "all_staff": (Role.LEAD,),
    "committee": (Role.COMMITTEE_LEAD, Role.COMMITTEE),
    "deputy_dsl": (Role.DEPUTY,),
    "dsl": (Role.LEAD, Role.DEPUTY),
    "leadership": (Role.MANAGER, Role.LEAD),
    "learner": (Role.LEAD,),
    "manager": (Role.MANAGER, Role.DEPUTY_MANAGER),
    "parent_carer": (Role.LEAD,),
    "setting": (Role.MANAGER,),
    "technical_staff": (Role.TECHNICAL,),
    "visitor": (Role.MANAGER,),
    "volunteer_contractor": (Role.MANAGER,),
}
LAST = (Role.LEAD, Role.MANAGER, Role.DEPUTY)
Holders = Mapping[Role, list[Member]]


def asked_of(duty: Duty) -> frozenset[Role]:
    """The posts whose holders may give their word on it."""
    return frozenset(role for one in duty.who for role in ASKED[one])


def waits_for(duty: Duty, asked: UUID | None, here: Holders) -> list[Member]:
    """For whom it waits, whoever is reminded first: who was asked by name, as long as they may give it.

    Else those with a post of whom it names first; where nobody holds one, of the next it names; at last
    of whoever leads.
    """
    if named := [one for one in able_to_attest(duty, here) if one.pk == asked]:
        return named
    for posts in (*(ASKED[one] for one in duty.who), *((one,) for one in LAST)):
        if found := list(dict.fromkeys(one for role in posts for one in here.get(role, ()))):
            return found
    return []


def holders(settings: Collection[UUID], on: date) -> dict[UUID, dict[Role, list[Member]]]:
    """Who holds which post on a day, in each setting, by name. One query."""
    rows = RoleHeld.objects.current(on).filter(setting__in=settings, member__user__is_active=True)
    found: dict[UUID, dict[Role, list[Member]]] = {}
    for row in rows.select_related("member__setting", "member__user").order_by("member__name"):
        found.setdefault(row.setting_id, {}).setdefault(Role(row.role), []).append(row.member)
    return found


def able_to_attest(duty: Duty, here: Holders) -> list[Member]:
    """Everybody here who may give their word on it, by name."""
    posts = asked_of(duty) | {Role.LEAD, Role.MANAGER}
    able = {one for role in posts for one in here.get(role, ())}
    return sorted(able, key=lambda one: one.name)
