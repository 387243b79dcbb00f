"""The demo is fresh on whatever day and at whatever hour it is made."""

from datetime import datetime

import pytest
from django.utils import timezone

from demo.calendar import Days, at
from demo.history import live
from safeguarding.audit.verify import verify
from safeguarding.concerns.models import Case, Concern
from safeguarding.law.calendar import LONDON, is_working_day
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Term
from safeguarding.today.items import to_do

MOMENTS = {
    "new year's day": datetime(2026, 1, 1, 11, 0, tzinfo=LONDON),
    "a Sunday night": datetime(2026, 8, 2, 2, 30, tzinfo=LONDON),
    "a Monday at work, after the clocks went back": datetime(2026, 10, 26, 16, 50, tzinfo=LONDON),
    "a working evening": datetime(2026, 5, 27, 22, 10, tzinfo=LONDON),
}


@pytest.mark.long  # that it is fresh now is in test_history
@pytest.mark.parametrize("name", ["a Monday at work, after the clocks went back", "a Sunday night"])
@pytest.mark.urls("config.setting_urls")
@pytest.mark.once
def test_the_demo_is_fresh_whenever_it_is_made(db: None, name: str) -> None:
    with at(now := MOMENTS[name]):
        sunflowers, _ = live()
        first = to_do(sunflowers.dana, timezone.now(), checked=True)[0]
        late = Clock.objects.running().filter(setting=sunflowers.setting, due_at__lt=now)
        term = Term.objects.filter(starts__lte=now.date(), ends__gte=now.date())

        assert verify().is_intact
        assert first.text.startswith("A concern was reported")
        assert first.is_urgent
        assert not Clock.objects.to_escalate(now).exists()
        assert {"welfare-concern/support"} <= {clock.key for clock in late}
        assert Case.objects.filter(setting=sunflowers.setting).open().count() == 5
        assert Concern.objects.waiting().count() == 2
        assert Concern.objects.latest("created_at").created_at >= Days(now).ago(25)
        assert term.filter(setting=sunflowers.setting).exists()


@pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS)
def test_days_back_are_working_days(now: datetime) -> None:
    days = Days(now)
    last = [days.back(number, "09:00") for number in range(1, 25)]

    assert all(is_working_day(one.date()) for one in last)
    assert last == sorted(set(last), reverse=True)
    assert last[0].date() < now.date()
    assert days.lately(110) < now


def test_the_clock_of_the_demo_runs_on_and_gives_the_real_time_back() -> None:
    moment = MOMENTS["a Sunday night"]
    with at(moment):
        first, second = timezone.now(), timezone.now()

    assert first == moment
    assert first < second
    assert timezone.now() != moment
    assert abs((timezone.now() - datetime.now(LONDON)).total_seconds()) < 5
