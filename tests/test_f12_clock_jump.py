"""F12: a computer whose clock jumps loses nothing, turns nobody away, and keeps things in their order."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from foundation.jobs.models import Heartbeat
from safeguarding.audit.models import Entry
from safeguarding.audit.verify import verify
from safeguarding.concerns.models import Concern
from safeguarding.concerns.tests.given import typed
from safeguarding.notifications.models import Clock
from safeguarding.people.models import RoleHeld
from tests.people import signed_in

pytestmark = pytest.mark.once

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
