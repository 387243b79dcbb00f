"""Who looks at practice, keeps the action plan, and does what stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.people.roles import AT_WORK, LEADERSHIP, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member

    from .models import Improvement

KEEPERS = LEADERSHIP | {Role.COMMITTEE_LEAD}


def may_keep_plan(member: Member) -> bool:
    """Leads, managers and the committee lead look at practice and keep the action plan."""
    return bool(member.roles & KEEPERS)


def evaluations_readable_by(member: Member) -> Q:
    """Whoever keeps the plan reads what was found."""
    return Q(setting=member.setting_id) if may_keep_plan(member) else Q(pk__in=[])


def improvements_readable_by(member: Member) -> Q:
    """Whoever keeps the plan sees all of it; others who work here see what they are to do."""
    here = Q(setting=member.setting_id)
    if may_keep_plan(member):
        return here
    return here & Q(owner=member.pk) if member.roles & AT_WORK else Q(pk__in=[])


def may_do(member: Member, improvement: Improvement) -> bool:
    """Whoever is to do it and works here says that it is done; so does anyone who keeps the plan."""
    here = improvement.setting_id == member.setting_id
    mine = improvement.owner_id == member.pk and bool(member.roles & AT_WORK)
    return here and (mine or may_keep_plan(member))
