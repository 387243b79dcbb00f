"""The connection: every statement is sent with where it happens, in the same message.

Several statements in one message are one transaction to PostgreSQL. So what is said before a statement
holds for that statement, or for the transaction it is part of, and is gone with it: nothing is left on a
connection that a pool then gives to somebody else. It costs no journey to the server of its own.
"""

import re
from contextlib import nullcontext
from typing import Any

from django.db.backends.postgresql import base as postgresql
from django.db.backends.postgresql import creation, operations
from psycopg import sql
from psycopg.pq import TransactionStatus

from foundation import fence
from foundation.postgres import kept, policies

IN_TRANSACTION = TransactionStatus.INTRANS
# After these, what was said before may have been taken back.
TAKES_BACK = ("ROLLBACK",)
SAYS_NOTHING = ("SAVEPOINT", "RELEASE")
UNKNOWN = None
SAID = re.compile(r"^(SET LOCAL [^;]*; )+")
DjangosCursor: Any = getattr(postgresql, "Cursor")  # noqa: B009  chosen by Django at run time


class Cursor(DjangosCursor):  # type: ignore[misc]  # see above
    """Says where a statement happens, unless the transaction knows it already."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> "Cursor":
        if isinstance(query, kept.Kept) and self._is_direct():
            return self._ask(query, params, **how)
        if isinstance(query, str) and query.startswith(TAKES_BACK):
            self.connection.fence = UNKNOWN
            return self._as_it_is(query, params, **how)
        if isinstance(query, str) and query.startswith(SAYS_NOTHING):
            self.connection.fence = self._known()  # it may be what begins the transaction
            return self._as_it_is(query, params, **how)
        if not (said := self._to_say()):
            return self._as_it_is(query, params, **how)
        query = f"{said}{query}" if isinstance(query, str) else sql.SQL(said) + query
        self._as_it_is(query, params, **how)
        for _ in range(said.count(";")):
            self.nextset()
        return self

    def executemany(self, query: Any, params_seq: Any, **how: Any) -> None:
        # psycopg ends what it begins: within a transaction of Django's it must not be the first.
        own = self.connection.transaction() if self.connection.autocommit else nullcontext()
        self.connection.fence = self._known()
        with own:
            self.say()
            super().executemany(query, params_seq, **how)

    def say(self) -> None:
        """Say it alone, for a transaction that then uses a cursor of the server's."""
        if said := self._to_say():
            self._as_it_is(said)

    def _is_direct(self) -> bool:
        """Whether nothing stands between that gives our place to others: there no name would be known."""
        if not hasattr(self.connection, "is_direct"):
            self.execute("SELECT pg_backend_pid()")
            [pid] = self.fetchone()
            self.connection.is_direct = pid == self.connection.info.backend_pid
        return bool(self.connection.is_direct)

    def _ask(self, query: kept.Kept, params: Any, **how: Any) -> "Cursor":
        """Ask what the server keeps. Where it does not know it any more, or not so, it begins anew."""
        try:
            return self.execute(*query.asked(self._handed_over(query), params), **how)
        except kept.STALE:
            self.connection.is_stale = True
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise  # of a transaction nothing can be asked any more; the next one can
        return self.execute(*query.asked(self._handed_over(query), params), **how)

    def _handed_over(self, query: kept.Kept) -> str:
        """What the server knows it by. It outlives a transaction that is taken back.

        It is handed over where it is asked: it may be what begins a transaction, and PostgreSQL then looks
        up the policies for the role that asks.
        """
        known, name = self._kept_now(), query.name(fence.here().role)
        if name not in known:
            if len(known) >= kept.MOST:
                self._begin_anew()
            self.execute(*query.handed_over(name))
            known.add(name)
        return name

    def _kept_now(self) -> set[str]:
        known: set[str] = self.connection.__dict__.setdefault("kept", set())
        if getattr(self.connection, "is_stale", False):
            self._begin_anew()
        return known

    def _begin_anew(self) -> None:
        self.execute("DEALLOCATE ALL")
        self.connection.kept.clear()
        self.connection.is_stale = False

    def _as_it_is(self, query: Any, params: Any = None, **how: Any) -> "Cursor":
        super().execute(query, params, **how)
        return self

    def _to_say(self) -> str:
        """What goes before the next statement; nothing where this transaction has heard it."""
        place, known = fence.here(), self._known()
        self.connection.fence = place
        return "" if place == known else place.statements

    def _known(self) -> fence.Place | None:
        """What the transaction has heard; the owner's, where it has not begun."""
        if self.connection.info.transaction_status != IN_TRANSACTION:
            return fence.OWNER
        known: fence.Place | None = getattr(self.connection, "fence", UNKNOWN)
        return known


class DatabaseCreation(creation.DatabaseCreation):
    """A database for tests has its policies as well."""

    def create_test_db(self, *args: Any, **options: Any) -> str:
        name: str = super().create_test_db(*args, **options)  # type: ignore[deprecated]  # not used here
        policies.install(self.connection)
        return name


class DatabaseOperations(operations.DatabaseOperations):
    """What Django shows of a statement is the statement: not what was said before it, nor its name."""

    kept = kept.Kept

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        if isinstance(sql, kept.Kept):
            return str(self.compose_sql(sql, params))
        return SAID.sub("", str(super().last_executed_query(cursor, sql, params)))


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Django's, with our cursor."""

    creation_class = DatabaseCreation
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of the server's needs a transaction that knows where it is; else an ordinary one."""
        if name and self.connection.autocommit:
            name = None
        if name:
            super().create_cursor().say()
        return super().create_cursor(name)
