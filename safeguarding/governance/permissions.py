"""Who sees how duties stand, gives their word on one, asks for a word, and makes a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.people.permissions import has_capability
from safeguarding.people.roles import LEADERSHIP, Role
from safeguarding.policies.duties import Duty

from .posts import asked_of

if TYPE_CHECKING:
    from safeguarding.people.models import Member

SEES_WORDS = LEADERSHIP | {Role.COMMITTEE_LEAD}


def may_see_board(member: Member) -> bool:
    """Leads, managers and the committee see how each duty stands. Figures carry no names."""
    return has_capability(member, "C10", "A")


def sees_exact_figures(member: Member) -> bool:
    """Whoever leads here sees figures as they are; the committee sees them rounded (rule R31)."""
    return bool(member.roles & LEADERSHIP)


def words_readable_by(member: Member) -> Q:
    """Leads, managers and the committee lead read what was said of a duty; others what they said."""
    mine = Q(setting=member.setting_id, given_by=member.pk)
    return Q(setting=member.setting_id) if member.roles & SEES_WORDS else mine


def requests_readable_by(member: Member) -> Q:
    """The same people see who was asked; others see what they were asked themselves."""
    mine = Q(setting=member.setting_id, asked=member.pk)
    return Q(setting=member.setting_id) if member.roles & SEES_WORDS else mine


def packs_readable_by(member: Member) -> Q:
    """Whoever may make a pack sees which ones were made."""
    return Q(setting=member.setting_id) if may_make_pack(member) else Q(pk__in=[])


def may_attest(member: Member, duty: Duty) -> bool:
    """Whoever holds a post that the duty names gives their word on it; so do the lead and the manager."""
    return duty.by_word and bool(member.roles & (asked_of(duty) | {Role.LEAD, Role.MANAGER}))


def may_give_words(member: Member) -> bool:
    """Everyone with a post that some duty asks for a word."""
    return bool(member.roles & (SEES_WORDS | {Role.TECHNICAL, Role.COMMITTEE}))


def may_see_duty(member: Member, duty: Duty) -> bool:
    """Whoever sees the board, or may give their word on this duty."""
    return may_see_board(member) or may_attest(member, duty)


def may_ask_for_word(member: Member) -> bool:
    """Leads, managers and the committee lead ask somebody for their word."""
    return bool(member.roles & SEES_WORDS)


def may_make_pack(member: Member) -> bool:
    """Leads, managers and the committee lead make a pack for an inspection."""
    return bool(member.roles & SEES_WORDS)
