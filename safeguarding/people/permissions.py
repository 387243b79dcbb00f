"""Who may do what with people, and `require`, the door every action goes through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from safeguarding.audit.trail import System

from . import access
from .one_person import is_any_of, others_who_confirm, users_of
from .roles import BREAKS_GLASS, CONFIRMS, FOUR_EYES, REVIEWS_GLASS, Role

if TYPE_CHECKING:
    from .models import (
        BreakGlass,
        Carer,
        Child,
        Import,
        Member,
        PersonKey,
        Relationship,
        RoleEnded,
        RoleHeld,
        Setting,
    )

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
    """Leads, managers and the committee lead see everyone's page here; others see their own."""
    here = Q(setting=member.setting_id)
    return here if may_see_members(member) else here & Q(pk=member.pk)


def children_readable_by(member: Member) -> Q:
    """Staff see the names of their setting's children; a parent sees those they care for still."""
    here = Q(setting=member.setting_id)
    if "t" in access.scopes(member.roles, "C6", "R"):
        return here
    if "c" in access.scopes(member.roles, "C6", "R"):
        from .models import Carer

        return here & Q(family__in=Carer.objects.current().families_of(member))
    return Q(pk__in=[])


def imports_readable_by(member: Member) -> Q:
    """A list that was uploaded is read by whoever uploaded it, while they may bring in such lists."""
    kinds = [kind for kind in ("children", "staff") if may_import(member, kind)]
    return Q(setting=member.setting_id, started_by=member.pk, kind__in=kinds)


def rooms_readable_by(member: Member) -> Q:
    """Whoever sees the children of a setting sees its rooms and families."""
    if "t" in access.scopes(member.roles, "C6", "R"):
        return Q(setting=member.setting_id)
    return Q(pk__in=[])


def relationships_readable_by(member: Member) -> Q:
    """Everyone sees the ties they are part of; leads, managers and the committee lead see all."""
    here = Q(setting=member.setting_id)
    if may_see_members(member):
        return here
    return here & (Q(member=member.pk) | Q(other_member=member.pk))


def absences_readable_by(member: Member) -> Q:
    """Everyone sees their own days away; leads, managers and the committee lead see all."""
    here = Q(setting=member.setting_id)
    return here if may_see_members(member) else here & Q(member=member.pk)


def may_record_absence(member: Member, about: Member) -> bool:
    """Anyone writes down that they are away; so do leads, managers and the committee lead for others."""
    here = about.setting_id == member.setting_id
    return here and (about.pk == member.pk or may_see_members(member))


def preferences_readable_by(member: Member) -> Q:
    """Everyone sees what they chose for themselves, and nobody else does."""
    return Q(member=member.pk)


def may_prefer(member: Member) -> bool:
    """Everyone with a role here chooses for themselves how pages help them."""
    return bool(member.roles)


def may_see_members(member: Member) -> bool:
    """Leads, managers and the committee lead see who everyone here is and which roles they hold."""
    return may_be_second_person(member)


def may_be_second_person(member: Member) -> bool:
    """Leads, managers and the committee lead confirm what takes two people (rule R23)."""
    return bool(member.roles & CONFIRMS)


def may_manage_people(member: Member) -> bool:
    """The manager looks after accounts, roles, rooms and the details of the setting."""
    return has_capability(member, "C12", "M")


def may_manage_children(member: Member) -> bool:
    """The manager, their deputy, the lead and the deputies keep the list of children."""
    return "t" in access.scopes(member.roles, "C6", "W")


def may_import(member: Member, kind: str) -> bool:
    """Who keeps the list of children brings in children; who looks after accounts, staff."""
    return may_manage_people(member) if kind == "staff" else may_manage_children(member)


def may_import_this(member: Member, started: Import) -> bool:
    """Whoever uploaded a list goes on with it, while they may bring in such lists. Nobody else."""
    own = started.setting_id == member.setting_id and started.started_by_id == member.pk
    return own and may_import(member, started.kind)


def may_open_setting(by: System) -> bool:
    """A setting is opened when Hedgerow is first set up, or by whoever runs the installation."""
    from .models import Setting

    if by.name == OPERATOR:
        return True
    return by.name == FIRST_SET_UP and not Setting.objects.exists()


def may_mend_sign_in(by: System) -> bool:
    """Whoever runs the installation removes a lost second factor or changes an address, at the machine."""
    return by.name == OPERATOR


def may_change_setting(by: Member | System, setting: Setting) -> bool:
    """The manager keeps what their setting is, its hours and terms; or whoever runs the installation."""
    allowed = by.name == OPERATOR if isinstance(by, System) else may_manage_people(by)
    return allowed and setting.pk == by.setting_id


def may_invite(by: Member | System, to: Member) -> bool:
    """The manager sends the link with which somebody else here makes their password."""
    if by.setting_id != to.setting_id:
        return False
    if isinstance(by, System):
        return by.name in {FIRST_SET_UP, OPERATOR}
    return may_manage_people(by) and to.pk != by.pk


