"""A prepared query answers what the query set would, for whatever values, and is put together once."""

import re
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from demo.cast import Nursery
from foundation.prepared import EVERY, Prepared, Shape, prepared
from safeguarding.people.models import Member, RoleHeld
from safeguarding.today import items
from tests.architecture.source import modules, short


def _held(member: UUID, on: date, *, roles: frozenset[str]) -> QuerySet[RoleHeld]:
    rows = RoleHeld.objects.current(on).filter(member=member, role__in=sorted(roles))
    return rows.select_related("member__user")


LEADS = frozenset({"lead", "deputy"})
TODAY = date(2026, 3, 2)
# In these an id says only which rows come first, so they are refused when asked whether there is any.
ONLY_FOR_THEIR_ROWS = {items._away}
MAKES_ONE = re.compile(r"^from foundation\.prepared import .*\bprepared\b", re.MULTILINE)


def test_it_finds_what_the_query_set_finds_for_one_value_after_another(
    sunflowers: Nursery,
) -> None:
    held = prepared(_held)
    for person in sunflowers.people.values():
        plain = list(_held(person.pk, date.max, roles=LEADS))

        rows = held(person.pk, date.max, roles=LEADS)

        assert rows == plain
        assert [row.member.user.name for row in rows] == [row.member.user.name for row in plain]
        assert held.any(person.pk, date.max, roles=LEADS) == bool(plain)
    assert held(sunflowers.dana.pk, date.min, roles=LEADS) == []
    assert held(sunflowers.dana.pk, date.max, roles=LEADS) != []


def test_it_takes_one_query_and_is_built_once_for_each_shape(sunflowers: Nursery) -> None:
    built: list[object] = []

    def counted(member: UUID, on: date, *, roles: frozenset[str]) -> QuerySet[RoleHeld]:
        built.append(roles)
        return _held(member, on, roles=roles)

    held = prepared(counted)
    with CaptureQueriesContext(connection) as asked:
        held(sunflowers.dana.pk, TODAY, roles=LEADS)
        held(sunflowers.sam.pk, TODAY, roles=LEADS)
        held(sunflowers.sam.pk, TODAY, roles=frozenset({"practitioner"}))

    assert len(asked) == 3
    assert built == [LEADS, frozenset({"practitioner"})]


def test_pairs_of_values_are_given_back_as_they_are_elsewhere(sunflowers: Nursery) -> None:
    def names(member: UUID) -> QuerySet[Member, tuple[UUID, datetime]]:
        return Member.objects.filter(pk=member).values_list("pk", "created_at")

    assert prepared(names)(sunflowers.dana.pk) == list(names(sunflowers.dana.pk))


def test_a_moment_is_a_value_too(sunflowers: Nursery) -> None:
    def written(since: datetime) -> QuerySet[Member]:
        return Member.objects.filter(created_at__gt=since)

    lately = prepared(written)

    assert lately(datetime(2000, 1, 1, tzinfo=UTC))
    assert not lately(datetime(2200, 1, 1, tzinfo=UTC))


def test_of_any_number_of_ids_each_number_is_a_shape(sunflowers: Nursery) -> None:
    def these(setting: UUID, *members: UUID) -> QuerySet[Member]:
        return Member.objects.filter(setting=setting, pk__in=members).order_by("pk")

    found, people = prepared(these), sorted(one.pk for one in sunflowers.people.values())

    for many in (1, 3, 1, len(people)):
        rows = found(sunflowers.setting.pk, *people[:many])
        assert [row.pk for row in rows] == people[:many]
    assert found(sunflowers.setting.pk) == []


def test_another_query_looks_among_its_rows(sunflowers: Nursery) -> None:
    def named(member: UUID) -> QuerySet[Member, tuple[UUID]]:
        return Member.objects.filter(pk=member).values_list("pk")

    def nobody(member: UUID) -> QuerySet[Member, tuple[UUID]]:
        return Member.objects.filter(pk=member, name__in=[]).values_list("pk")

    dana = sunflowers.dana.pk
    with CaptureQueriesContext(connection) as asked:
        among = Member.objects.filter(pk__in=prepared(named).within(dana))
        assert [one.pk for one in among] == [dana]
        assert list(Member.objects.filter(pk__in=prepared(nobody).within(dana))) == []
    assert len(asked) == 1


def test_what_can_never_find_anything_asks_nothing(db: None) -> None:
    def nobody(member: UUID) -> QuerySet[Member]:
        return Member.objects.filter(pk=member, name__in=[])

    with CaptureQueriesContext(connection) as asked:
        assert prepared(nobody)(uuid4()) == []
        assert not prepared(nobody).any(uuid4())

    assert not asked.captured_queries


def test_an_id_that_the_statement_has_no_place_for_is_refused(db: None) -> None:
    def forgetful(member: UUID, on: date) -> QuerySet[RoleHeld]:
        return RoleHeld.objects.filter(starts__lte=on)

    with pytest.raises(ImproperlyConfigured):
        prepared(forgetful)(uuid4(), TODAY)


def test_a_value_that_could_change_the_shape_is_refused() -> None:
    def named(names: list[str]) -> QuerySet[Member]:
        return Member.objects.filter(name__in=names)

    with pytest.raises(ImproperlyConfigured):
        prepared(named)()


def test_too_few_values_are_refused(db: None) -> None:
    with pytest.raises(TypeError):
        prepared(_held)(uuid4(), roles=LEADS)


def test_no_prepared_query_of_ours_remembers_when_it_was_built(db: None, time_machine: Any) -> None:
    """The moment it was built at would be asked for ever after."""
    for one in ours():
        assert one.examples, f"{one.build.__qualname__} names no example of its shape"
        for shape in one.examples:
            assert _given(one, shape, time_machine, 2027) == _given(one, shape, time_machine, 2031)


def ours() -> list[Prepared]:
    """All of them, whichever pages were opened before."""
    with_one = [path for path in modules() if MAKES_ONE.search(path.read_text("utf-8"))]
    names = {short(path).removesuffix(".py").replace("/", ".") for path in with_one}
    for name in names:
        import_module(name)
    ours = [one for one in EVERY if one.build.__module__ in names]
    assert {one.build.__module__ for one in ours} == names != set()
    return ours


def _given(one: Prepared, shape: Shape, clock: Any, year: int) -> list[Any]:
    clock.move_to(datetime(year, 6, 7, 8, 9, 10, tzinfo=UTC))
    ways = (False,) if one.build in ONLY_FOR_THEIR_ROWS else (False, True)
    return [one.anew(shape, only_whether=whether).given for whether in ways]
