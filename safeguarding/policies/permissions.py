"""Who may read, write and adopt policies. Everyone who works here reads them (class C8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from safeguarding.audit.trail import System
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import has_capability
from safeguarding.people.roles import LEADS, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member
    from safeguarding.policies.models import Draft, Policy, Proposal

ADOPTERS = frozenset({Role.COMMITTEE, Role.COMMITTEE_LEAD})
WRITERS = LEADS | {Role.MANAGER, Role.DEPUTY_MANAGER}


def readable_by(member: Member) -> Q:
    """Policies of the member's own setting, for all staff."""
    return Q(setting=member.setting_id) if may_read(member) else Q(pk__in=[])


def may_read(member: Member) -> bool:
    """Everyone who works here reads the policies."""
    return has_capability(member, "C8", "R")


def may_write(member: Member) -> bool:
    """Lead, deputies, manager and deputy manager write policies; the committee adopts them."""
    return bool(member.roles & WRITERS)


def drafts_readable_by(member: Member) -> Q:
    """What is being brought in, for those who write policies here."""
    return Q(setting=member.setting_id) if may_write(member) else Q(pk__in=[])


def may_work_on(by: Member | System, draft: Draft) -> bool:
    """Those who write policies here go on with what one of them began; the clock forgets an old one."""
    may = draft.is_forgotten(timezone.now()) if isinstance(by, System) else may_write(by)
    return may and draft.setting_id == by.setting_id


def may_adopt(member: Member) -> bool:
    """The committee and its lead for safeguarding adopt policies."""
    return bool(member.roles & ADOPTERS) and member.user.is_active


def may_answer(member: Member, proposal: Proposal) -> bool:
    """One of the committee who was asked by name, and neither wrote the version nor proposed it."""
    if not may_adopt(member) or proposal.setting_id != member.setting_id:
        return False
    if any(
        is_one_person(member, one) for one in (proposal.version.written_by, proposal.proposed_by)
    ):
        return False
    return proposal.approvers.filter(member=member).exists()


def may_withdraw(member: Member, proposal: Proposal) -> bool:
    """Whoever proposed a version takes it back while it is not adopted; so do others who write."""
    return may_write(member) and proposal.setting_id == member.setting_id


def may_withdraw_policy(member: Member, policy: Policy) -> bool:
    """Those who write policies say that one nobody adopted was saved by mistake."""
    return may_write(member) and policy.setting_id == member.setting_id


def may_adopt_duties(member: Member) -> bool:
    """Lead, deputies, manager and deputy manager say which duties the setting takes on, and which not."""
    return may_write(member)
