"""Conditions that are asked of each row in turn."""

from typing import Any

from django.db.models import Exists


class InTurn(Exists):
    """Whether there is a row beside each, where only a page of rows is looked at.

    PostgreSQL does not see that few will be asked, so it reads the whole other table once and looks each row
    up in what it found: the longer the record, the longer each page. With an OFFSET it looks for each row
    alone. SQLite always does.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As elsewhere, with OFFSET 0, which changes nothing that is found."""
        return self.as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)", **more)
