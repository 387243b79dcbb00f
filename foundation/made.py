"""Objects out of the rows of a statement that is asked again and again.

For each query Django looks up anew how a column becomes a value, and has each field of each object set by
itself. Of a statement that stays the same both stay the same, so they are looked up once.
"""

import copy
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import ModelIterable, ValuesListIterable

Row = list[Any]
Convert = Callable[[Any, Any, Any], Any]
# Fields whose values are the same in many rows, and never changed.
FIXED = (models.UUIDField, models.DateField)
Column = tuple[int, list[Convert], Any]  # where, by which steps, and what it is


class Maker:
    """Makes of the rows of a statement what its query set would have made of them."""

    def __init__(self, rows: models.QuerySet[Any, Any], compiler: Any) -> None:
        self._compiler = compiler
        kind: Any = getattr(rows, "_iterable_class")  # noqa: B009  Django names it so
        if kind is not ModelIterable and kind is not ValuesListIterable:
            raise ImproperlyConfigured("A prepared query gives objects, or tuples of values.")
        self._one: Callable[[Row], Any] = tuple
        if kind is ModelIterable:
            self._one = _reading(compiler.klass_info, compiler, rows.db)

    def made(self, found: Sequence[Sequence[Any]], connection: Any) -> list[Any]:
        """The objects, or the tuples, of the rows that were found."""
        rows = [list(row) for row in found]
        for column in self._columns_for(connection):
            _convert(rows, column, connection)
        return [self._one(row) for row in rows]

    def _columns_for(self, connection: Any) -> list[Column]:
        """How its columns become values on a connection: the steps are its own, and go with it."""
        on_connection: dict[Maker, list[Column]] = vars(connection).setdefault("columns_made", {})
        known = on_connection.get(self)
        if known is None:
            compiler = copy.copy(self._compiler)
            compiler.connection = connection
            found = compiler.get_converters(
                [one[0] for one in compiler.select[: compiler.col_count]]
            )
            known = [(place, *both) for place, both in found.items()]
            on_connection[self] = known
        return known


def _convert(rows: list[Row], column: Column, connection: Any) -> None:
    """Make one column of all rows into values; of what often comes again, each but once."""
    place, steps, what = column
    known: dict[Any, Any] = {None: None}
    keeps = isinstance(what.output_field, FIXED)
    for row in rows:
        value = row[place]
        if keeps and value in known:
            row[place] = known[value]
            continue
        made = value
        for step in steps:
            made = step(made, what, connection)
        row[place] = made
        if keeps:
            known[value] = made


def _reading(info: Any, compiler: Any, db: str) -> Callable[[Row], Any]:
    """What makes an object of a row, with all that was fetched beside it; None where there is none."""
    places = info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [one[0].target.attname for one in compiler.select[start:end]]
    new = _making(info["model"], names, db)
    key = start + names.index(info["model"]._meta.pk.attname)
    is_first = info is compiler.klass_info
    notes = list(compiler.annotation_col_map.items()) if is_first else []
    beside = [
        (_reading(one, compiler, db), one["local_setter"], one["remote_setter"])
        for one in info.get("related_klass_infos", [])
    ]

    def read(row: Row) -> Any:
        if row[key] is None:
            return None
        made = new(row[start:end])
        for other, set_here, set_there in beside:
            found = other(row)
            set_here(made, found)
            if found is not None:
                set_there(found, made)
        for name, place in notes:
            setattr(made, name, row[place])
        return made

    return read


def _making(model: Any, names: list[str], db: str) -> Callable[[Row], Any]:
    """What makes one object of its values: Django's own way, where that does anything of its own."""
    if not _is_plain(model):
        return lambda values: model.from_db(db, names, values)

    def make(values: Row) -> Any:
        made = model.__new__(model)
        made._state = state = ModelState()
        state.adding, state.db = False, db
        made.__dict__.update(zip(names, values, strict=True))
        return made

    return make


def _is_plain(model: Any) -> bool:
    """Whether its fields only keep what they are given. Nobody listens when it is made (ADR 0005)."""
    ours = model.__init__ is models.Model.__init__
    ours = ours and model.from_db.__func__ is models.Model.from_db.__func__  # type: ignore[attr-defined]
    keep = (_only_keeps(getattr(model, one.attname)) for one in model._meta.concrete_fields)
    return ours and all(keep)


def _only_keeps(attribute: object) -> bool:
    """Whether setting it on a new object is no more than to put it into the object's own dictionary."""
    known = isinstance(attribute, ForeignKeyDeferredAttribute) or hasattr(attribute, "only_keeps")
    return known or not hasattr(attribute, "__set__")
