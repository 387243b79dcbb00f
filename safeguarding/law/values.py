"""How long a rule gives: a number and a unit, as people write it ("1 working day")."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Unit(StrEnum):
    IMMEDIATELY = "immediately"
    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    TERMS = "terms"
    YEARS = "years"


# The fewest and the most days that one of a unit can last. Over Easter or Christmas one working
# day can take five.
SHORTEST = {
    Unit.IMMEDIATELY: 0.0,
    Unit.MINUTES: 1 / 1440,
    Unit.HOURS: 1 / 24,
    Unit.WORKING_DAYS: 1.0,
    Unit.CALENDAR_DAYS: 1.0,
    Unit.MONTHS: 28.0,
    Unit.TERMS: 60.0,
    Unit.YEARS: 365.0,
}
LONGEST = SHORTEST | {
    Unit.WORKING_DAYS: 5.0,
    Unit.MONTHS: 31.0,
    Unit.TERMS: 150.0,
    Unit.YEARS: 366.0,
}
MOST = 36_600.0  # days: nothing here runs longer than a hundred years, and a calendar ends
FORM = re.compile(r"([1-9][0-9]{0,3}) (minute|hour|working day|calendar day|month|term|year)s?")


@dataclass(frozen=True)
class Value:
    """A length of time as a rule gives it. `immediately` has the number 0."""

    number: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "immediately" or a number and a unit. Raises ValueError for anything else."""
        if text == Unit.IMMEDIATELY:
            return cls(0, Unit.IMMEDIATELY)
        if not (found := FORM.fullmatch(text)):
            raise ValueError(
                f"{text!r} is not a length of time: write immediately, or a number and minutes, "
                "hours, working days, calendar days, months, terms or years"
            )
        value = cls(int(found[1]), Unit(found[2].replace(" ", "_") + "s"))
        if value.number * LONGEST[value.unit] > MOST:
            raise ValueError(f"{text!r} is longer than a hundred years")
        return value

    @classmethod
    def read(cls, value: Any) -> Any:
        """As `parse`, for pydantic: a Value goes through unchanged."""
        return value if isinstance(value, cls) else cls.parse(str(value))

    def __str__(self) -> str:
        if self.unit is Unit.IMMEDIATELY:
            return "immediately"
        words = self.unit.replace("_", " ")
        return f"{self.number} {words.removesuffix('s') if self.number == 1 else words}"

    def is_within(self, other: "Value") -> bool:
        """Whether this can never last longer than the other, whatever the calendar says."""
        if self.unit == other.unit:
            return self.number <= other.number
        return self.number * LONGEST[self.unit] <= other.number * SHORTEST[other.unit]
