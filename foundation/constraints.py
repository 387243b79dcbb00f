"""Constraints of the database that Django does not bring."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Field, Model

POINTS = (
    "CONSTRAINT %(name)s FOREIGN KEY (%(here)s) REFERENCES %(there_table)s (%(there)s)"
    " DEFERRABLE INITIALLY DEFERRED"
)


class PointsTo(BaseConstraint):
    """What these fields say together must stand together in another row of the same table.

    `fields` maps each field here to the field there, as in a foreign key over several columns; a row
    where one of them is empty points nowhere. The fields there need a unique constraint in this order.
    """

    def __init__(self, *, fields: Mapping[str, str], name: str) -> None:
        super().__init__(name=name)
        self.fields = dict(fields)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        return POINTS % self._said(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        said = self._said(model, schema_editor)
        return _alter(f"ADD {POINTS}", model, schema_editor, said)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        said = {"name": schema_editor.quote_name(self.name)}
        return _alter("DROP CONSTRAINT %(name)s", model, schema_editor, said)

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """The database alone knows; it says so at the commit."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "fields": self.fields}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PointsTo):
            return (self.name, self.fields) == (other.name, other.fields)
        return NotImplemented

    __hash__ = BaseConstraint.__hash__

    def _said(self, model: Any, schema_editor: Any) -> dict[str, str]:
        quote = schema_editor.quote_name

        def columns(names: Any) -> str:
            fields: list[Field[Any, Any]] = [model._meta.get_field(name) for name in names]
            return ", ".join(quote(field.column) for field in fields)

        return {
            "name": quote(self.name),
            "there_table": quote(model._meta.db_table),
            "here": columns(self.fields),
            "there": columns(self.fields.values()),
        }


def _alter(what: str, model: Any, schema_editor: Any, said: dict[str, str]) -> Statement:
    table = Table(model._meta.db_table, schema_editor.quote_name)
    return Statement(f"ALTER TABLE %(table)s {what}", table=table, **said)


class NeverChanged(BaseConstraint):
    """A row of this table is written once: the database refuses every change of it, by whatever road.

    It is a trigger. One follows the table when SQLite makes it anew, as other constraints do.
    """

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON %(table)s"
        name = schema_editor.quote_name(self.name)
        return Statement(f"DROP TRIGGER %(name)s{on_table}", table=table, name=name)

    def lifting_sql(self, model: Any, schema_editor: Any) -> Statement:
        """Takes the trigger out of the way. On PostgreSQL it only sleeps, with nobody else writing."""
        if schema_editor.connection.vendor == "sqlite":
            removed: Statement = self.remove_sql(model, schema_editor)
            return removed
        return self._switched("DISABLE", model, schema_editor)

    def restoring_sql(self, model: Any, schema_editor: Any) -> Statement:
        """Puts it back as it was."""
        if schema_editor.connection.vendor == "sqlite":
            [made] = self._statements(model, schema_editor)
            return made
        return self._switched("ENABLE", model, schema_editor)

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing about a new row; the database refuses to change an old one."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NeverChanged) and self.name == other.name

    __hash__ = BaseConstraint.__hash__

    def _switched(self, how: str, model: Any, schema_editor: Any) -> Statement:
        return _alter(
            f"{how} TRIGGER %(name)s",
            model,
            schema_editor,
            {"name": schema_editor.quote_name(self.name)},
        )

    def _statements(self, model: Any, schema_editor: Any) -> list[Statement]:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        name = schema_editor.quote_name(self.name)
        made = ON_SQLITE if schema_editor.connection.vendor == "sqlite" else ON_POSTGRESQL
        return [Statement(one, table=table, name=name) for one in made]


ON_SQLITE = (
    "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s BEGIN"
    " SELECT RAISE(ABORT, 'This is written once.'); END",
)
ON_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'This is written once.' USING ERRCODE = 'check_violation'; END $$",
    "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s"
    " FOR EACH ROW EXECUTE FUNCTION written_once()",
)


@contextmanager
def set_aside(model: type[Model]) -> Iterator[None]:
    """In one transaction, change rows of a table that are written once. Only for encrypting them anew.

    Only its owner can, and no other connection writes on the table meanwhile. Whatever ends the
    transaction, the refusal stands again after it.
    """
    once = [one for one in model._meta.constraints if isinstance(one, NeverChanged)]
    editor: Any = connection.schema_editor()  # for its words alone: it is not entered
    with transaction.atomic():
        for one in once:
            _run(one.lifting_sql(model, editor))
        yield
        if once and connection.vendor == "postgresql":
            connection.check_constraints()  # alters no table of which it has yet to look at something
        for one in once:
            _run(one.restoring_sql(model, editor))


def _run(statement: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(str(statement))
