"""Sending one mail, so that a killed worker loses none and a second one doubles none that shows."""

from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.prepared import prepared
from safeguarding.people.models import Member
from safeguarding.people.somebody import Somebody, ids_of, shape_of

from .models import Delivery

LEASE = timedelta(minutes=2)
TRIES = 6
FIRST_WAIT = timedelta(minutes=1)
LEFT = "NoRoleAnyMore"  # they hold none since it was written
LONGEST_WAIT = FIRST_WAIT * 2 ** (TRIES - 1)


def send(delivery_id: str) -> bool:
    """Claim a waiting mail, send it and note so. False if there was nothing to do or it failed."""
    now = timezone.now()
    if not _claim(delivery_id, now):
        return False
    delivery = Delivery.objects.select_related(
        "notification__recipient__user", "notification__setting"
    ).get(pk=delivery_id)
    recipient = delivery.notification.recipient
    if not _may_still_be_told(recipient, delivery):
        delivery.delete()  # they were named since it was written (rule R14): there is nothing for them
        return False
    if _has_left(recipient):
        _give_up(delivery, now, LEFT)
        return False
    try:
        _mail(delivery).send()
    except (SMTPException, OSError, ValueError) as error:  # ValueError: an address no mail can have
        _try_later(delivery, now, type(error).__name__)
        return False
    Delivery.objects.filter(pk=delivery_id).update(sent_at=timezone.now(), problem="")
    return True


def _has_left(recipient: Member) -> bool:
    """Whether they hold no role any more, and will hold none."""
    to_come = recipient.roles_held.filter(starts__gt=timezone.localdate(), endings=None)
    return not recipient.roles and not to_come.exists()


def _not_kept_from(
    member: UUID, setting: UUID, delivery: UUID, *tied: UUID, members: int
) -> QuerySet[Delivery]:
    who = Somebody.with_ties(member, setting, tied, members)
    return Delivery.objects.not_kept_from(who).filter(pk=delivery)


_NOT_KEPT_FROM = prepared(_not_kept_from, examples=[{"members": 0}])  # asked for every mail


def _may_still_be_told(recipient: Member, delivery: Delivery) -> bool:
    member, setting, *tied = ids_of(recipient)
    return _NOT_KEPT_FROM.any(member, setting, delivery.pk, *tied, **shape_of(recipient))


def is_due(now: datetime) -> Q:
    """Its moment has come; or lies further ahead than anything waits, since the clock was put back."""
    return Q(next_try_at__lte=now) | Q(next_try_at__gt=now + LONGEST_WAIT)


def _claim(delivery_id: str, now: datetime) -> bool:
    """Take the mail for two minutes: whoever changes the row has it, everyone else finds it gone."""
    waiting = Delivery.objects.filter(
        is_due(now), pk=delivery_id, sent_at__isnull=True, given_up_at__isnull=True
    )
    return bool(waiting.update(next_try_at=now + LEASE, attempts=F("attempts") + 1))


def _try_later(delivery: Delivery, now: datetime, problem: str) -> None:
    if delivery.attempts >= TRIES:
        _give_up(delivery, now, problem)
        return
    wait = FIRST_WAIT * 2 ** (delivery.attempts - 1)
    Delivery.objects.filter(pk=delivery.pk).update(next_try_at=now + wait, problem=problem)


def _give_up(delivery: Delivery, now: datetime, problem: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(given_up_at=now, problem=problem)


def _mail(delivery: Delivery) -> EmailMessage:
    """A mail that says only that there is something, and where. One recipient; the same id each try."""
    message = delivery.notification
    recipient, setting = message.recipient, message.setting
    context = {
        "name": recipient.display_name,
        "setting": setting.name,
        # Through the message, not where it leads: a path can tell what a case is about.
        "link": settings.ADDRESS + setting.link_to("notifications:open", message.pk),
    }
    return EmailMessage(
        subject=f"There is something for you at {setting.name}",
        body=render_to_string("notifications/mail.txt", context),
        to=[recipient.user.email],
        headers={"Message-ID": f"<{delivery.pk}@hedgerow>"},
    )
