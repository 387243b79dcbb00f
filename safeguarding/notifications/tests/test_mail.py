"""Mail: one to each person, no content, sent again until it arrives, never lost by a killed worker."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError
from django.utils import timezone

from demo.cast import Nursery
from foundation.jobs.worker import run_ready
from safeguarding.notifications import outbox, post
from safeguarding.notifications.models import Delivery, Notification
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.notifications.own import undelivered
from safeguarding.notifications.tasks import deliver_waiting
from safeguarding.people import actions as people

START = datetime.fromisoformat("2026-11-24T09:00:00+00:00")
PROBLEMS = [
    smtplib.SMTPServerDisconnected("gone"),
    smtplib.SMTPRecipientsRefused({"dana@sunflowers.example": (550, b"no such Kit")}),
    smtplib.SMTPAuthenticationError(535, b"no"),
    smtplib.SMTPDataError(451, b"later"),
    ConnectionRefusedError("nobody there"),
    TimeoutError("too slow"),
    UnicodeEncodeError("ascii", "dáná", 1, 2, "no"),
]


def told(n: Nursery, *names: str) -> list[Notification]:
    members = [n.people[name] for name in names or ("dana",)]
    return notify("concern_reported", members, subject_id=uuid4(), path=n.setting.home)


def failing(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def send(*_args: object) -> int:
        raise problem

    monkeypatch.setattr(EmailBackend, "send_messages", send)


@contextmanager
def silence(monkeypatch: pytest.MonkeyPatch, passed: list[float]) -> Iterator[None]:
    """A mail server that takes twenty seconds and then does not answer; `passed` says how many went by."""

    def too_slow(*_args: object) -> int:
        passed[0] += 20
        raise TimeoutError

    with monkeypatch.context() as silent:
        silent.setattr("time.monotonic", lambda: passed[0])
        silent.setattr(EmailBackend, "send_messages", too_slow)
        yield


def test_each_person_gets_a_mail_of_their_own(sunflowers: Nursery) -> None:
    told(sunflowers, "dana", "devi", "morgan")
    run_ready()

    assert sorted(one.to[0].split("@")[0] for one in mail.outbox) == ["dana", "devi", "morgan"]
    assert {len(one.recipients()) for one in mail.outbox} == {1}


def test_nobody_is_told_the_same_thing_twice(sunflowers: Nursery) -> None:
    subject = uuid4()
    for _ in range(2):
        notify("let_into_case", [sunflowers.dana], subject_id=subject, path="/")
    run_ready()

    assert len(mail.outbox) == Notification.objects.count() == 1


def test_who_is_told_by_somebody_else_at_that_moment_is_told_once(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n, subject = sunflowers, uuid4()
    notify("concern_reported", [n.dana], subject_id=subject, path="/x/")
    asked_before = [(n.dana.pk,), (n.devi.pk,)]  # a moment before the other's commit
    monkeypatch.setattr(outbox, "_TO_TELL", lambda *_: asked_before)

    [told] = notify("concern_reported", [n.dana, n.devi, n.devi], subject_id=subject, path="/x/")

    assert told.recipient == n.devi
    assert Notification.objects.filter(subject_id=subject).count() == 2
    assert Delivery.objects.filter(notification__subject_id=subject).count() == 2


def test_who_has_left_is_not_told_and_gets_no_mail(sunflowers: Nursery) -> None:
    n, subject = sunflowers, uuid4()
    people.end_role(by=n.morgan, held=n.priya.roles_held.get(), reason="Left.")
    [told] = notify("word_wanted", [n.priya, n.dana], subject_id=subject, path="/x/")

    assert told.recipient == n.dana
    assert Notification.objects.filter(subject_id=subject).count() == 1


def test_what_the_database_refuses_for_another_reason_is_no_message_told(
    sunflowers: Nursery,
) -> None:
    with pytest.raises(IntegrityError):
        notify("concern_reported", [sunflowers.dana], subject_id=None, path="/x/")  # type: ignore[arg-type]


def test_the_mail_leads_through_the_message_not_to_what_it_is_about(sunflowers: Nursery) -> None:
    (message,) = told(sunflowers)
    run_ready()

    assert f"/at/sunflowers/messages/{message.pk}/" in mail.outbox[0].body
    assert mail.outbox[0].body.count("http") == 1


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda one: type(one).__name__)
def test_what_goes_wrong_is_tried_again_and_only_its_kind_is_kept(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    told(sunflowers)
    failing(monkeypatch, problem)
    run_ready()

    row = Delivery.objects.get()
    assert (row.attempts, row.sent_at, row.given_up_at) == (1, None, None)
    assert row.problem == type(problem).__name__


def test_each_try_waits_longer_and_after_six_a_person_is_told(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        told(sunflowers)
        failing(monkeypatch, PROBLEMS[0])
        run_ready()
        waits = []
        while (row := Delivery.objects.get()).given_up_at is None:
            waits.append(int((row.next_try_at - datetime.now(START.tzinfo)).total_seconds()))
            clock.move_to(row.next_try_at - timedelta(seconds=1))
            deliver_waiting.call()
            assert Delivery.objects.get().attempts == row.attempts, "not before its time"
            clock.shift(timedelta(seconds=1))
            deliver_waiting.call()

    assert waits == [60, 120, 240, 480, 960]
    assert row.attempts == post.TRIES
    assert undelivered(sunflowers.morgan) == undelivered(sunflowers.dana) == [row]
    assert undelivered(sunflowers.priya) == undelivered(sunflowers.tariq) == []


def test_a_mail_that_never_arrived_is_named_while_somebody_has_to_be_told(
    sunflowers: Nursery,
) -> None:
    """Else one night without the mail server stood on Today for ever, and hid the next one."""
    n, subject = sunflowers, uuid4()
    for_priya, for_devi = notify("word_wanted", [n.priya, n.devi], subject_id=subject, path="/x/")
    Delivery.objects.update(given_up_at=timezone.now())
    assert {one.notification for one in undelivered(n.dana)} == {for_priya, for_devi}
    mark_seen(n.devi, subject)
    assert [one.notification for one in undelivered(n.dana)] == [for_priya]
    people.end_role(by=n.morgan, held=n.priya.roles_held.get(), reason="Left.")
    assert undelivered(n.dana) == []


def test_a_mail_server_that_does_not_answer_keeps_the_worker_from_nothing_else(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two hundred mails waiting, nobody was told of anything missed for an hour."""
    passed = [0.0]
    with time_machine.travel(START, tick=False) as clock:
        told(sunflowers, "dana", "devi", "morgan", "priya", "tariq")
        with silence(monkeypatch, passed):
            run_ready()
            deliver_waiting.call()
        assert sorted(one.attempts for one in Delivery.objects.all()) == [0, 0, 0, 0, 1]
        assert passed == [20]

        clock.shift(timedelta(minutes=1))
        deliver_waiting.call()
    assert len(mail.outbox) == 5


