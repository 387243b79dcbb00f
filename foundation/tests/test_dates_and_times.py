"""Dates and times as people write them: each is read, or a sentence says what is wrong."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import forms, moments

TODAY = datetime.date(2026, 11, 21)


class Day(forms.Form):
    on = forms.UKDate(label="When", not_future=True, today=TODAY)


def day(*boxes: str) -> Day:
    return Day(dict(zip(("on_day", "on_month", "on_year"), boxes, strict=True)))


# --- dates ---


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_date_is_read_from_its_numbers_and_its_name(date: datetime.date) -> None:
    name = moments.MONTH_NAMES[date.month - 1]

    assert moments.read_date(str(date.day), str(date.month), str(date.year)) == date
    assert moments.read_date(f"{date.day:02}", name[:3].upper(), f" {date.year} ") == date


@given(st.text(max_size=6), st.text(max_size=12), st.text(max_size=6))
def test_any_three_boxes_give_a_date_or_a_sentence(first: str, second: str, third: str) -> None:
    try:
        moments.read_date(first, second, third)
    except moments.Unreadable as problem:
        assert str(problem).endswith(".")


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("31", "2", "2026"), "31 February is not a date. Check the day and the month."),
        (("29", "2", "2026"), "29 February 2026 is not a date. Check the day and the year."),
        (("32", "1", "2026"), "32 January is not a date. Check the day and the month."),
        (("0", "1", "2026"), "0 is not a day. Use a number from 1 to 31."),
        (("1", "13", "2026"), "“13” is not a month. Use a number from 1 to 12."),
        (("1", "ju", "2026"), "“ju” is not a month. Use a number from 1 to 12."),
        (("1", "2", "26"), "Write the year with four digits: not 26 but, say, 2026."),
        (("1", "2", "206"), "“206” is not a year we can use. Use four digits, like 2026."),
        (("1", "", "2026"), "The date still needs a month. For example 27 3 2026."),
        (("", "2", ""), "The date still needs a day and a year. For example 27 3 2026."),
        (("٣", "2", "2026"), "“٣” is not a day. Use a number from 1 to 31."),
        (
            ("22", "11", "2026"),
            "The date must not be in the future. You wrote 22 November 2026, and today is "
            "21 November 2026.",
        ),
        (("", "", ""), "Write the date: a day, a month and a year. For example 27 3 2026."),
    ],
)
def test_a_wrong_date_says_what_is_wrong(boxes: tuple[str, str, str], sentence: str) -> None:
    assert day(*boxes).errors["on"] == [sentence]


def test_today_is_not_in_the_future() -> None:
    form = day("21st", "Nov.", "2026")

    assert form.is_valid()
    assert form.cleaned_data["on"] == TODAY


def test_a_wrong_date_stays_in_its_boxes_and_each_is_marked() -> None:
    shown = str(day("31", "2", "2026"))

    assert shown.count('aria-invalid="true"') == 3
    assert 'name="on_day" id="id_on_0" value="31"' in shown
    assert 'aria-describedby="id_on_error"' in shown


# --- times ---


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_every_time_is_read_however_it_is_written(time: datetime.time) -> None:
    half = "am" if time.hour < 12 else "pm"
    twelve = time.hour % 12 or 12
    for written in (
        f"{time.hour}:{time.minute:02}",
        f"{time.hour:02}.{time.minute:02}",
        f"{time.hour:02}{time.minute:02}",
        f"{twelve}.{time.minute:02}{half}",
        f"{twelve}:{time.minute:02} {half[0]}.m.",
        moments.say_time(time).upper(),
    ):
        assert moments.read_time(written) == time


@given(st.text(max_size=30))
def test_any_text_gives_a_time_or_a_sentence(text: str) -> None:
    try:
        moments.read_time(text)
    except moments.Unreadable as problem:
        assert str(problem).endswith(".")


@pytest.mark.parametrize(
    ("written", "time"),
    [("2pm", (14, 0)), ("12am", (0, 0)), ("12pm", (12, 0)), ("noon", (12, 0)), ("905", (9, 5))],
)
def test_short_ways_of_writing_a_time(written: str, time: tuple[int, int]) -> None:
    assert moments.read_time(written) == datetime.time(*time)


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("9", "Is “9” morning or afternoon?"),
        ("14:05pm", "“14:05pm” mixes two ways"),
        ("25:00", "“25:00” is not a time of day."),
        ("9:75", "“9:75” is not a time of day."),
        ("after lunch", "“after lunch” could not be read as a time."),
    ],
)
def test_a_wrong_time_says_what_is_wrong(written: str, start: str) -> None:
    with pytest.raises(moments.Unreadable, match=start.replace("?", r"\?")):
        moments.read_time(written)
