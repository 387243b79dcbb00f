"""Who may ask whether the record is whole, and who says where its proof is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeguarding.people import access
from safeguarding.people.permissions import may_manage_people

if TYPE_CHECKING:
    from safeguarding.people.models import Member

    from .models import Mailbox


def may_verify(member: Member) -> bool:
    """Leads, managers and the committee check that the record is whole, without reading it."""
    return "t" in access.scopes(member.roles, "C9", "V")


def may_name_mailboxes(member: Member) -> bool:
    """The manager says which mailboxes outside the setting get proof of the record."""
    return may_manage_people(member) and may_verify(member)


def may_remove_mailbox(member: Member, mailbox: Mailbox) -> bool:
    """The manager says which mailboxes outside the setting get proof of the record."""
    return may_name_mailboxes(member) and mailbox.setting_id == member.setting_id
