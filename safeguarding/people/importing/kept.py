"""The text of a list between its steps: sealed, for whoever brought it, and read anew each time."""

from dataclasses import dataclass
from functools import cached_property

from foundation.errors import RuleBroken
from safeguarding.people import sealing
from safeguarding.people.models import Import, ImportColumns, ImportText, Member

from . import children, columns, dates, lists, reading, staff
from .cells import Problem
from .lists import ChildLine, Line, StaffLine
from .plans import Plan

GONE = "This list is not kept any more: it is done, or older than a day. Begin again with the file."


def keep(of: Import, text: str) -> ImportText:
    """The row that holds the text, sealed; not saved yet."""
    sealed = sealing.seal(text.encode(), str(of.pk))
    return ImportText(setting=of.setting, of=of, sealed=sealed)


@dataclass
class Kept:
    """A list that was begun, with its text, its columns, and what it would do."""

    of: Import

    @cached_property
    def sheet(self) -> columns.Sheet:
        kept = ImportText.objects.filter(of=self.of).first()
        if kept is None or kept.is_old:
            raise RuleBroken(GONE)
        text = sealing.unseal(bytes(kept.sealed), str(self.of.pk)).decode()
        return columns.sheet_of(reading.rows_of(text), self.of.kind)

    @cached_property
    def chosen(self) -> ImportColumns | None:
        """The columns somebody chose for this very list."""
        return ImportColumns.objects.filter(of=self.of).order_by("-created_at").first()

    @property
    def offered(self) -> list[str]:
        """The columns to begin with: as last time for the same headings, or by their names."""
        fingerprint = self.sheet.fingerprint
        before = ImportColumns.objects.remembered(self.of, fingerprint).first()
        if before is not None and len(before.fields) == len(self.sheet.headings):
            return list(before.fields)
        return columns.guess(self.sheet.headings, self.of.kind)

    def must_ask(self, fields: list[str]) -> bool:
        """Whether nobody could tell from the dates if the day or the month stands first."""
        places = [n for n, one in enumerate(fields) if one in columns.DATES[self.of.kind]]
        return dates.must_ask(value for place in places for value in self.sheet.values(place))

    @cached_property
    def lines(self) -> tuple[list[Line], list[Problem]]:
        if self.chosen is None:
            raise RuleBroken("Say first which column is what.")
        fields, day_first = self.chosen.fields, self.chosen.day_first
        return lists.read(self.sheet, fields, self.of.kind, day_first=day_first)

    def plan(self, by: Member) -> Plan:
        """What it would do here and now."""
        lines, problems = self.lines
        if self.of.kind == Import.Kind.CHILDREN:
            of_children = [one for one in lines if isinstance(one, ChildLine)]
            return children.compare(by, of_children, problems)
        of_staff = [one for one in lines if isinstance(one, StaffLine)]
        return staff.compare(by, of_staff, problems)
