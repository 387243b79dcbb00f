"""How the rest of the system tells people: rows in the same commit as the change they announce."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

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
    told = []
    for recipient in recipients:
        message, is_new = Notification.objects.get_or_create(
            setting_id=recipient.setting_id,
            recipient=recipient,
            kind=kind,
            subject_id=subject_id,
            defaults={"path": path, "is_urgent": urgent, "about_id": about_id or subject_id},
        )
        if is_new:
            told.append(message)
            _queue_mail(message)
    return told


def mark_seen(member: Member, *subject_ids: UUID) -> int:
    """Note that a member has opened what their messages point to. Returns how many were new. One query."""
    return unseen_of(member, subject_ids).update(seen_at=timezone.now()) if subject_ids else 0


def _queue_mail(message: Notification) -> None:
    delivery = Delivery.objects.create(
        setting_id=message.setting_id, notification=message, next_try_at=timezone.now()
    )
    deliver.enqueue(str(delivery.pk))
