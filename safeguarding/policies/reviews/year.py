"""The coming year of reviews, as a picture with a table beside it that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.moments import MONTH_NAMES

from .due import Standing

WIDE = 60  # of one month, in the units of the drawing
HIGH = 22  # of one policy


@dataclass(frozen=True)
class Month:
    name: str
    full: str
    left: int
    count: int


@dataclass(frozen=True)
class Mark:
    """A review that falls into this year: where its dot stands."""

    across: int
    down: int
    late: bool

    @property
    def top(self) -> int:
        """Where the stroke of a late one begins."""
        return self.down - 4


@dataclass(frozen=True)
class Year:
    months: list[Month]
    marks: list[Mark]
    width: int
    height: int
    late: int

    @property
    def line(self) -> int:
        """Where the line under the dots is."""
        return self.height - HIGH - 4

    @property
    def words(self) -> int:
        """Where the names of the months stand."""
        return self.height - 6


def year_of(policies: Sequence[Standing], today: date) -> Year:
    """Twelve months from this one. What is late stands at today."""
    dated = [one for one in policies if one.counts and one.due_on]
    places = [
        (max(0, _months_from(today, one.due_on)), one.is_late(today)) for one in dated if one.due_on
    ]
    within = [(place, late) for place, late in places if place < 12]
    stacked: dict[int, int] = {}
    marks = []
    for place, late in within:
        row = stacked[place] = stacked.get(place, 0) + 1
        marks.append(Mark(place * WIDE + WIDE // 2, row * HIGH, late))
    tallest = max(stacked.values(), default=1)
    return Year(
        months=[_month(today, n, stacked.get(n, 0)) for n in range(12)],
        marks=marks,
        width=12 * WIDE,
        height=(tallest + 2) * HIGH,
        late=sum(late for _, late in within),
    )


def _months_from(today: date, day: date) -> int:
    return (day.year - today.year) * 12 + day.month - today.month


def _month(today: date, ahead: int, count: int) -> Month:
    years, month = divmod(today.month - 1 + ahead, 12)
    name = MONTH_NAMES[month]
    return Month(name[:3], f"{name} {today.year + years}", ahead * WIDE + WIDE // 2, count)
