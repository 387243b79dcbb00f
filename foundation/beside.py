"""Rows that a record brings along in its own query, as one text, so that they cost no query more.

For a handful of rows whose columns hold neither a line break nor, but for the last one, an upright stroke.
"""

from typing import Any

from django.db import models
from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat


class _Together(Subquery):
    """The lines of a subquery as one text."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT group_concat(line_beside, char(10)) FROM (%(subquery)s) lines)"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT string_agg(line_beside, chr(10)) FROM (%(subquery)s) lines)"
        return self.as_sql(compiler, connection, template=template)


def beside(rows: QuerySet[Any, Any], *fields: str) -> Subquery:
    """For an annotation: a line for each of the rows, with these fields of it. `lines` reads them."""
    empty, between = (Value(one, output_field=models.TextField()) for one in ("", "|"))
    texts = [Coalesce(Cast(one, models.TextField()), empty) for one in fields]
    joined = [piece for text in texts for piece in (text, between)][:-1]
    found = rows.annotate(line_beside=Concat(*joined, output_field=models.TextField()))
    return _Together(found.values("line_beside"), output_field=models.TextField())


def lines(text: str | None, fields: int) -> list[list[str]]:
    """Each line's fields, of what `beside` made."""
    return [line.split("|", fields - 1) for line in (text or "").split("\n") if line]
