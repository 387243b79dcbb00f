"""How the rest of the system tells people: rows in the same commit as the change they announce."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.prepared import filled_up, prepared
from safeguarding.people.models import Member, RoleHeld

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
    """Queue one message for each recipient who is here and not told yet; each gets a mail of their own.

    `kind` names a template `notifications/<kind>.txt` of the calling app: one sentence, no content.
    `path` is where the message leads, inside the recipient's setting; `about_id` the report or case
    behind it, where that is not the subject itself: see `curtain`.
    """
    to = {one.pk: one for one in recipients}
    if not to:
        return []
    setting_id, today = next(iter(to.values())).setting_id, timezone.localdate()
    new = {pk for (pk,) in _TO_TELL(setting_id, today, kind, subject_id, *filled_up([*to]))}
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
            if recipient.pk in new
        ]
    )
    _queue_mails(told)
    return told


def mark_seen(member: Member, *subject_ids: UUID) -> int:
    """Note that a member has opened what their messages point to. Returns how many were new. One query."""
    return unseen_of(member, subject_ids).update(seen_at=timezone.now()) if subject_ids else 0


def say_again(kinds: Sequence[str], *, of: UUID, instead: UUID) -> None:
    """Let what was told of a subject count as told of another, so that it can be told of the first again."""
    told = Notification.objects.filter(kind__in=kinds, subject_id=of)
    told.update(subject_id=instead, seen_at=Coalesce("seen_at", timezone.now()))


def lead_to(path: str, messages: QuerySet[Notification]) -> None:
    """Let these messages lead elsewhere: what they were about is not for their recipients any more."""
    messages.update(path=path, seen_at=Coalesce("seen_at", timezone.now()))


def _to_tell(
    setting: UUID, on: date, kind: str, subject: UUID, *recipients: UUID
) -> QuerySet[Member, tuple[UUID]]:
    """Whoever holds no role here any more could not open what it leads to, and gets no mail."""
    told = Notification.objects.filter(
        setting=setting, kind=kind, subject_id=subject, recipient=OuterRef("pk")
    )
    held = RoleHeld.objects.current(on).filter(member=OuterRef("pk"))
    here = Member.objects.filter(Exists(held), setting=setting, user__is_active=True)
    return here.filter(~Exists(told), pk__in=recipients).values_list("pk")


_TO_TELL = prepared(_to_tell)


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
