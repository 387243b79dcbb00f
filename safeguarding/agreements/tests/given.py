"""Agreements in force and signed, made through the real actions."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import Audience, Wording, ours
from safeguarding.agreements.models import Agreement, Signature
from safeguarding.approvals.actions import approve
from safeguarding.people.models import Member
from safeguarding.training.actions import record_training
from safeguarding.training.currency import standings
from safeguarding.training.given import Given


def in_force(
    at: Nursery,
    audience: Audience = Audience.STAFF,
    *,
    days: int = 0,
    wording: Wording | None = None,
) -> Agreement:
    """Written by the lead, agreed by the manager, in force so many days from now."""
    agreement = actions.write_agreement(
        by=at.dana, audience=audience, wording=wording or ours(audience)
    )
    starts: date = timezone.localdate() + timedelta(days=days)
    approval = actions.ask_to_publish(by=at.dana, agreement=agreement, in_force_from=starts)
    approve(by=at.morgan, approval=approval, seen=approval.digest)
    return Agreement.objects.select_related("published", "setting").get(pk=agreement.pk)


def sign(agreement: Agreement, *people: Member) -> list[Signature]:
    """These people say yes."""
    return [actions.accept(by=one, agreement=agreement, seen=agreement.digest) for one in people]


def trained(at: Nursery, member: Member) -> None:
    """They learnt all they need, today."""
    needed = standings(Q(member=member.pk), timezone.now())[member.pk]
    topics: dict[str, list[str]] = {one.topic.id: [] for one in needed}
    given = Given("Everything", timezone.localdate(), "talk", topics)
    record_training(by=at.morgan, given=given, present=[member])
