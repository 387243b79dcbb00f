"""Mailing proof: five lines that name nobody, with a word on why to keep them."""

from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from foundation import fence, mails
from safeguarding.audit.checkpoints import text_of

from .models import Anchor

TRIES = 8
LEASE = timedelta(minutes=5)
WAIT = timedelta(minutes=30)


def send_waiting() -> None:
    """Send every mail that is due, each claimed first, so that two workers send none twice."""
    now = timezone.now()
    waiting = Anchor.objects.waiting(now).order_by("next_try_at")
    with fence.across("what is due"):
        found = list(waiting.values_list("setting", "pk")[:200])
    for setting, pk in found:
        with fence.inside(setting):
            _claim_and_send(pk, now)


def _claim_and_send(pk: UUID, now: datetime) -> None:
    mine = Anchor.objects.waiting(now).filter(pk=pk)
    if mine.update(next_try_at=now + LEASE, attempts=F("attempts") + 1):
        rows = Anchor.objects.select_related("checkpoint", "setting", "mailbox", "member__user")
        _send_or_drop(rows.get(pk=pk))


def _send_or_drop(anchor: Anchor) -> None:
    """Send it, unless its keeper is to get no more of them since it was queued."""
    if anchor.is_wanted():
        _send(anchor)
    else:
        Anchor.objects.filter(pk=anchor.pk).update(given_up_at=timezone.now())


def _send(anchor: Anchor) -> None:
    row = Anchor.objects.filter(pk=anchor.pk)
    try:
        mail_of(anchor).send()
    except (SMTPException, OSError, ValueError):
        now = timezone.now()
        given_up = now if anchor.attempts >= TRIES else None
        row.update(next_try_at=now + WAIT * anchor.attempts, given_up_at=given_up)
        return
    # What lies in a folder of this computer nobody else holds, however long it lies there.
    done = "handed_at" if mails.leave_this_computer() else "given_up_at"
    row.update(**{done: timezone.now()})


def mail_of(anchor: Anchor) -> EmailMessage:
    """The mail to one keeper. Nothing in it is about anybody."""
    context = {"setting": anchor.setting.name, "words": anchor.checkpoint.words}
    context["lines"] = text_of(anchor.checkpoint)
    return EmailMessage(
        subject=f"Please keep this mail from {anchor.setting.name}",
        body=render_to_string("witness/mail.txt", context),
        to=[anchor.address],
        headers={"Message-ID": f"<{anchor.pk}@hedgerow>"},
    )
