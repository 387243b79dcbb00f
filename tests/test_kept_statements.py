"""What PostgreSQL keeps of a prepared query: planned once, and asked as strictly as before (ADR 0046)."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection, connections, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from demo.cast import Nursery
from foundation import fence
from foundation.postgres import kept
from foundation.prepared import Value, prepared
from safeguarding.people.models import Member, RoleHeld
from tests.test_prepared import ours

pytestmark = pytest.mark.postgresql
DANA = "Dana Okafor"
VALUES: dict[type, Value] = {
    UUID: uuid4(),
    str: "anybody",
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, tzinfo=UTC),
}


def _named(name: str) -> QuerySet[Member]:
    """Of every setting that the fence lets it see."""
    return Member.objects.filter(name=name)


def _in(role: UUID, *, roles: frozenset[str]) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.filter(member=role, role__in=sorted(roles))


def _plans() -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE name LIKE 'kept_%%' ORDER BY prepare_time"
        )
        return list(cursor.fetchall())


@pytest.fixture
def nothing_kept(db: None) -> None:
    """A connection that has been asked nothing yet."""
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connection.connection.kept = set()


def test_what_is_asked_again_and_again_is_planned_once(
    nothing_kept: None, sunflowers: Nursery
) -> None:
    named = prepared(_named)
    for _ in range(9):
        assert named(sunflowers.dana.name) == [sunflowers.dana]
        assert named(sunflowers.devi.name) == [sunflowers.devi]

    [(_, generic, custom)] = _plans()
    assert custom == 5  # so often PostgreSQL tries whether a plan for the values is a better one
    assert generic == 13


def test_it_shows_what_may_be_seen_where_it_is_asked(
    nothing_kept: None, sunflowers: Nursery, bluebells: Nursery
) -> None:
    named = prepared(_named)
    theirs = [sunflowers.dana, Member.objects.get(setting=bluebells.setting, name=DANA)]
    for dana in theirs * 4:
        with fence.inside(dana.setting_id):
            assert named(DANA) == [dana]
    with fence.outside(), pytest.raises(DataError), transaction.atomic():
        named(DANA)
    assert {one.pk for one in named(DANA)} == {one.pk for one in theirs}


def test_it_is_shown_as_any_other(nothing_kept: None, sunflowers: Nursery) -> None:
    with CaptureQueriesContext(connection) as asked:
        prepared(_named)(DANA)

    [shown] = [one["sql"] for one in asked if "people_member" in one["sql"]]
    assert shown.startswith("SELECT")
    assert f"'{DANA}'" in shown


def test_two_that_differ_in_what_is_given_only_are_two(
    nothing_kept: None, sunflowers: Nursery
) -> None:
    held = prepared(_in)
    for _ in range(2):
        assert held(sunflowers.dana.pk, roles=frozenset({"lead"}))
        assert not held(sunflowers.dana.pk, roles=frozenset({"parent"}))

    assert len(_plans()) == 2


def test_it_outlives_a_transaction_that_is_taken_back(
    nothing_kept: None, sunflowers: Nursery
) -> None:
    named = prepared(_named)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert named(DANA)
        raise ZeroDivisionError

    assert named(DANA) == [sunflowers.dana]
    assert len(_plans()) == 1


def test_a_connection_keeps_so_many_and_no_more(
    nothing_kept: None, sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    for _ in range(2):
        for one in (prepared(_named), prepared(_named), prepared(_named)):
            assert one(DANA) == [sunflowers.dana]
            assert 0 < len(_plans()) <= 2


def test_postgresql_takes_every_one_of_ours(nothing_kept: None, subtests: pytest.Subtests) -> None:
    for one in ours():
        for shape in one.examples:
            with subtests.test(one.build.__qualname__):
                kinds = [*one.kinds, *([] if shape else one.more * 2)]
                one(*(VALUES[kind] for kind in kinds), **shape)
    assert len(_plans()) > 30


@pytest.fixture
def through_a_pooler(db: None) -> Iterator[Any]:
    """A second connection, through something that answers with a number of its own, as poolers do."""
    with _Pooler() as pooler:
        other = connections["default"].copy("default")
        there = {"HOST": "127.0.0.1", "PORT": pooler.port, "OPTIONS": {}}
        other.settings_dict = {**other.settings_dict, **there}
        with closing(other):
            yield other


def test_nothing_is_left_on_a_connection_that_a_pooler_gives_to_others(
    through_a_pooler: Any,
) -> None:
    compiled = prepared(_named).anew({})
    for there, expected in ((through_a_pooler, 0), (connection, 1)):
        with there.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
            there.connection.kept = set()  # or the tests after this one would ask for what is gone
            cursor.execute(compiled.statement, compiled._parameters((DANA,)))
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone() == (expected,)


class _Pooler:
    """It hands everything on, but for the number by which PostgreSQL would know a connection."""

    def __enter__(self) -> "_Pooler":
        behind = connection.connection.info
        self.host, self.behind = behind.host, behind.port
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = str(self.door.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.door.close()

    def _serve(self) -> None:
        client, _ = self.door.accept()
        with client, self._server() as server:
            there = threading.Thread(target=_hand_on, args=(client, server), daemon=True)
            there.start()
            _hand_on(server, client, number=b"K\x00\x00\x00\x0c")
            there.join()

    def _server(self) -> socket.socket:
        if not self.host.startswith("/"):
            return socket.create_connection((self.host, self.behind))
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(Path(self.host) / f".s.PGSQL.{self.behind}"))
        return server


def _hand_on(one: socket.socket, other: socket.socket, number: bytes = b"") -> None:
    while said := one.recv(65536):
        before, found, after = said.partition(number) if number else (said, b"", b"")
        if found:
            number, after = b"", bytes(4) + after[4:]
        other.sendall(before + found + after)
    other.shutdown(socket.SHUT_WR)
