"""Who may lock, and who keeps the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeguarding.people.roles import LEADS, Role

if TYPE_CHECKING:
    from safeguarding.people.models import Member

HOLDS = LEADS | {Role.MANAGER}


def may_lock(member: Member) -> bool:
    """The leads and the manager lock the installation, and have a passphrase to unlock it."""
    return bool(member.roles & HOLDS)


def may_keep_keys(member: Member) -> bool:
    """The lead and the manager keep the ways in: sheets, other people's passphrases, the key itself."""
    return bool(member.roles & {Role.LEAD, Role.MANAGER})
