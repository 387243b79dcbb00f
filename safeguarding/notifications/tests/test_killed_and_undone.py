"""A mail whose worker was killed is sent all the same; one of a change that was undone never is."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from demo.cast import Nursery
from foundation.jobs.worker import run_ready
from safeguarding.notifications import post
from safeguarding.notifications.models import Delivery, Notification
from safeguarding.notifications.tasks import deliver_waiting

from .test_mail import START, failing, told


def test_a_mail_whose_worker_was_killed_is_sent_once_its_lease_is_over(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        told(sunflowers)
        with monkeypatch.context() as patch:
            failing(patch, KeyboardInterrupt())  # type: ignore[arg-type]  # as if the plug was pulled
            with pytest.raises(KeyboardInterrupt):
                deliver_waiting.call()
        clock.shift(post.LEASE - timedelta(seconds=1))
        deliver_waiting.call()
        assert mail.outbox == []
        clock.shift(timedelta(seconds=1))
        deliver_waiting.call()
        deliver_waiting.call()
        run_ready()

    assert len(mail.outbox) == 1
    assert Delivery.objects.get().sent_at is not None


def test_a_mail_somebody_else_is_sending_is_left_alone(sunflowers: Nursery) -> None:
    told(sunflowers)
    row = Delivery.objects.get()

    assert post._claim(str(row.pk), row.next_try_at)
    assert not post.send(str(row.pk))
    assert mail.outbox == []


def test_what_is_undone_leaves_no_message_no_mail_and_no_job(sunflowers: Nursery) -> None:
    before = DBTaskResult.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        told(sunflowers)
        assert DBTaskResult.objects.count() == before + 1
        raise ZeroDivisionError
    run_ready()

    assert DBTaskResult.objects.count() == before
    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()
    assert mail.outbox == []


def test_a_mail_that_went_but_was_not_noted_goes_again_under_the_same_id(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least once leaves here; with one id, a mail box shows it once at most (F11)."""
    with time_machine.travel(START, tick=False) as clock:
        told(sunflowers)
        note = QuerySet.update

        def gone_before_it_is_noted(self: object, **values: object) -> int:
            if "sent_at" in values:
                raise KeyboardInterrupt  # as if the plug was pulled
            return note(self, **values)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(QuerySet, "update", gone_before_it_is_noted)
            with pytest.raises(KeyboardInterrupt):
                deliver_waiting.call()
        assert len(mail.outbox) == 1
        clock.shift(post.LEASE)
        deliver_waiting.call()
        deliver_waiting.call()

    ids = {one.extra_headers["Message-ID"] for one in mail.outbox}
    assert len(mail.outbox) == 2
    assert ids == {f"<{Delivery.objects.get().pk}@hedgerow>"}


def test_a_mail_whose_worker_never_came_to_it_is_sent_by_the_next(sunflowers: Nursery) -> None:
    """Killed between the commit and the sending: the mail is a row, and so is the job."""
    with transaction.atomic():
        told(sunflowers)
    DBTaskResult.objects.all().delete()  # not even the job is left
    assert mail.outbox == []

    deliver_waiting.call()
    deliver_waiting.call()

    assert len(mail.outbox) == 1
