"""The one place that gives out lists for a spreadsheet. Nothing in them is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What a spreadsheet may take for the beginning of a formula, also in wide letters and after a space.
BEGINS_A_FORMULA = (*"=+-@\t\r\n\0|%", *"＝＋－＠", "'")  # noqa: RUF001  the wide ones are meant


def answer(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A CSV file that Excel opens with its letters right, to be saved under this name."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([inert(cell) for cell in row] for row in rows)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def inert(text: str) -> str:
    """The text for a cell: no spreadsheet takes it for a formula."""
    return (
        f"'{text}" if text.startswith("\t") or text.lstrip().startswith(BEGINS_A_FORMULA) else text
    )
