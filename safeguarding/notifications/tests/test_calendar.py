"""A member's dates as a calendar: who can read it, for how long, and what never stands in it."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from demo.cast import Nursery
from foundation.logs import PrivateFormatter
from safeguarding.audit.models import Entry as Line
from safeguarding.notifications.calendar import entries
from safeguarding.notifications.calendar.actions import close_calendar, make_calendar
from safeguarding.notifications.calendar.entries import CONFIDENTIAL, entries_of, shows_clocks
from safeguarding.notifications.calendar.models import CalendarAddress
from safeguarding.notifications.calendar.views import ASKED, WRONG
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.notifications.models import Clock
from safeguarding.people.actions import end_role
from safeguarding.people.models import Member
from tests.people import signed_in

WORDS = "Something harmless is due"
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clocks about tests may stand in calendars."""
    monkeypatch.setitem(entries._clocks, "test", WORDS)


def clock(owner: Member, kind: str = "test", due: datetime | None = None) -> Clock:
    at = due or timezone.now() + timedelta(days=20)
    start_clock(
        owner=owner,
        subject=(kind, owner.pk),
        key="one",
        text="Ask Kit’s mother about the bruise",
        path=f"/at/{owner.setting.slug}/",
        started_at=timezone.now(),
        due=Due(at),
    )
    return Clock.objects.running().get(subject_id=owner.pk)


def address(at: Nursery, token: str) -> str:
    return at.setting.link_to("notifications:feed", token)


def events(content: bytes) -> list[Event]:
    return [one for one in Calendar.from_ical(content).walk("VEVENT") if isinstance(one, Event)]


def test_a_calendar_program_reads_it_without_signing_in_and_no_words_anybody_typed(
    sunflowers: Nursery, shown: None
) -> None:
    n = sunflowers
    clock(n.priya)
    answer = Client().get(address(n, make_calendar(by=n.priya)))

    assert answer["Content-Type"].startswith("text/calendar")
    [event] = events(answer.content)
    assert event["summary"] == f"{WORDS} (Sunflowers)"
    for secret in (b"Kit", b"bruise", b"Priya"):
        assert secret not in answer.content
    assert answer.cookies == {}


def test_what_is_due_on_a_case_never_stands_in_it(sunflowers: Nursery, shown: None) -> None:
    for kind in CONFIDENTIAL:
        clock(sunflowers.dana, kind)
        with pytest.raises(ValueError, match="never stands in a calendar"):
            shows_clocks(kind, "Something")
    assert entries_of(sunflowers.dana) == []


@pytest.mark.once
def test_no_kind_of_clock_about_a_concern_is_open_to_calendars() -> None:
    assert not CONFIDENTIAL & set(entries._clocks)


def test_the_secret_is_kept_nowhere_and_a_new_one_stops_the_old(
    sunflowers: Nursery, shown: None
) -> None:
    n = sunflowers
    old = make_calendar(by=n.priya)
    kept = CalendarAddress.objects.get(member=n.priya)
    lines = str(list(Line.objects.filter(subject_id=kept.pk).values()))
    assert old not in str(kept.__dict__) + lines
    new = make_calendar(by=n.priya)

    assert Client().get(address(n, old)).status_code == 404
    assert Client().get(address(n, new)).status_code == 200
    close_calendar(by=n.priya)
    assert Client().get(address(n, new)).status_code == 404


def test_it_is_shown_once_on_the_page_that_makes_it(sunflowers: Nursery) -> None:
    n = sunflowers
    priya, page = signed_in(n.priya), n.setting.link_to("notifications:calendar")
    made = priya.post(page).content.decode()
    start = made.index(address(n, "x")[:-2])
    link = made[start : made.index('"', start)]

    assert Client().get(link).status_code == 200
    assert link not in priya.get(page).content.decode()


def test_whoever_has_left_has_no_calendar_any_more(sunflowers: Nursery) -> None:
    n = sunflowers
    token = make_calendar(by=n.sam)
    assert Client().get(address(n, token)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        end_role(by=n.morgan, held=n.sam.roles_held.get(), reason="He has left.")
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=True):
        assert Client().get(address(n, token)).status_code == 404


def test_a_secret_opens_nothing_at_another_setting(sunflowers: Nursery, bluebells: Nursery) -> None:
    token = make_calendar(by=sunflowers.dana)
    assert Client().get(address(bluebells, token)).status_code == 404


def test_it_does_not_matter_who_is_signed_in(sunflowers: Nursery, shown: None) -> None:
    n = sunflowers
    clock(n.dana)
    assert events(signed_in(n.dana).get(address(n, make_calendar(by=n.priya))).content) == []


def test_trying_out_secrets_is_slowed_down_and_so_is_asking_too_often(
    sunflowers: Nursery,
) -> None:
    token = make_calendar(by=sunflowers.priya)
    stranger = Client()
    for _ in range(ASKED):
        stranger.get(address(sunflowers, token))
    assert stranger.get(address(sunflowers, token)).status_code == 429
    for number in range(WRONG):
        stranger.get(address(sunflowers, f"wrong{number}"))

    answer = stranger.get(address(sunflowers, make_calendar(by=sunflowers.sam)))
    assert answer.status_code == 429
    assert answer["Retry-After"]


def test_a_day_stays_the_day_it_is_in_london_and_its_name_stays_the_same(
    sunflowers: Nursery, shown: None
) -> None:
    """Half past midnight in British Summer Time is the day before in UTC."""
    year = timezone.localdate().year + 1
    running = clock(sunflowers.priya, due=datetime(year, 7, 1, 0, 30, tzinfo=LONDON))
    take = sunflowers.setting.link_to("notifications:calendar_file")
    priya = signed_in(sunflowers.priya)
    [first], [second] = (events(priya.get(take).content) for _ in range(2))

    assert first.decoded("dtstart") == datetime(year, 7, 1).date()  # noqa: DTZ001  a day
    assert first.decoded("dtend") == datetime(year, 7, 2).date()  # noqa: DTZ001  a day
    assert first["uid"] == second["uid"]
    assert str(running.pk) in str(first["uid"])
    stop_clocks(setting_id=running.setting_id, subject_id=running.subject_id)
    assert events(priya.get(take).content) == []


def test_words_with_commas_and_line_ends_stay_words(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(entries._clocks, "test", "Due, soon; really\nEND:VEVENT")
    clock(sunflowers.priya)
    content = signed_in(sunflowers.priya).get(
        sunflowers.setting.link_to("notifications:calendar_file")
    )
    [event] = events(content.content)
    assert str(event["summary"]).startswith("Due, soon; really\nEND:VEVENT")


def test_the_secret_comes_into_no_log(
    sunflowers: Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        Client().get(address(sunflowers, "a-very-secret-word"))
    said = [PrivateFormatter().format(one) for one in caplog.records]

    assert any("404" in line and "<str:token>" in line for line in said)
    assert not any("a-very-secret-word" in line for line in said)
