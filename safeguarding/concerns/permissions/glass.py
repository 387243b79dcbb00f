"""For whom the glass may be broken, and who may look at who read what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.people import access
from safeguarding.people.roles import BREAKS_GLASS, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member


def children_for_glass(member: Member) -> Q:
    """Children for whom a member could break the glass; those close to them are as if not there (R3)."""
    if not member.roles & BREAKS_GLASS:
        return Q(pk__in=[])
    return Q(setting=member.setting_id) & ~Q(pk__in=member.tied_to.children)


def may_see_readings(member: Member) -> bool:
    """The lead sees who read what of the records they read themselves."""
    return bool(access.scopes(member.roles, "C9", "R") & {"n", "t"})


def may_see_leads_readings(member: Member) -> bool:
    """The manager and the committee lead see how much the leads read, in numbers only."""
    return bool(member.roles & {Role.MANAGER, Role.COMMITTEE_LEAD})


def may_see_some_readings(member: Member) -> bool:
    """The lead, and for what the leads read themselves the manager and the committee lead."""
    return may_see_readings(member) or may_see_leads_readings(member)
