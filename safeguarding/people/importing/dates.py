"""Dates as other programs write them. Where day and month could be swapped, we ask and never guess."""

import re
from collections.abc import Iterable
from datetime import date

from foundation import moments

_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d+)", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2}(?:st|nd|rd|th)?)[\s\-/.,]*([A-Za-z]{3,9})[\s\-/.,]*(\d+)", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?Z?$", re.ASCII)
EXAMPLES = "Write it like 27/03/2022 or 2022-03-27."


def read(written: str, *, day_first: bool = True) -> date:
    """The date, or Unreadable with a sentence that says what to change."""
    text = _MIDNIGHT.sub("", written.strip())
    if found := _ISO.fullmatch(text):
        return moments.read_date(found[3], found[2], found[1])
    if found := _NUMBERS.fullmatch(text):
        day, month = (found[1], found[2]) if day_first else (found[2], found[1])
        return moments.read_date(day, month, found[3])
    if found := _NAMED.fullmatch(text):
        return moments.read_date(found[1], found[2], found[3])
    raise moments.Unreadable(f"This is not a date we can read. {EXAMPLES}")


def must_ask(values: Iterable[str]) -> bool:
    """Whether no date says for itself that the day stands first, and at least one could be either."""
    unsure = False
    for value in values:
        found = _NUMBERS.fullmatch(_MIDNIGHT.sub("", value.strip()))
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12:
            return False
        unsure = unsure or first != second
    return unsure
