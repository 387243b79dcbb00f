"""Rows within a form, such as the people of a report: what is wrong in one is led to as well."""

from collections.abc import Iterable

from django import forms

MOST = 20  # of one kind on one form
Rows = Iterable[tuple[str, Iterable[forms.BaseForm]]]


class RowsWithin:
    """A form that may hold sets of rows."""

    def rows_within(self) -> Rows:
        """Sets of rows within this form, each with what the page calls one of them, such as "Person"."""
        return ()

    @property
    def wrong_in_rows(self) -> list[tuple[str, forms.BoundField]]:
        """What needs putting right in which row, such as "Person 2", so that the summary leads there."""
        named = [
            (f"{name} {n}", row)
            for name, rows in self.rows_within()
            for n, row in enumerate(rows, 1)
        ]
        return [(name, box) for name, row in named for box in row.visible_fields() if box.errors]
