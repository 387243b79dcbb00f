"""Something that is wrong with one clock keeps nobody from hearing of another."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.notifications.clocks import Due, Owed, start_missing
from safeguarding.notifications.ladders import LADDERS
from safeguarding.notifications.models import Clock
from safeguarding.notifications.tasks import ChaseFailed, escalate_missed


def late(n: Nursery) -> None:
    now = timezone.now()
    due = Due(now + timedelta(minutes=1))
    start_missing([Owed(n.dana, ("tea", n.kit.pk), "make", "Ask Kit", "/x/", now, due)])


def test_a_clock_that_fails_stops_no_other(
    sunflowers: Nursery,
    bluebells: Nursery,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    reached = []

    def tea(clock: Clock) -> None:
        if clock.setting_id == sunflowers.setting.pk:
            raise ValueError("Ask Kit")
        reached.append(clock.setting_id)

    monkeypatch.setitem(LADDERS, "tea", tea)
    late(sunflowers)
    late(bluebells)
    with time_machine.travel(timezone.now() + timedelta(hours=1)), pytest.raises(ChaseFailed):
        escalate_missed.call()

    assert reached == [bluebells.setting.pk]
    assert "ValueError" in caplog.text
    assert "Kit" not in caplog.text
    again = Clock.objects.get(setting=sunflowers.setting)
    assert (again.rung, again.escalate_at) == (0, again.due_at), "it is tried again"
