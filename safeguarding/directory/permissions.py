"""Who may do what with the directory and with the rules. Everyone here may read both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.audit.trail import System
from safeguarding.people.permissions import FIRST_SET_UP, OPERATOR
from safeguarding.people.roles import LEADS, Role

if TYPE_CHECKING:
    from safeguarding.directory.models import Contact
    from safeguarding.law.models import LocalRule
    from safeguarding.people.models import Member

KEEPERS = LEADS | {Role.MANAGER}


def readable_by(member: Member) -> Q:
    """Everyone reads their own setting's directory."""
    return Q(setting=member.setting_id)


def may_add_contacts(member: Member) -> bool:
    """The lead, the deputies and the manager keep the directory."""
    return bool(member.roles & KEEPERS)


def may_change_contact(member: Member, contact: Contact) -> bool:
    """The lead, the deputies and the manager keep their own setting's directory."""
    return may_add_contacts(member) and contact.setting_id == member.setting_id


def may_install_defaults(by: Member | System) -> bool:
    """The directory is filled when a setting opens, and again by whoever keeps it."""
    if isinstance(by, System):
        return by.name in {FIRST_SET_UP, OPERATOR}
    return may_add_contacts(by)


def may_change_rules(member: Member) -> bool:
    """The lead and the manager set the setting's own value for a rule, where a rule allows one."""
    return bool(member.roles & {Role.LEAD, Role.MANAGER})


def may_change_rule(member: Member, own: LocalRule) -> bool:
    """The lead and the manager take back what their own setting set for a rule."""
    return may_change_rules(member) and own.setting_id == member.setting_id
