"""F12: a computer whose clock jumps loses nothing, turns nobody away, and keeps things in their order."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from demo.cast import Nursery
from foundation.jobs import timetable
from foundation.jobs.models import Heartbeat
from foundation.jobs.worker import recover_lapsed, run_ready
from foundation.sqlcipher import room
from safeguarding.audit.models import Entry
from safeguarding.audit.verify import verify
from safeguarding.backups import folder, mark, ours
from safeguarding.concerns.models import Concern
from safeguarding.concerns.tests.given import typed
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.notifications.tasks import deliver_waiting, escalate_missed
from safeguarding.people.models import RoleHeld
from tests.people import signed_in

pytestmark = pytest.mark.once
SCHEDULE = Path(settings.BASE_DIR) / "config" / "schedule.yaml"

# Both changes of the hour in London, the last second of 32 bits, a day that is there every four years.
MOMENTS = [
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 0, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
]
JUMPS = [timedelta(seconds=1), timedelta(hours=1), timedelta(days=1), timedelta(days=3650)]


def test_a_report_is_taken_however_the_clock_jumped_and_the_trail_keeps_the_order(
    sunflowers: Nursery,
) -> None:
    now = timezone.now()
    jumps = [now + way * jump for jump in JUMPS for way in (1, -1)]
    sent = [send(sunflowers, moment) for moment in [*jumps, *MOMENTS]]

    reported = Entry.objects.filter(event="concern.reported").order_by("seq")
    assert list(reported.values_list("subject_id", flat=True)) == sent
    assert verify(sunflowers.setting.pk).is_intact


def send(here: Nursery, moment: datetime) -> object:
    """Priya reports while the clock of the computer says this moment."""
    with time_machine.travel(moment, tick=False):
        give_everybody_their_role(here, moment)
        client, key = signed_in(here.priya), uuid4()
        answer = client.post(here.setting.link_to("concerns:report"), typed(key=str(key)))
        assert answer.status_code == 302, moment
        concern = Concern.objects.get(key=key)
        due = Clock.objects.filter(subject_id=concern.pk, key="read").get().due_at
        assert moment < due <= moment + timedelta(days=5), "a deadline counts from the clock it has"
    return concern.pk


def give_everybody_their_role(here: Nursery, moment: datetime) -> None:
    """Each role begins before this moment and ends after it."""
    for held in RoleHeld.objects.filter(setting=here.setting):
        ends = held.ends and moment.date() + timedelta(days=90)
        RoleHeld.objects.filter(pk=held.pk).update(
            starts=moment.date() - timedelta(days=1), ends=ends
        )


def test_a_clock_that_was_put_back_or_forward_shows_in_the_health_of_the_product(
    sunflowers: Nursery,
) -> None:
    for name in ("worker", "scheduler"):
        Heartbeat.beat(name)

    assert Client().get("/health/").status_code == 200
    for jump in (timedelta(minutes=-5), timedelta(hours=1)):
        with time_machine.travel(timezone.now() + jump, tick=False):
            assert Client().get("/health/").status_code == 503


AHEAD, BACK = timedelta(days=3650), timedelta(days=-3650)


def at_ten(_here: Nursery) -> time_machine.travel:
    """An ordinary morning, at which everybody's roles have begun."""
    return time_machine.travel(timezone.now() + timedelta(days=1), tick=False)


def a_report(here: Nursery) -> Concern:
    answers = typed(key=str(key := uuid4()))
    signed_in(here.priya).post(here.setting.link_to("concerns:report"), answers)
    return Concern.objects.get(key=key)


def told_of(concern: Concern) -> int:
    return Notification.objects.filter(subject_id=concern.pk).count()


