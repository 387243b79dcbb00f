"""How the rest of the system tells people: rows in the same commit as the change they announce."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.prepared import filled_up, prepared
from safeguarding.people.models import Member

from .models import Delivery, Notification
from .own import unseen_of
from .tasks import deliver


def notify(
    kind: str,
    recipients: Iterable[Member],
    *,
    subject_id: UUID,
    path: str,
    urgent: bool = False,
    about_id: UUID | None = None,
) -> list[Notification]:
    """Queue one message for each recipient not told of this before; each gets a mail of their own.

    `kind` names a template `notifications/<kind>.txt` of the calling app: one sentence, no content.
    `path` is where the message leads, inside the recipient's setting; `about_id` the report or case
    behind it, where that is not the subject itself: see `curtain`.
    """
    to = {one.pk: one for one in recipients}
    if not to:
        return []
    setting_id = next(iter(to.values())).setting_id
    known = {pk for (pk,) in _TOLD(setting_id, kind, subject_id, *filled_up([*to]))}
    told = _new_of(
        [
            Notification(
                setting_id=recipient.setting_id,
                recipient=recipient,
                kind=kind,
                subject_id=subject_id,
                about_id=about_id or subject_id,
                path=path,
                is_urgent=urgent,
            )
            for recipient in to.values()
            if recipient.pk not in known
        ]
    )
    _queue_mails(told)
    return told


def mark_seen(member: Member, *subject_ids: UUID) -> int:
    """Note that a member has opened what their messages point to. Returns how many were new. One query."""
    return unseen_of(member, subject_ids).update(seen_at=timezone.now()) if subject_ids else 0


def _told(
    setting: UUID, kind: str, subject: UUID, *recipients: UUID
) -> QuerySet[Notification, tuple[UUID]]:
    of_this = Notification.objects.filter(setting=setting, kind=kind, subject_id=subject)
    return of_this.filter(recipient__in=recipients).values_list("recipient")


_TOLD = prepared(_told)


def _new_of(messages: list[Notification]) -> list[Notification]:
    """Keep them. At the same moment somebody else may tell the same people of the same thing: not those."""
    try:
        with transaction.atomic():
            return Notification.objects.bulk_create(messages)
    except IntegrityError:
        return [one for one in messages if _is_new(one)]


def _is_new(message: Notification) -> bool:
    once = ("setting_id", "recipient_id", "kind", "subject_id")
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if not Notification.objects.filter(**{name: getattr(message, name) for name in once}):
            raise
        return False
    return True


def _queue_mails(messages: list[Notification]) -> None:
    """One for each message: an address that is wrong keeps nobody else waiting."""
    now = timezone.now()
    deliveries = Delivery.objects.bulk_create(
        Delivery(setting_id=one.setting_id, notification=one, next_try_at=now) for one in messages
    )
    for one in deliveries:
        deliver.enqueue(str(one.pk))
