"""Which rows are other than at the start, said without what is another every time; and putting them back."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from safeguarding.audit.tests.owner import triggers_removed

ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d):\d\d(?:\.\d+)?")
DRAWN = re.compile(r"\b[0-9a-f]{32,}\b")
Row = tuple[tuple[str, str], ...]
State = dict[str, tuple["Counter[Row]", "Counter[Row]"]]  # by table: what went, and what came

# The chain says in which order they came, which no two orders share.
CHAIN = {("audit_entry", one) for one in ("seq", "prev", "link", "seal", "commitment")}
LEFT_OUT = {"audit_chainhead"}


@dataclass
class Rows:
    """The tables as they stood at the start, kept beside them."""

    drawn: set[tuple[str, str]] = field(default_factory=lambda: set(CHAIN))  # columns drawn by lot
    known: set[str] = field(default_factory=set)  # ids of the start

    def keep(self) -> None:
        """Remember this as the start."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA at_start; GRANT USAGE ON SCHEMA at_start TO PUBLIC")
            for table in tables():
                cursor.execute(f'CREATE TABLE at_start."{table}" AS TABLE "{table}"')
                cursor.execute(f'TABLE "{table}"')
                for row in cursor.fetchall():
                    self.known.update(str(one) for one in row if ID.fullmatch(str(one)))

    def changed(self, touched: Iterable[str]) -> State:
        """What went and what came in these tables."""
        state: State = {}
        for table in sorted(set(touched) - LEFT_OUT):
            now, start = f'TABLE public."{table}"', f'TABLE at_start."{table}"'
            went = self._rows(f"{start} EXCEPT ALL {now}")
            came = self._rows(f"{now} EXCEPT ALL {start}")
            if went or came:
                state[table] = (went, came)
        return state

    def _rows(self, query: str) -> Counter[Row]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            names = [one.name for one in cursor.description]
            return Counter(
                tuple((name, self._plain(value)) for name, value in zip(names, row, strict=True))
                for row in cursor.fetchall()
            )

    def _plain(self, value: Any) -> str:
        if isinstance(value, bytes | memoryview):
            return "bytes"
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        text = ID.sub(lambda found: found[0] if found[0] in self.known else "new", str(value))
        return DRAWN.sub("drawn", MOMENT.sub(r"\1", text))

    def learn(self, one: State, other: State) -> None:
        """Two that were made in the same way: a column that differs is drawn by lot."""
        for table in one.keys() & other.keys():
            for these, those in zip(one[table], other[table], strict=True):
                if these.total() == those.total():
                    self._learn(table, these, those)

    def _learn(self, table: str, these: Counter[Row], those: Counter[Row]) -> None:
        left, right = (
            Counter(pair for row in some.elements() for pair in row) for some in (these, those)
        )
        self.drawn |= {(table, name) for name, _ in (left - right) + (right - left)}

    def said(self, state: State) -> dict[str, tuple["Counter[Row]", "Counter[Row]"]]:
        """Without the columns that are drawn by lot."""
        return {
            table: (self._less(table, a), self._less(table, b)) for table, (a, b) in state.items()
        }

    def _less(self, table: str, rows: Counter[Row]) -> Counter[Row]:
        found: Counter[Row] = Counter()
        for row, number in rows.items():
            found[tuple(pair for pair in row if (table, pair[0]) not in self.drawn)] += number
        return found

    def alike(self, one: State, other: State) -> bool:
        return self.said(one) == self.said(other)

    def differences(self, one: State, other: State) -> list[str]:
        """What only one of them has, in lines."""
        these, those = self.said(one), self.said(other)
        none: tuple[Counter[Row], Counter[Row]] = (Counter(), Counter())
        lines = []
        for table in sorted(these.keys() | those.keys()):
            for what, a, b in zip(
                ("went", "came"), these.get(table, none), those.get(table, none), strict=True
            ):
                lines += [f"  {table}: only at once {what}: {dict(row)}" for row in a - b]
                lines += [f"  {table}: only in turn {what}: {dict(row)}" for row in b - a]
        return lines

    def put_back(self, touched: Iterable[str]) -> None:
        """As it was at the start, by right of the owner of the tables."""
        with triggers_removed(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in {*touched, "audit_chainhead", "audit_entry"}:
                cursor.execute(f'DELETE FROM public."{table}"')  # noqa: S608  our own
                cursor.execute(f'INSERT INTO public."{table}" TABLE at_start."{table}"')

    def forget(self) -> None:
        """The next test begins elsewhere."""
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA at_start CASCADE")


def tables() -> list[str]:
    return sorted({model._meta.db_table for model in apps.get_models()})