def test_what_was_missed_while_the_clock_stood_ahead_is_told_once_it_is_right_again(
    sunflowers: Nursery,
) -> None:
    """A deadline that began in ten years is not waited for until then; nobody is told twice."""
    with at_ten(sunflowers) as clock:
        clock.shift(AHEAD)
        give_everybody_their_role(sunflowers, timezone.now())
        concern = a_report(sunflowers)
        clock.shift(BACK)
        give_everybody_their_role(sunflowers, timezone.now())
        first = told_of(concern)
        escalate_missed.call()
        second = told_of(concern)
        for _ in range(3):
            escalate_missed.call()
        assert first < second == told_of(concern), "the next one hears, and only the next one"
        clock.shift(timedelta(minutes=31))
        escalate_missed.call()
        assert told_of(concern) > second, "and the one after half an hour later"
        told = Notification.objects.filter(subject_id=concern.pk)
        pairs = list(told.values_list("recipient_id", "kind"))
        assert len(pairs) == len(set(pairs)), "nobody is told twice"


def test_a_mail_and_a_job_that_wait_for_a_moment_years_ahead_go_when_the_clock_is_right_again(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_ten(sunflowers) as clock:
        clock.shift(AHEAD)
        give_everybody_their_role(sunflowers, timezone.now())
        with monkeypatch.context() as patch:
            patch.setattr(EmailMessage, "send", refuses)
            concern = a_report(sunflowers)
            run_ready()
        clock.shift(BACK)
        deliver_waiting.call()
        recover_lapsed(timezone.now())

        mails = Delivery.objects.filter(notification__subject_id=concern.pk)
        assert mails.filter(sent_at=None).count() == 0
        assert len(mail.outbox) == mails.count() > 0, "each once"
        soon = timezone.now() + timedelta(hours=1)
        far = DBTaskResult.objects.filter(run_after__gt=soon, run_after__lt=get_date_max())
        assert not far.exists()
        deliver_waiting.call()
        assert len(mail.outbox) == mails.count()


def refuses(*_: object, **__: object) -> None:
    raise ConnectionRefusedError


@pytest.mark.parametrize("back", [timedelta(minutes=-10), BACK])
def test_a_session_does_not_live_on_because_the_clock_was_put_back(
    sunflowers: Nursery, back: timedelta
) -> None:
    with at_ten(sunflowers) as clock:
        browser = signed_in(sunflowers.dana)
        today = sunflowers.setting.link_to("today:today")
        assert browser.get(today).status_code == 200
        clock.shift(timedelta(seconds=-90))
        assert browser.get(today).status_code == 200, "a clock being set right turns nobody out"
        clock.shift(back)
        give_everybody_their_role(sunflowers, timezone.now())
        assert browser.get(today).status_code == 302, "they sign in again"


def test_the_timetable_goes_on_after_the_clock_was_put_back(sunflowers: Nursery) -> None:
    entry = next(one for one in timetable.read(SCHEDULE) if one.every)
    now = timezone.now()
    moments = [now, now + AHEAD, now, now, now + timedelta(hours=1)]
    queued = []
    for moment in moments:
        before = DBTaskResult.objects.count()
        said = timetable.queue_once(entry, entry.last_due(moment))
        queued.append(DBTaskResult.objects.count() - before)
        assert queued[-1] == said

    assert queued == [1, 1, 1, 0, 1], "once, and not again until it is due"


def test_a_jump_is_said_for_a_day_to_those_who_look_after_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark, "_ran", [])
    key, now = b"a key of thirty-two bytes, fixed", timezone.now()
    said = []
    for moment in (now, now + timedelta(hours=3), now, now + timedelta(minutes=30)):
        mark.keep(tmp_path, key, {}, moment)
        said.append(mark.jumped(tmp_path, key, moment))

    assert said == ["", "ahead", "back", "back"]
    assert mark.jumped(tmp_path, key, now - timedelta(minutes=5)) == "back", "before it is noted"
    assert mark.jumped(tmp_path, key, now + timedelta(days=2)) == ""
    assert set(ours.JUMPED) == {"back", "ahead"}


def test_a_backup_dated_in_years_to_come_is_not_taken_for_last_nights(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(ours, "have_keys", lambda: True)
    monkeypatch.setattr(room, "is_short", lambda _data: False)
    now = timezone.now()
    made = [folder.Try((now + AHEAD).isoformat(), "verified")]

    assert ours.what_is_wrong(made, now + AHEAD) == ""
    assert "no backup" in ours.what_is_wrong(made, now)
