"""Places that many tests begin with, built once for all of them and taken back after the last.

A nursery takes a third of a second to open through real actions, and nearly every test wants one. Tests that
want the same places therefore run one after the other, inside a transaction in which these stand; what a
test does on top of them is taken back after it. Tests that want none begin with an empty database, as ever.
"""

import inspect
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

Build = Callable[..., Any]
COMMITS = {"transactional_db", "live_server"}


@dataclass(frozen=True)
class Place:
    """What is built, and on top of which other places."""

    build: Build
    on: tuple["Place", ...] = ()

    @property
    def order(self) -> tuple[int, str, int]:
        """What others stand on comes before them; and always in the same order."""
        depth = max((one.order[0] + 1 for one in self.on), default=0)
        return depth, self.build.__module__, self.build.__code__.co_firstlineno

    def all(self) -> set["Place"]:
        return {self}.union(*(one.all() for one in self.on))


@cache
def asked_by(build: Build) -> tuple[str, ...]:
    return tuple(inspect.signature(build).parameters)


def built_once(build: Build) -> Any:
    """A fixture for what `build` makes in the database: a copy for each test, of the same rows.

    `build` may ask for other such places by the names of their fixtures.
    """
    names = asked_by(build)

    def place(request: pytest.FixtureRequest, db: None, **on: Any) -> Any:
        ground = request.getfixturevalue("ground")
        return ground.copy_of(build) if ground and ground.holds(build) else build(**on)

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    asked = [inspect.Parameter(name, kind) for name in ("request", "db", *names)]
    place.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined]
    place.build = build  # type: ignore[attr-defined]
    return pytest.fixture(place)


def places_of(item: pytest.Item) -> list[Place]:
    """What a test wants to find standing, always in the same order. Nothing, if it commits.

    Nor if it has another clock: what stands began at the hour of the others.
    """
    alone = commits(item) or item.get_closest_marker("real_time")
    if not isinstance(item, pytest.Function) or alone:
        return []
    defs = item._fixtureinfo.name2fixturedefs
    builds = {name: getattr(found[-1].func, "build", None) for name, found in defs.items()}
    wanted = [_place(one, builds) for one in builds.values() if one]
    return sorted(set().union(*(one.all() for one in wanted if one)), key=lambda one: one.order)


def _place(build: Build, builds: Mapping[str, Build | None]) -> Place | None:
    """None where it asks for what is made for each test anew."""
    on = [builds.get(name) for name in asked_by(build)]
    below = [_place(one, builds) if one else None for one in on]
    return None if None in below else Place(build, tuple(one for one in below if one))


def touches_the_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool({"db", *COMMITS} & names or item.get_closest_marker("django_db"))


def together(items: list[pytest.Item]) -> None:
    """Put tests that want the same places side by side, and those that commit at the end."""
    items.sort(key=lambda item: (commits(item), [one.order for one in places_of(item)]))


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool(COMMITS & set(getattr(item, "fixturenames", ())))


class Ground:
    """The places that stand now, each in a transaction inside the one before."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self.blocker = blocker
        self.standing: list[tuple[Place, bytes, transaction.Atomic]] = []
        self.tables_changed = False

    def keep(self, wanted: Sequence[Place]) -> None:
        """Take back what is not wanted, and build what is missing."""
        with self.blocker.unblock():
            if self._listen not in connection.execute_wrappers:
                connection.execute_wrappers.append(self._listen)
            if self.tables_changed:
                self._begin_anew()
            while [one for one, _, _ in self.standing] != wanted[: len(self.standing)]:
                self._take_back()
            for place in wanted[len(self.standing) :]:
                self._build(place)

    def holds(self, build: Build) -> bool:
        return any(one.build is build for one, _, _ in self.standing)

    def copy_of(self, build: Build) -> Any:
        """Unpickled: a fifth of what copying each object in Python takes."""
        made = next(made for one, made, _ in self.standing if one.build is build)
        return pickle.loads(made)  # noqa: S301  our own

    def _build(self, place: Place) -> None:
        inside = transaction.atomic()
        inside.__enter__()
        try:
            made = place.build(*(self.copy_of(one.build) for one in place.on))
            self.standing.append((place, pickle.dumps(made), inside))
        except BaseException:
            transaction.set_rollback(True)  # or every test after it would find half of a place
            inside.__exit__(None, None, None)
            raise

    def _listen(self, execute: Callable[..., Any], sql: object, *more: Any) -> Any:
        if str(sql).startswith(("CREATE", "DROP", "ALTER")):
            self.tables_changed = True
        return execute(sql, *more)

    def _begin_anew(self) -> None:
        """Inside a transaction in which tables were changed, SQLite reads them all again after each test."""
        while self.standing:
            self._take_back()
        self.tables_changed = False

    def _take_back(self) -> None:
        inside = self.standing.pop()[2]
        transaction.set_rollback(True)
        inside.__exit__(None, None, None)
