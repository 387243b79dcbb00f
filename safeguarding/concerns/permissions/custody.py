"""Who may see, have and hand on devices in custody, and who may hand work over. Deny wins (rule R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from safeguarding.concerns import models
from safeguarding.people import access
from safeguarding.people.roles import STAFF

from .cases import cases_with, is_shut_out_of_case, may_decide_on

if TYPE_CHECKING:
    from safeguarding.concerns.models import CustodyItem, Offer, WorkHandover
    from safeguarding.people.models import Member


def items_readable_by(member: Member) -> Q:
    """Whoever looks after devices, reads the case, holds one or is asked to; never whom its case names."""
    here = Q(setting=member.setting_id)
    seen = models.held_by(member) | models.asked_of(member)
    if "C5" in access.classes_within(member.roles, "L", "t"):
        return here & ~naming_item(member)
    cases = models.Case.objects.filter(cases_with(member, "R"))
    of_theirs = models.CaseItem.objects.filter(item=OuterRef("pk"), case__in=cases)
    return here & (Q(Exists(of_theirs)) | Q(seen)) & ~naming_item(member)


def naming_item(member: Member) -> Q:
    """Devices of cases that name the member or theirs."""
    return Q(Exists(models.of_cases_naming(member).filter(item=OuterRef("pk"))))


def may_hand_over(member: Member, item: CustodyItem) -> bool:
    """Whoever has a device hands it over; where they no longer can, whoever leads its case."""
    holder = item.now.holder
    if holder is None:
        return False
    if holder.pk == member.pk:
        return not is_shut_out_of_case(member, item.case)
    return may_decide_on(member, item.case) and is_left_behind(item)


def is_left_behind(item: CustodyItem) -> bool:
    """Whether whoever has a device works here no more, or may not know of its case any longer."""
    holder = item.now.holder
    return holder is not None and not _can_act(holder, item)


def may_take_item(member: Member, item: CustodyItem) -> bool:
    """Leads, managers and technical staff here keep a device, unless its case names them or theirs."""
    keeps = access.scopes(member.roles, "C5", "L") & {"t", "n"}
    return bool(keeps) and _can_act(member, item)


def may_witness(member: Member, item: CustodyItem) -> bool:
    """Anyone who works here sees a hand-over to somebody outside, unless the case names them or theirs."""
    return bool(member.roles & STAFF) and _can_act(member, item)


def may_answer_offer(member: Member, offer: Offer) -> bool:
    """Only whoever is to receive a device, or to witness it, says that it happened."""
    return offer.asked.pk == member.pk and _can_act(member, offer.item)


def may_have_what_is_offered(member: Member, offer: Offer) -> bool:
    """Whether a member may, today, receive or witness what they were asked to."""
    rule = may_take_item if offer.to_id else may_witness
    return rule(member, offer.item)


def may_close_offer(member: Member, offer: Offer) -> bool:
    """Whoever offered a device, or leads its case, takes the offer back; whoever was asked may decline."""
    if offer.is_theirs(member):
        return _can_act(member, offer.item)
    return may_decide_on(member, offer.item.case)


def may_decide_on_item(member: Member, item: CustodyItem) -> bool:
    """Those who lead the case of a device record what the police said and what becomes of it."""
    return may_decide_on(member, item.case)


def _can_act(member: Member, item: CustodyItem) -> bool:
    """Whether they are at work here today and the case of the device does not name them or theirs."""
    here = member.setting_id == item.setting_id and bool(member.roles)
    return here and member.user.is_active and not is_shut_out_of_case(member, item.case)


def may_hand_work_over(member: Member, to: Member) -> bool:
    """A lead or deputy hands work to another lead or deputy of this setting."""
    here = to.setting_id == member.setting_id and to.pk != member.pk
    return here and member.is_lead and to.is_lead and to.user.is_active


def may_take_work(member: Member, handover: WorkHandover) -> bool:
    """Only the lead or deputy to whom work is offered takes it."""
    return handover.to_id == member.pk and member.is_lead


def may_close_work_handover(member: Member, handover: WorkHandover) -> bool:
    """Whoever offered work takes the offer back; whoever it was offered to may decline it."""
    return member.pk in {handover.to_id, handover.given_by_id} and bool(member.roles)