def test_a_server_that_was_silent_at_an_hour_that_was_none_is_asked(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock was ten minutes ahead when it did not answer, and was put right."""
    with time_machine.travel(START, tick=False) as clock:
        told(sunflowers, "dana", "devi")
        clock.shift(timedelta(minutes=10))
        with silence(monkeypatch, [0.0]):
            deliver_waiting.call()
        clock.shift(timedelta(minutes=-10))
        deliver_waiting.call()
    assert len(mail.outbox) == 1, "the other waits for its second try"


def test_a_slow_mail_server_keeps_the_worker_for_half_a_minute_only(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(sunflowers, "dana", "devi", "morgan", "priya", "tariq")
    passed = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: passed[0])

    def slow(*_args: object) -> int:
        passed[0] += 20
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    deliver_waiting.call()
    assert Delivery.objects.exclude(sent_at=None).count() == 2


def test_a_mail_that_waits_for_somebody_who_left_meanwhile_does_not_go(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    told(n, "priya", "dana")
    people.end_role(by=n.morgan, held=n.priya.roles_held.get(), reason="Left.")
    run_ready()
    deliver_waiting.call()

    assert [one.to for one in mail.outbox] == [["dana@sunflowers.example"]]
    assert undelivered(n.dana) == [], "nobody has to tell them"


def test_every_try_carries_the_same_id(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids: list[str] = []

    def note_and_fail(_self: EmailBackend, messages: list[EmailMessage]) -> int:
        ids.append(str(messages[0].message()["Message-ID"]))
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", note_and_fail)
    with time_machine.travel(START, tick=False) as clock:
        told(sunflowers)
        for _ in range(3):
            deliver_waiting.call()
            clock.shift(timedelta(hours=1))

    assert ids == [f"<{Delivery.objects.get().pk}@hedgerow>"] * 3
