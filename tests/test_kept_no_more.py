"""What PostgreSQL keeps of a prepared query may be no use any more: it is handed over anew (ADR 0046)."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from demo.cast import Nursery, open_nursery
from foundation.prepared import prepared
from safeguarding.people.models import Member

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WIDTH = "ALTER TABLE people_member ALTER COLUMN name TYPE varchar({})"
# What `prepare` does after an update while the program runs, and what a tool between may do.
HAPPENS = pytest.mark.parametrize("happens", [WIDTH.format(200), "DEALLOCATE ALL"])


def _named(name: str) -> QuerySet[Member]:
    return Member.objects.filter(name=name)


@pytest.fixture
def here(transactional_db: None) -> Iterator[Nursery]:
    yield open_nursery("Sunflowers")
    _do(WIDTH.format(120))


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@HAPPENS
def test_it_is_asked_as_if_nothing_had_happened(here: Nursery, happens: str) -> None:
    named = prepared(_named)
    assert named(here.dana.name)
    _do(happens)

    assert named(here.dana.name) == [here.dana]


@HAPPENS
def test_in_a_transaction_the_next_one_can_ask(here: Nursery, happens: str) -> None:
    named = prepared(_named)
    assert named(here.dana.name)
    _do(happens)

    with pytest.raises(DatabaseError), transaction.atomic():
        named(here.dana.name)
    with transaction.atomic():
        assert named(here.dana.name) == [here.dana]
