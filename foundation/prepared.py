"""Queries of one shape, put together once and asked many times.

Django takes ten times as long to put some queries together as the database takes to answer them. What is
asked on every page, or of every person in turn, is therefore built once with stand-ins for its values,
compiled for the database in use, and after that only run.

    def _ties(member: UUID) -> QuerySet[Relationship]: ...

    TIES = prepared(_ties)
    rows = TIES(member.pk)

The values it is built with stand for any others, so the function must not look at them, nor at the clock: a
day or a moment comes in as a value. What changes the shape, such as a set of roles, is passed by name.
"""

import inspect
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import count
from typing import Any, get_type_hints

from django.core.exceptions import EmptyResultSet, ImproperlyConfigured
from django.db import connection, connections, models
from django.db.models.expressions import RawSQL

from foundation.made import Maker

Value = uuid.UUID | date | str
Shape = Mapping[str, Any]
FIELDS: dict[type, models.Field[Any, Any]] = {
    uuid.UUID: models.UUIDField(),
    date: models.DateField(),
    datetime: models.DateTimeField(),
    str: models.TextField(),
}
EVERY: list["Prepared"] = []  # so that a test can look through all of them
_turn = count(1)


class Prepared:
    """A query that differs from one time to the next only in its values: ids, days, moments, texts."""

    def __init__(
        self, build: Callable[..., models.QuerySet[Any, Any]], examples: Sequence[Shape]
    ) -> None:
        self.build, self.examples = build, examples
        self._kept: dict[object, _Compiled] = {}
        EVERY.append(self)

    def __call__(self, *values: Value, **shape: Any) -> list[Any]:
        """The rows, as the query set that was built would give them. One query."""
        return self._compiled(len(values), shape).rows(values)

    def any(self, *values: Value, **shape: Any) -> bool:
        """Whether there is a row. One query."""
        return self._compiled(len(values), shape, only_whether=True).any(values)

    def within(self, *values: Value, **shape: Any) -> RawSQL | list[Any]:
        """The same rows for another query to look among, as in `filter(pk__in=…)`. Asks nothing by itself."""
        return self._compiled(len(values), shape).within(values)

    @cached_property
    def kinds(self) -> list[type]:
        """Of what kind its values are. Looked up when asked first: by then every model is there."""
        return self._kinds(lambda one: one.kind is one.POSITIONAL_OR_KEYWORD)

    @cached_property
    def more(self) -> list[type]:
        """Of what kind any further values are, such as `*tied: UUID`: none, or one kind."""
        return self._kinds(lambda one: one.kind is one.VAR_POSITIONAL)

    def _kinds(self, wanted: Callable[[inspect.Parameter], bool]) -> list[type]:
        hints = get_type_hints(self.build)
        parameters = inspect.signature(self.build).parameters.values()
        kinds = [hints[one.name] for one in parameters if wanted(one)]
        if not set(kinds) <= set(FIELDS):
            name = self.build.__qualname__
            raise ImproperlyConfigured(f"{name} takes what is no id, day, moment or text.")
        return kinds

    def anew(
        self, shape: Shape, *, count: int | None = None, only_whether: bool = False
    ) -> "_Compiled":
        """Built and compiled now, for so many values."""
        further = self.more * max(0, (count or 0) - len(self.kinds))
        stand_ins = [_stand_in(kind) for kind in (*self.kinds, *further)]
        rows = self.build(*stand_ins, **shape)
        return _Compiled(rows, stand_ins, only_whether=only_whether)

    def _compiled(self, count: int, shape: Shape, *, only_whether: bool = False) -> "_Compiled":
        key = (connection.vendor, only_whether, count if self.more else 0, *sorted(shape.items()))
        if key not in self._kept:
            self._kept[key] = self.anew(shape, count=count, only_whether=only_whether)
        return self._kept[key]


def prepared(
    build: Callable[..., models.QuerySet[Any, Any]], *, examples: Sequence[Shape] = ({},)
) -> Prepared:
    """Make a function that builds a query into one that is built once.

    `examples` are shapes it is asked in: each is looked through by a test.
    """
    return Prepared(build, examples)


