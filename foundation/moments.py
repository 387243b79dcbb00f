"""Reading the dates and times people write, and saying kindly what could not be read."""

import datetime
import re

MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]?\s*(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s*m\.?)?",
    re.IGNORECASE,
)
_NAMED = {
    **dict.fromkeys(("noon", "midday", "12 noon"), datetime.time(12)),
    **dict.fromkeys(("midnight", "12 midnight"), datetime.time(0)),
}
TIME_EXAMPLES = "For example 9:05am, 2pm or 14:30."


class Unreadable(ValueError):  # noqa: N818  reads as a sentence: raise Unreadable("...")
    """What was written is not a date or a time. Its text is shown to the person."""


def read_date(day: str, month: str, year: str) -> datetime.date:
    """The date in three boxes. The month may be a number or a name; the year has four digits."""
    day, month, year = day.strip(), month.strip(), year.strip()
    _nothing_missing(day, month, year)
    numbers = _day(day), _month(month), _year(year)
    name = MONTH_NAMES[numbers[1] - 1]
    if numbers[0] > _LONGEST[numbers[1] - 1]:
        raise Unreadable(f"{numbers[0]} {name} is not a date. Check the day and the month.")
    try:
        return datetime.date(numbers[2], numbers[1], numbers[0])
    except ValueError:
        raise Unreadable(
            f"{numbers[0]} {name} {numbers[2]} is not a date. Check the day and the year."
        ) from None


def _nothing_missing(day: str, month: str, year: str) -> None:
    boxes = {"a day": day, "a month": month, "a year": year}
    missing = [name for name, written in boxes.items() if not written]
    if missing:
        raise Unreadable(f"The date still needs {' and '.join(missing)}. For example 27 3 2026.")


def _day(written: str) -> int:
    if not re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", written, re.IGNORECASE | re.ASCII):
        raise Unreadable(f"“{_short(written)}” is not a day. Use a number from 1 to 31.")
    day = int(written[:2] if written[:2].isdecimal() else written[0])
    if day == 0:
        raise Unreadable("0 is not a day. Use a number from 1 to 31.")
    return day


def _month(written: str) -> int:
    if re.fullmatch(r"\d{1,2}", written, re.ASCII) and 1 <= int(written) <= 12:
        return int(written)
    begun = written.lower().rstrip(".")
    for number, name in enumerate(MONTH_NAMES, start=1):
        if len(begun) >= 3 and name.lower().startswith(begun):
            return number
    raise Unreadable(f"“{_short(written)}” is not a month. Use a number from 1 to 12.")


def _year(written: str) -> int:
    if re.fullmatch(r"\d{2}", written, re.ASCII):
        raise Unreadable(f"Write the year with four digits: not {written} but, say, 20{written}.")
    if not re.fullmatch(r"\d{4}", written, re.ASCII) or not 1900 <= int(written) <= 2100:
        raise Unreadable(
            f"“{_short(written)}” is not a year we can use. Use four digits, like 2026."
        )
    return int(written)


def read_time(written: str) -> datetime.time:
    """The time of day as people write it: 9:05, 09.05, 9.05am, 0905, 2pm, noon, midnight."""
    words = " ".join(written.strip().lower().split())
    if words in _NAMED:
        return _NAMED[words]
    found = _CLOCK.fullmatch(words) if words.isascii() else None
    if found is None:
        raise Unreadable(f"“{_short(written)}” could not be read as a time. {TIME_EXAMPLES}")
    if not found["half"] and not found["minute"]:
        raise Unreadable(
            f"Is “{_short(written)}” morning or afternoon? Add am or pm, or the minutes."
        )
    hour = int(found["hour"])
    if found["half"]:
        hour = _twelve_hour(hour, found["half"], written)
    try:
        return datetime.time(hour, int(found["minute"] or 0))
    except ValueError:
        raise Unreadable(f"“{_short(written)}” is not a time of day. {TIME_EXAMPLES}") from None


def _twelve_hour(hour: int, half: str, written: str) -> int:
    if not 1 <= hour <= 12:
        raise Unreadable(
            f"“{_short(written)}” mixes two ways of writing the time. Write 14:30 or 2:30pm."
        )
    return hour % 12 + (12 if half.startswith("p") else 0)


def _short(written: str) -> str:
    """What was written, cut so that a sentence about it stays a sentence."""
    return written if len(written) <= 20 else f"{written[:20]}…"


def say_date(date: datetime.date) -> str:
    """Such as 21 November 2026."""
    return f"{date.day} {MONTH_NAMES[date.month - 1]} {date.year}"


def say_time(time: datetime.time) -> str:
    """Such as 10:42am, midday or midnight."""
    if (time.hour, time.minute) in {(0, 0), (12, 0)}:
        return "midday" if time.hour else "midnight"
    hour = time.hour % 12 or 12
    return f"{hour}:{time.minute:02}{'am' if time.hour < 12 else 'pm'}"
