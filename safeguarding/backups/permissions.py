"""Who sees how the backups are, and says that one was restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.people.roles import LEADERSHIP, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member

SEES = LEADERSHIP | {Role.TECHNICAL}


def readable_by(member: Member) -> Q:
    """The leads, the managers and whoever is technical read what was said of restoring here."""
    return Q(setting=member.setting_id) if may_see_backups(member) else Q(pk__in=[])


def may_see_backups(member: Member) -> bool:
    """The leads, the managers and whoever looks after the technical side see how the backups are."""
    return bool(member.roles & SEES)


def looks_after_backups(member: Member) -> bool:
    """Whether the page is one of their main pages. The leads find it by way of Today."""
    return bool(member.roles & {Role.MANAGER, Role.TECHNICAL})


def may_record_drill(member: Member) -> bool:
    """The same people put on record that a backup was restored on another computer."""
    return may_see_backups(member)


def may_make_sheets(member: Member) -> bool:
    """The lead and the manager make the sheets that open the backups, and type them back."""
    return bool(member.roles & {Role.LEAD, Role.MANAGER})
