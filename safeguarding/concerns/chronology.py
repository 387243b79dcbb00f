"""Looking for something in a chronology: by kind, by who wrote it, by days, by words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from foundation.paging import Page, is_page
from safeguarding.law.calendar import LONDON

from .models import Concern, Entry

Row = TypeVar("Row")
REPORT = "report"  # beside the kinds of entries, in the file of a child


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Empty parts ask for nothing. Words are never part of an address."""

    kind: str = ""
    author: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    def of(self, entries: "QuerySet[Entry]") -> "QuerySet[Entry]":
        """The entries of that kind, by that person, of those days. Words are looked for in `says`."""
        asked = Q()
        if self.kind:
            asked &= Q(kind=self.kind)
        if self.author:
            asked &= Q(written_by=self.author)
        if self.since:
            asked &= Q(happened_at__gte=_start(self.since))
        if self.until:
            asked &= Q(happened_at__lt=_start(self.until) + timedelta(days=1))
        return entries.filter(asked)

    def keeps(self, row: Entry | Concern, moment: datetime) -> bool:
        """The same for a row at hand, words as well."""
        kind = row.kind if isinstance(row, Entry) else REPORT
        author = row.written_by_id if isinstance(row, Entry) else row.reported_by_id
        day = moment.astimezone(LONDON).date()
        return (
            self.kind in {"", kind}
            and self.author in {"", str(author)}
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and self.says(row)
        )

    def says(self, row: Entry | Concern) -> bool:
        """Whether all the words stand somewhere in what was written, capitals or not."""
        text = " ".join(_words_of(row)).casefold()
        return all(word in text for word in self.words.casefold().split())


def page_of_list(rows: Iterable[Row], number: str | None, size: int) -> Page[Row]:
    """The numbered page of rows that are at hand, as `foundation.paging.page_of` gives one."""
    known = list(rows)
    wanted = int(number) if number and is_page(number) else 1
    last = max(1, -(-len(known) // size))
    wanted = min(max(wanted, 1), last)
    return Page(known[(wanted - 1) * size : wanted * size], wanted, has_next=wanted < last)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _words_of(row: Entry | Concern) -> Iterable[str]:
    if isinstance(row, Concern):
        yield from (getattr(row, box) for box in (*Concern.BOXES, "place", "device", "web_address"))
        return
    yield from (row.text, row.get_kind_display())
    yield from (str(part) for pair in row.details for part in pair)
    for name, columns in BESIDE.items():
        beside: Any = getattr(row, name, None)
        yield from (str(getattr(beside, column)) for column in columns if beside)


BESIDE = {
    "decision": ("reasons",),
    "referral": ("agency", "person", "reference", "route"),
    "parents_informed": ("who", "told_by"),
    "support": ("for_whom",),
}
