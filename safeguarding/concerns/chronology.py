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

    def says(self, row: Entry | Concern, more: Iterable[str] = ()) -> bool:
        """Whether all the words stand somewhere in what was written, or in more of it, capitals or not."""
        text = " ".join([*_words_of(row), *more]).casefold()
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


def words_beside(entry: Entry) -> Iterable[str]:
    """What the chronology of a case shows with an entry: marks and actions, which were fetched with it."""
    for mark in entry.marks.all():
        yield from (mark.place, *(words for _, words in mark.looks))
    yield from (str(one) for one in entry.actions.all())


def _words_of(row: Entry | Concern) -> Iterable[str]:
    if isinstance(row, Concern):
        yield from _words_of_report(row)
        return
    yield from (row.text, row.get_kind_display())
    yield from (str(part) for pair in row.details for part in pair)
    for name, columns in BESIDE.items():
        beside: Any = getattr(row, name, None)
        yield from (str(getattr(beside, column)) for column in columns if beside)


def _words_of_report(row: Concern) -> Iterable[str]:
    yield from (row.code, row.kind_in_words)
    yield from (getattr(row, box) for box in (*Concern.BOXES, "place", "device", "web_address"))
    yield from (one.text for one in row.addenda.all())
    if aside := getattr(row, "not_taken_forward", None):
        yield aside.reasons


BESIDE = {
    "decision": ("reasons",),
    "referral": ("agency", "person", "reference", "route"),
    "parents_informed": ("who", "told_by"),
    "support": ("child", "for_whom"),
    "case_file": ("file",),
}