def filled_up(ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """The same with the last one again, up to a power of two: so that there are few shapes of a question."""
    room = 1 << (len(ids) - 1).bit_length() if ids else 0
    return [*ids, *(ids[-1] for _ in range(len(ids), room))]


class _Compiled:
    """The statement of a query, and where in it each value goes."""

    def __init__(
        self, rows: models.QuerySet[Any, Any], stand_ins: list[Value], *, only_whether: bool
    ) -> None:
        self._rows = rows
        self._fields = [FIELDS[type(one)] for one in stand_ins]
        query = rows.query.exists() if only_whether else rows.query
        self._compiler: Any = query.get_compiler("default")
        try:
            self.statement, given = self._compiler.as_sql()
        except EmptyResultSet:  # nothing can ever be found
            self.statement, given = "", ()
        known = [self._as_parameter(n, one) for n, one in enumerate(stand_ins)]
        self.places = {i: known.index(one) for i, one in enumerate(given) if one in known}
        self.given = [None if i in self.places else one for i, one in enumerate(given)]
        self._refuse_a_lost_id(stand_ins)
        if self.statement and (keep := getattr(connection.ops, "kept", None)):
            self.statement = self._kept(keep)

    def _refuse_a_lost_id(self, stand_ins: list[Value]) -> None:
        """An id that stands nowhere would be asked for nobody, and so for everybody."""
        ids = {n for n, one in enumerate(stand_ins) if isinstance(one, uuid.UUID)}
        if self.statement and not ids <= set(self.places.values()):
            raise ImproperlyConfigured("An id of a prepared query does not stand in its statement.")

    def _kept(self, keep: Callable[..., str]) -> str:
        """The same for a database that plans it once, if it is told where which value stands."""
        used = sorted(set(self.places.values()))
        types = [self._fields[one].db_type(connection) for one in used]
        places = {at: used.index(one) for at, one in self.places.items()}
        return keep(self.statement, self.given, places, types)

    @cached_property
    def _fetches_more(self) -> tuple[Any, ...]:
        return self._rows._prefetch_related_lookups  # type: ignore[attr-defined, no-any-return]

    @cached_property
    def _maker(self) -> Maker:
        return Maker(self._rows, self._compiler)

    def rows(self, values: tuple[Value, ...]) -> list[Any]:
        parameters = self._parameters(values)
        if not self.statement:
            return []
        here = connections[self._rows.db]
        with here.cursor() as cursor:
            cursor.execute(self.statement, parameters)
            found = cursor.fetchall()
        made = self._maker.made(found, here)
        if self._fetches_more:
            models.prefetch_related_objects(made, *self._fetches_more)
        return made

    def any(self, values: tuple[Value, ...]) -> bool:
        parameters = self._parameters(values)
        if not self.statement:
            return False
        with connection.cursor() as cursor:
            cursor.execute(self.statement, parameters)
            return cursor.fetchone() is not None

    def within(self, values: tuple[Value, ...]) -> RawSQL | list[Any]:
        parameters = self._parameters(values)
        return RawSQL(self.statement, parameters) if self.statement else []  # noqa: S611  Django's own

    def _parameters(self, values: tuple[Value, ...]) -> tuple[Any, ...]:
        """What the statement is given, with these values in their places."""
        if len(values) != len(self._fields):
            raise TypeError(f"This query takes {len(self._fields)} values.")
        here, places = connections[self._rows.db], self.places
        fields = zip(self._fields, values, strict=True)
        now = [field.get_db_prep_value(one, here) for field, one in fields]
        return tuple(now[places[i]] if i in places else one for i, one in enumerate(self.given))

    def _as_parameter(self, number: int, value: Value) -> Any:
        return self._fields[number].get_db_prep_value(value, connection)


def _stand_in(kind: type) -> Value:
    """A value that nothing else in a statement has."""
    turn = next(_turn)
    if kind is not date and kind is not datetime:
        return uuid.uuid4() if kind is uuid.UUID else uuid.uuid4().hex
    moment = datetime(1801 + turn % 90, 1 + turn % 12, 1 + turn % 28, 3, 33, 33, turn % 10**6, UTC)
    return moment if kind is datetime else moment.date()
