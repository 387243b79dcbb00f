"""When things are due. Dates of 2026 and 2027; bank holidays are England's."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.law.calendar import bank_holidays, due, is_working_day
from safeguarding.law.values import Value

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    "value, start, end",
    [
        ("immediately", "2026-11-21T10:00", "2026-11-21T10:00"),
        ("72 hours", "2026-11-20T16:00", "2026-11-23T16:00"),
        ("1 working day", "2026-11-20T16:00", "2026-11-23T16:00"),  # Friday to Monday
        ("1 working day", "2026-11-23T09:30", "2026-11-24T09:30"),
        ("3 working days", "2026-12-23T15:00", "2026-12-30T15:00"),  # over Christmas
        ("1 working day", "2026-04-02T12:00", "2026-04-07T12:00"),  # over Easter
        ("14 calendar days", "2026-12-20T11:00", "2027-01-03T11:00"),  # a Sunday stands
        ("1 month", "2026-11-15T08:00", "2026-12-15T08:00"),
        ("2 years", "2026-09-01T09:00", "2028-09-01T09:00"),
        ("25 years", "2022-02-28T00:00", "2047-02-28T00:00"),
    ],
)
def test_it_is_due_at_the_same_clock_time(value: str, start: str, end: str) -> None:
    assert due(Value.parse(value), at(start)) == at(end)


def test_a_saturday_has_until_the_end_of_monday() -> None:
    end = due(Value.parse("1 working day"), at("2026-11-21T10:00"))

    assert (end.date(), end.strftime("%H:%M:%S")) == (date(2026, 11, 23), "23:59:59")


def test_a_month_without_that_day_ends_with_its_last() -> None:
    end = due(Value.parse("1 month"), at("2026-01-31T09:00"))

    assert (end.date(), end.strftime("%H:%M")) == (date(2026, 2, 28), "23:59")


def test_days_the_setting_is_closed_are_passed_over() -> None:
    monday = date(2026, 11, 23)

    assert due(Value.parse("1 working day"), at("2026-11-20T16:00"), {monday}) == at(
        "2026-11-24T16:00"
    )


def test_a_term_ends_with_its_last_day() -> None:
    ends = {date(2026, 12, 18), date(2027, 3, 25), date(2026, 7, 21)}
    one, two = (due(Value.parse(f"{n} term"), at("2026-11-21T10:00"), term_ends=ends) for n in "12")

    assert (one.date(), two.date()) == (date(2026, 12, 18), date(2027, 3, 25))


def test_a_setting_without_terms_counts_four_months() -> None:
    assert due(Value.parse("1 term"), at("2026-11-21T10:00")) == at("2027-03-21T10:00")


def test_hours_are_real_hours_when_the_clocks_change() -> None:
    spring, autumn = at("2026-03-28T12:00"), at("2026-10-24T12:00")
    one_day = Value.parse("24 hours")

    assert due(one_day, spring) == at("2026-03-29T13:00")
    assert due(one_day, autumn) == at("2026-10-25T11:00")


def test_days_keep_their_clock_time_when_the_clocks_change() -> None:
    one = Value.parse("1 calendar day")

    assert due(one, at("2026-03-28T12:00")) == at("2026-03-29T12:00")
    assert due(one, at("2026-10-24T12:00")) == at("2026-10-25T12:00")


def test_a_time_that_spring_skips_becomes_the_moment_after() -> None:
    end = due(Value.parse("1 calendar day"), at("2026-03-28T01:30"))

    assert end.astimezone(UTC) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_the_hour_that_autumn_repeats_does_not_turn_the_order_round() -> None:
    before = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)  # 01:50 by the clock, the first time
    after = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 01:10 by the clock, the second time
    one = Value.parse("1 calendar day")

    assert due(one, before) <= due(one, after)


def test_it_refuses_a_moment_without_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(Value.parse("1 hour"), datetime(2026, 1, 1, 9, 0))  # noqa: DTZ001  the point of it


def test_it_refuses_a_calendar_without_working_days() -> None:
    start = at("2026-11-20T16:00")
    always = {start.date() + timedelta(days=n) for n in range(4000)}

    with pytest.raises(ValueError, match="ten years"):
        due(Value.parse("1 working day"), start, always)


def test_bank_holidays_are_those_of_england() -> None:
    assert date(2026, 8, 31) in bank_holidays(2026)
    assert date(2026, 12, 28) in bank_holidays(2026)  # for Boxing Day, a Saturday
    assert date(2026, 11, 30) not in bank_holidays(2026)  # St Andrew's Day is Scotland's


moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
# The hours around both changes of the clocks, where the mistakes are.
changes = st.sampled_from([datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)])
near_changes = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes), changes, st.integers(0, 3000)
)
units = st.sampled_from(["minute", "hour", "working day", "calendar day", "month", "term", "year"])
values = st.builds(lambda number, unit: Value.parse(f"{number} {unit}"), st.integers(1, 30), units)
closures = st.sets(st.dates(date(2025, 1, 1), date(2029, 6, 1)), max_size=30)


@given(start=moments, number=st.integers(1, 30), closed=closures)
def test_working_days_never_end_on_a_closed_day(
    start: datetime, number: int, closed: set[date]
) -> None:
    end = due(Value.parse(f"{number} working days"), start, closed)

    assert is_working_day(end.date(), closed)
    assert end > start


@given(start=moments | near_changes, later=st.integers(0, 6000), value=values, closed=closures)
def test_whoever_starts_later_is_never_due_earlier(
    start: datetime, later: int, value: Value, closed: set[date]
) -> None:
    after = start + timedelta(minutes=later)

    assert due(value, start, closed) <= due(value, after, closed)


@given(start=near_changes, number=st.integers(1, 3))
def test_a_deadline_is_a_time_that_clocks_really_show(start: datetime, number: int) -> None:
    end = due(Value.parse(f"{number} calendar days"), start)
    shown = end.astimezone(UTC).astimezone(LONDON)

    assert shown.replace(tzinfo=None) == end.replace(tzinfo=None)


@given(start=moments, value=values)
def test_a_shorter_value_is_never_due_later(start: datetime, value: Value) -> None:
    day = Value.parse("1 working day")
    if value.is_within(day):
        assert due(value, start) <= due(day, start) + timedelta(hours=1)
