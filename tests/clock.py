"""When tests happen: from the same Wednesday morning on, so that none holds at some hours or years only.

What starts programs of its own, or looks at the age of files, shares the clock of the machine with them, and
is marked `real_time`. Journeys are so in any case, and hold at every hour.
"""

import time
from collections.abc import Generator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

WEDNESDAY = "2026-11-18T10:00"  # a day of work in term, and before every day that a test travels to
LONDON = ZoneInfo("Europe/London")


class Clock:
    """Moves this run as far as it takes from its start to a moment; its modules as they are loaded, too."""

    def __init__(self, begin: str) -> None:
        try:
            moment = datetime.fromisoformat(begin).replace(tzinfo=LONDON)
        except ValueError:
            raise pytest.UsageError(f"--at wants a moment such as {WEDNESDAY}.") from None
        self.ahead = moment.timestamp() - time.time()
        self.go()

    def go(self) -> None:
        self.travel = time_machine.travel(time.time() + self.ahead)
        self.travel.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        if not (item.get_closest_marker("real_time") or item.get_closest_marker("journey")):
            return (yield)
        self.travel.stop()
        try:
            return (yield)
        finally:
            self.go()
