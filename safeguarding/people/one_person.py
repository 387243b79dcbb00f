"""Two accounts of one person are one person, wherever something takes two (rule R23)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.utils import timezone

from .roles import CONFIRMS

if TYPE_CHECKING:
    from uuid import UUID

    from .models import Member, RoleHeld
    from .models.members import MemberQuerySet


def is_one_person(one: Member, other: Member) -> bool:
    """Whether two accounts are of one person, as far as name and address tell."""
    if one.user_id == other.user_id or _names(one) & _names(other):
        return True
    return mail_box(one.user.email) == mail_box(other.user.email)


def is_one_name(one: str, other: str) -> bool:
    """Whether two names, as somebody wrote them, are the same one."""
    return bool(one) and _plain(one) == _plain(other)


def is_any_of(one: Member, *others: Member | None) -> bool:
    """Whether somebody is one of these, by whatever account."""
    return any(other is not None and is_one_person(one, other) for other in others)


def users_of(member: Member) -> set[UUID]:
    """Every account here of the person whose account this is."""
    here = type(member).objects.filter(setting=member.setting_id).select_related("user")
    return {one.user_id for one in here if is_one_person(member, one)}


def others_who_confirm(held: RoleHeld, asked_by: UUID | None) -> MemberQuerySet:
    """Who could be the second person for a role, today: neither its holder nor who asks."""
    there = held.setting.holding(CONFIRMS, timezone.localdate())
    return there.exclude(pk__in=[held.member_id, asked_by])


def _names(one: Member) -> set[str]:
    """With those they had before: a new name makes nobody a second person."""
    return {_plain(name) for name in (one.name, *one.names[1:])}


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def mail_box(email: str) -> str:
    """The mail box an address leads to: without what stands after a plus."""
    box, _, host = email.casefold().partition("@")
    return f"{box.partition('+')[0]}@{host}"
