"""What is not done in time is told to the next person, at the right moment, and to nobody else."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed

from .given import a_report, about, filed, told

START = datetime.fromisoformat("2026-11-24T09:00:00+00:00")  # a Tuesday
LATE = {"clock_missed", "lead_needs_help", "report_undecided", "concern_unread"}


@pytest.fixture
def clock(sunflowers: Nursery) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def later(clock: time_machine.Traveller, **length: int) -> None:
    """Let time pass and let the worker do its round, twice: the second finds nothing to do."""
    clock.shift(timedelta(**length))
    escalate_missed.call()
    escalate_missed.call()


def reminded() -> list[tuple[str, str]]:
    """Who was told that something is late, in order, and with which message."""
    rows = Notification.objects.filter(kind__in=LATE).order_by("created_at", "recipient__name")
    return [(row.recipient.display_name.split()[0], row.kind) for row in rows]


def test_an_unread_report_climbs_one_rung_at_a_time(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    concern = filed(sunflowers.priya)
    heard = [told(concern)]
    for minutes in (59, 1, 29, 1, 30, 30):
        later(clock, minutes=minutes)
        heard.append(told(concern) - set().union(*heard))

    assert heard == [{"Dana"}, set(), {"Devi"}, set(), {"Morgan", "Wren"}, {"Cleo"}, set()]
    assert Clock.objects.running().get(key="read").escalate_at is None


def test_the_committee_lead_hears_only_that_a_lead_may_need_help_with_a_childs_report(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    filed(sunflowers.priya)
    for minutes in (60, 30, 30):
        later(clock, minutes=minutes)
    message = Notification.objects.get(recipient=sunflowers.cleo)

    assert message.kind == "lead_needs_help"
    assert message.path == sunflowers.setting.link_to("today:today")


def test_once_it_is_read_nobody_further_hears_of_it(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    concern = filed(sunflowers.priya)
    later(clock, minutes=60)
    actions.read_concern(by=sunflowers.devi, concern=concern)
    for _ in range(5):
        later(clock, minutes=30)

    assert told(concern) == {"Dana", "Devi"}


def test_a_report_read_and_not_decided_on_is_told_to_no_new_person(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    concern = filed(sunflowers.priya, a_report(in_danger_now=True))
    actions.read_concern(by=sunflowers.dana, concern=concern)
    later(clock, hours=4)
    assert reminded() == [("Dana", "report_undecided")]
    for _ in range(4):
        later(clock, hours=1)

    assert reminded() == [("Dana", "report_undecided"), ("Devi", "report_undecided")]
    assert told(concern) == {"Dana", "Devi"}


def test_a_report_about_the_manager_never_climbs_to_the_manager(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    concern = filed(sunflowers.priya, about(sunflowers.morgan))
    for _ in range(6):
        later(clock, hours=1)

    assert told(concern) == {"Dana", "Devi", "Cleo"}
    assert not Notification.objects.filter(recipient=sunflowers.morgan).exists()
