"""For queries of devices: who has one now, who is asked to take one, and whose cases keep them from it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from safeguarding.people.models import Member

from .cases import Case
from .custody import CaseItem, Handover
from .offers import Offer


def of_cases_naming(member: Member) -> "models.QuerySet[CaseItem]":
    """Links of items to cases the member is shut out of."""
    return CaseItem.objects.filter(case__in=Case.objects.naming(member))


def held_by(member: Member) -> Exists:
    """For a query of items: whether a member holds it now."""
    mine = Handover.objects.filter(item=OuterRef("pk"), holder=member)
    later = Handover.objects.filter(item=OuterRef("item"), follows=OuterRef("number"))
    return Exists(mine.filter(~Exists(later)))


def asked_of(member: Member) -> Exists:
    """For a query of items: whether somebody waits for this member's yes."""
    waiting = Offer.objects.filter(item=OuterRef("pk"), accepted=None, closed=None)
    return Exists(waiting.filter(Q(to=member) | Q(witness=member)))