def may_rename(member: Member, to: Member) -> bool:
    """The manager writes how somebody is called here; whoever opens cases writes it themselves."""
    here = to.setting_id == member.setting_id
    return here and (to.pk == member.pk if to.roles & FOUR_EYES else may_manage_people(member))


def may_give_roles(member: Member, to: Member) -> bool:
    """The manager gives roles to others; the committee lead gives those that open cases."""
    here = to.setting_id == member.setting_id and to.pk != member.pk
    return here and (may_manage_people(member) or Role.COMMITTEE_LEAD in member.roles)


def may_grant_role(member: Member, to: Member, role: Role) -> bool:
    """The manager gives roles, never to themselves (rule R25).

    So does the committee lead, where the role opens cases. Such a role counts once a second
    person has confirmed it.
    """
    return may_give_roles(member, to) and (may_manage_people(member) or role in FOUR_EYES)


def may_end_role(member: Member, held: RoleHeld) -> bool:
    """The manager ends roles, and the committee lead those that open cases.

    Such an end counts once a second person has confirmed it. Anyone may give up their own role.
    """
    if held.setting_id != member.setting_id:
        return False
    if held.member_id == member.pk or may_manage_people(member):
        return True
    return Role.COMMITTEE_LEAD in member.roles and held.role in FOUR_EYES


def may_confirm_role(by: Member | System, held: RoleHeld) -> bool:
    """A lead, a manager or the committee lead confirms a role they neither gave nor get (R23).

    Where nobody here can, whoever runs the installation does.
    """
    return _is_second_person(by, held, held.granted_by)


def may_confirm_key(member: Member, key: PersonKey) -> bool:
    """Leads, managers and the committee lead check a colleague's new key with them; nobody their own."""
    return may_be_second_person(member) and key.user_id not in users_of(member)


def may_confirm_end(by: Member | System, ending: RoleEnded) -> bool:
    """A lead, a manager or the committee lead confirms the end of a role, if another asked for it.

    Never of their own. Where nobody here can, whoever runs the installation does.
    """
    return _is_second_person(by, ending.role_held, ending.ended_by)


def may_declare_relationship(member: Member, about: Member) -> bool:
    """Anyone declares their own ties; the managers and the leads record those they know of."""
    here = about.setting_id == member.setting_id
    return here and (about.pk == member.pk or member.is_leadership)


def may_confirm_relationship(member: Member, tie: Relationship) -> bool:
    """Whoever is in a tie that another declared confirms it, for themselves.

    A lead, a manager or the committee lead who is outside it, and did not declare it, confirms it
    for everyone in it.
    """
    if tie.setting_id != member.setting_id or is_any_of(member, tie.declared_by):
        return False
    outside = not is_any_of(member, tie.member, tie.other_member)
    return member.pk in tie.pair or (outside and may_be_second_person(member))


def may_end_relationship(member: Member, tie: Relationship) -> bool:
    """A lead, a manager or the committee lead ends a tie of others, never one they are in."""
    here = tie.setting_id == member.setting_id
    outside = not is_any_of(member, tie.member, tie.other_member)
    return here and outside and may_be_second_person(member)


def may_link_account(member: Member, carer: Member) -> bool:
    """Whoever opens cases says themselves which children are theirs: nobody shuts them out of one."""
    return carer.pk == member.pk or not carer.roles & FOUR_EYES


def may_end_carer(member: Member, carer: Carer) -> bool:
    """Whoever keeps the list of children; with an account, a second person who is not that carer."""
    if carer.setting_id != member.setting_id or is_any_of(member, carer.member):
        return False
    if carer.member_id is None:
        return may_manage_children(member)
    return may_be_second_person(member)


def _is_second_person(by: Member | System, held: RoleHeld, asked_by: Member | None) -> bool:
    if by.setting_id != held.setting_id:
        return False
    if isinstance(by, System):
        others = others_who_confirm(held, asked_by.pk if asked_by else None)
        return by.name == OPERATOR and all(is_any_of(one, held.member, asked_by) for one in others)
    return may_be_second_person(by) and not is_any_of(by, held.member, asked_by)


def may_break_glass(member: Member, child: Child) -> bool:
    """A deputy or the manager, for a child here whom they are not close to (rules R3, R21)."""
    here = member.setting_id == child.setting_id and bool(member.roles & BREAKS_GLASS)
    return here and child.pk not in member.tied_to.children


def glass_readable_by(member: Member) -> Q:
    """Whoever broke it; the lead, the manager and the committee lead, where they are not close to it."""
    mine = Q(member=member.pk)
    if not member.roles & REVIEWS_GLASS:
        return Q(setting=member.setting_id) & mine
    tied = member.tied_to
    outside = ~Q(member__in=tied.members) & ~Q(child__in=tied.children)
    return Q(setting=member.setting_id) & (mine | outside)


def may_review_glass(member: Member, broken: BreakGlass) -> bool:
    """The lead, the manager or the committee lead, never whoever broke it or is close to it (R22)."""
    if not member.roles & REVIEWS_GLASS or broken.setting_id != member.setting_id:
        return False
    tied = member.tied_to
    close = broken.member_id in tied.members or broken.child_id in tied.children
    return not close and not is_any_of(member, broken.member)
