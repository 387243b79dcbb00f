"""Whatever begins a transaction on PostgreSQL, all of it happens where it is said to (docs/fence.md)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import permutations
from typing import Any, NamedTuple

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from demo.cast import Nursery, open_nursery
from foundation import fence
from foundation.postgres.base import IN_TRANSACTION
from foundation.prepared import prepared
from safeguarding.people.models import Member

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
DANA = "Dana Okafor"
REFUSED = -1


def _named(name: str) -> QuerySet[Member]:
    """Of every setting that the fence lets it see."""
    return Member.objects.filter(name=name)


KNOWN = prepared(_named)


class Settings(NamedTuple):
    """Two of them, each with a Dana."""

    here: Nursery
    there: Nursery

    def at(self, where: str) -> AbstractContextManager[None]:
        """A place, by its name."""
        if where == "outside":
            return fence.outside()
        if where == "across":
            return fence.across("an invitation")
        return fence.inside(getattr(self, where).setting.pk)


@pytest.fixture
def both(transactional_db: None) -> Iterator[Settings]:
    yield Settings(open_nursery("Sunflowers"), open_nursery("Bluebells"))


def kept_already() -> None:
    KNOWN(DANA)


def kept_from_now_on() -> None:
    prepared(_named)(DANA)


def a_savepoint() -> None:
    with transaction.atomic():
        pass


def several_at_once() -> None:
    with connection.cursor() as cursor:
        cursor.executemany("SELECT 1 / (current_user = %s)::int", [("hedgerow_app",)] * 2)


def a_new_connection() -> None:
    connection.connection.__dict__.pop("is_direct", None)
    kept_from_now_on()


@pytest.mark.parametrize(
    "begins", [kept_already, kept_from_now_on, a_savepoint, several_at_once, a_new_connection]
)
def test_what_begins_a_transaction_begins_it_inside(
    both: Settings, begins: Callable[[], None]
) -> None:
    pk = both.here.setting.pk
    with fence.inside(pk):
        KNOWN(DANA)
        with transaction.atomic():
            begins()
            assert connection.connection.info.transaction_status == IN_TRANSACTION
            assert [one.pk for one in Member.objects.filter(name=DANA)] == [both.here.dana.pk]
            assert _where() == ("hedgerow_app", str(pk))
        several_at_once()


@pytest.mark.parametrize("held", [nullcontext, transaction.atomic], ids=["alone", "in one"])
def test_a_plan_made_in_one_place_shows_in_another_what_may_be_seen_there(
    both: Settings, held: Callable[[], AbstractContextManager[Any]]
) -> None:
    may_see = {"here": 1, "there": 1, "across": 2, "outside": REFUSED}
    for order in permutations(may_see):
        asked = prepared(_named)
        with held():
            for where in order * 2:
                with both.at(where):
                    assert (where, _seen(asked)) == (where, may_see[where])


def _seen(asked: Any) -> int:
    try:
        with transaction.atomic():
            return len(asked(DANA))
    except DatabaseError:
        return REFUSED


def _where() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('hedgerow.setting', true)")
        role, setting = cursor.fetchone()
    return role, setting
