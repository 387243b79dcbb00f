"""Conditions that are asked of few rows, where PostgreSQL would look through all."""

from typing import Any

from django.db.models import BooleanField, Exists, Func, Subquery


class InTurn(Exists):
    """Whether there is a row beside each, where only a page of rows is looked at.

    PostgreSQL does not see that few will be asked, so it reads the whole other table once and looks each row
    up in what it found: the longer the record, the longer each page. With an OFFSET it looks for each row
    alone. SQLite always does.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As elsewhere, with OFFSET 0, which changes nothing that is found."""
        return self.as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)", **more)


class Few(Subquery):
    """Keys of few rows, found before anything else: see `OneOf`."""

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="(ARRAY(%(subquery)s))", **more)


class OneOf(Func):
    """Whether a key is one of a `Few`, for rows that are read with much beside them.

    Of `IN (SELECT … LIMIT 5)` PostgreSQL joins whole tables first and chooses last. With an array it chooses
    first, and looks up what stands beside those. SQLite always does.
    """

    template, arg_joiner, arity = "%(expressions)s", " IN ", 2
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" = ANY ", **more)
