"""Who may do what with people, and `require`, the door every action goes through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from safeguarding.audit.trail import System

from . import access
from .roles import Role

if TYPE_CHECKING:
    from .models import Member, RoleHeld, Setting

P = ParamSpec("P")
By = TypeVar("By", bound="Member | System")

FIRST_SET_UP = "first set-up"
OPERATOR = "operator"


def require(
    rule: Callable[Concatenate[By, P], bool], by: By, *args: P.args, **kwargs: P.kwargs
) -> None:
    """Stop here unless the rule lets this person go on. They are told the rule's docstring."""
    if not rule(by, *args, **kwargs):
        raise PermissionDenied(rule.__doc__)


def has_capability(member: Member, record_class: str, capability: str) -> bool:
    """Whether the access matrix gives any of the member's roles this capability, in any scope."""
    return bool(access.scopes(member.roles, record_class, capability))


def members_readable_by(member: Member) -> Q:
    """The leads and managers see everyone's page here; everyone else sees their own."""
    here = Q(setting=member.setting_id)
    return here if may_see_members(member) else here & Q(pk=member.pk)


def children_readable_by(member: Member) -> Q:
    """Staff see the names of their setting's children; a parent sees their own."""
    here = Q(setting=member.setting_id)
    if "t" in access.scopes(member.roles, "C6", "R"):
        return here
    if "c" in access.scopes(member.roles, "C6", "R"):
        return here & Q(family__carers__member=member)
    return Q(pk__in=[])


def rooms_readable_by(member: Member) -> Q:
    """Whoever sees the children of a setting sees its rooms and families."""
    if "t" in access.scopes(member.roles, "C6", "R"):
        return Q(setting=member.setting_id)
    return Q(pk__in=[])


def relationships_readable_by(member: Member) -> Q:
    """Everyone sees the ties they are part of; the leads and managers see all ties here."""
    here = Q(setting=member.setting_id)
    if may_see_members(member):
        return here
    return here & (Q(member=member.pk) | Q(other_member=member.pk))


def may_see_members(member: Member) -> bool:
    """The leads and the managers see who everyone here is and which roles they hold."""
    return member.is_leadership


def may_manage_people(member: Member) -> bool:
    """The manager looks after accounts, roles, rooms and the details of the setting."""
    return has_capability(member, "C12", "M")


def may_manage_children(member: Member) -> bool:
    """The manager, their deputy, the lead and the deputies keep the list of children."""
    return "t" in access.scopes(member.roles, "C6", "W")


def may_open_setting(by: System) -> bool:
    """A setting is opened when Hedgerow is first set up, or by whoever runs the installation."""
    from .models import Setting

    if by.name == OPERATOR:
        return True
    return by.name == FIRST_SET_UP and not Setting.objects.exists()


def may_remove_second_factor(by: System) -> bool:
    """Only whoever runs the installation removes a lost second factor, at the machine itself."""
    return by.name == OPERATOR


def may_change_setting(member: Member, setting: Setting) -> bool:
    """The manager keeps the details of their own setting: opening hours and terms."""
    return may_manage_people(member) and setting.pk == member.setting_id


def may_invite(by: Member | System, to: Member) -> bool:
    """The manager sends the link with which somebody else here makes their password."""
    if by.setting_id != to.setting_id:
        return False
    if isinstance(by, System):
        return by.name in {FIRST_SET_UP, OPERATOR}
    return may_manage_people(by) and to.pk != by.pk


def may_grant_role(member: Member, to: Member, role: Role) -> bool:  # noqa: ARG001  others may ask
    """The manager gives roles, never to themselves (rule R25)."""
    return may_manage_people(member) and to.setting_id == member.setting_id and to.pk != member.pk


def may_end_role(member: Member, held: RoleHeld) -> bool:
    """The manager ends roles, never their own."""
    here = held.setting_id == member.setting_id
    return may_manage_people(member) and here and held.member_id != member.pk


def may_declare_relationship(member: Member, about: Member) -> bool:
    """Anyone declares their own ties; the managers and the leads record those they know of."""
    here = about.setting_id == member.setting_id
    return here and (about.pk == member.pk or member.is_leadership)
