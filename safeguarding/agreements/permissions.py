"""Who may do what with agreements and access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from safeguarding.agreements.audiences import Audience, audiences_of
from safeguarding.agreements.kinds import KINDS
from safeguarding.people.one_person import is_any_of
from safeguarding.people.permissions import may_be_second_person
from safeguarding.people.roles import CONFIRMS, READS_CASES, Role

if TYPE_CHECKING:
    from safeguarding.agreements.models import Agreement, Grant, GrantEnded, Signature
    from safeguarding.people.models import Member

WRITES = frozenset({Role.LEAD, Role.MANAGER})
GIVES = frozenset({Role.MANAGER, Role.DEPUTY_MANAGER, Role.COMMITTEE_LEAD})


def agreements_readable_by(member: Member) -> Q:
    """Everyone reads what was put into force here; whoever writes or confirms them, also drafts."""
    here = Q(setting=member.setting_id)
    return here if may_keep(member) else here & Q(published__isnull=False)


def signatures_readable_by(member: Member) -> Q:
    """Everyone reads their own; leads, managers and the committee lead those of everybody here."""
    here = Q(setting=member.setting_id)
    return here if may_keep(member) else here & Q(member=member.pk)


def grants_readable_by(member: Member) -> Q:
    """Everyone sees what they may use; leads, managers and the committee lead see it of everybody."""
    here = Q(setting=member.setting_id)
    return here if may_keep(member) else here & Q(member=member.pk)


def ends_readable_by(member: Member) -> Q:
    """As for what people may use; technical staff see what they are asked to switch off."""
    here = Q(setting=member.setting_id)
    if may_keep(member):
        return here
    mine = Q(grant__member=member.pk)
    if Role.TECHNICAL in member.roles:
        mine |= Q(grant__kind__in=[name for name, kind in KINDS.items() if kind.by == "technical"])
    return here & mine


def may_keep(member: Member) -> bool:
    """Leads, managers and the committee lead see who has signed what, and who may use what."""
    return may_be_second_person(member)


def may_write(member: Member) -> bool:
    """The lead and the manager write agreements. Another person agrees before one is in force."""
    return bool(member.roles & WRITES)


def may_publish(member: Member, agreement: Agreement) -> bool:
    """The lead or the manager puts an agreement of their own setting into force, with a second person."""
    return may_write(member) and agreement.setting_id == member.setting_id


def may_sign(member: Member, agreement: Agreement) -> bool:
    """Everyone answers for themselves, to what their roles ask them to sign; and for social media."""
    if agreement.setting_id != member.setting_id or not agreement.is_published:
        return False
    for_all = agreement.audience == Audience.SOCIAL_MEDIA and bool(member.roles)
    return for_all or agreement.audience in audiences_of(member.roles)


def may_withdraw(member: Member, signature: Signature) -> bool:
    """Whoever accepted an agreement takes that back, at any time."""
    return signature.member_id == member.pk


def may_read_scan(member: Member, signature: Signature) -> bool:
    """Whoever sees an answer opens the sheet that came with it."""
    return type(signature).objects.readable_by(member).filter(pk=signature.pk).exists()


def may_destroy_scan(member: Member, signature: Signature) -> bool:
    """A lead, a manager or the committee lead takes back a sheet that is the wrong file, never their own."""
    here = signature.setting_id == member.setting_id
    return here and may_keep(member) and not is_any_of(member, signature.member)


def may_write_down(member: Member, whose: Member, agreement: Agreement) -> bool:
    """A lead, a manager or the committee lead writes down how somebody else signed, never their own."""
    here = agreement.setting_id == member.setting_id == whose.setting_id
    return here and may_keep(member) and not is_any_of(member, whose) and agreement.is_published


def may_go_on(member: Member, agreement: Agreement) -> bool:
    """Whoever reads cases may go on for a few days, so that no child waits for a signature."""
    here = agreement.setting_id == member.setting_id and agreement.is_published
    return here and bool(member.roles & READS_CASES)


def may_give_access(member: Member) -> bool:
    """The managers and the committee lead say who may use what."""
    return bool(member.roles & GIVES)


def may_give(member: Member, to: Member) -> bool:
    """The managers and the committee lead give access to others, never to themselves."""
    here = to.setting_id == member.setting_id and not is_any_of(member, to)
    return here and may_give_access(member)


def may_end(member: Member, grant: Grant) -> bool:
    """The managers and the committee lead end any access; anyone gives up their own."""
    here = grant.setting_id == member.setting_id
    return here and (bool(member.roles & GIVES) or grant.member_id == member.pk)


def may_switch_off(member: Member, ended: GrantEnded) -> bool:
    """Technical staff and the managers say what was done, never about access of their own."""
    here = ended.setting_id == member.setting_id and not is_any_of(member, ended.grant.member)
    return here and switches_off(member)


def switches_off(member: Member) -> bool:
    """Technical staff and the managers, when an access of somebody else has ended."""
    return bool(member.roles & (GIVES | {Role.TECHNICAL}))


def second_for_agreement(member: Member) -> Q:
    """Leads, managers and the committee lead may say yes to an agreement that another wrote."""
    if not member.roles & CONFIRMS:
        return Q(pk__in=[])
    return Q(setting=member.setting_id)


def second_for_access(member: Member) -> Q:
    """The same people, but never whoever would get it."""
    return second_for_agreement(member) & ~Q(about_id=member.pk)
