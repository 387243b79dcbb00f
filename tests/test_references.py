"""A reference that leads nowhere fails the test that wrote it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from demo.cast import Nursery
from safeguarding.people.models import Room
from tests.references import Written


@pytest.fixture
def written(db: None) -> Written:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is asked in one statement")
    return Written()


def refused(written: Written) -> bool:
    """Whether it is refused. What was written is taken back: the test's own end looks as well."""
    try:
        written.check()
    except IntegrityError:
        transaction.set_rollback(True)
        return True
    return False


def test_a_row_that_refers_to_nothing_is_found(sunflowers: Nursery, written: Written) -> None:
    with transaction.atomic(), connection.execute_wrapper(written.listen):
        room = Room.objects.create(setting=sunflowers.setting, name="Limes")
        assert not refused(written)
        Room.objects.filter(pk=room.pk).update(setting=uuid4())
        assert refused(written)


def test_what_others_refer_to_is_missed(sunflowers: Nursery, written: Written) -> None:
    with (
        transaction.atomic(),
        connection.execute_wrapper(written.listen),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM people_room WHERE name = 'Acorns'")
        assert refused(written)


@pytest.mark.parametrize("statement", ["DELETE FROM x", 'UPDATE "x" SET "id" = %s', "DROP TABLE x"])
def test_where_anything_may_refer_to_what_changed_every_table_is_looked_at(statement: str) -> None:
    written = Written()
    written.note(statement)

    assert written.any_table


def test_looking_writes_nothing() -> None:
    written = Written()
    for statement in ("SELECT 1", "SAVEPOINT x", "PRAGMA foreign_key_check"):
        written.note(statement)

    assert (written.tables, written.any_table) == (set(), False)
