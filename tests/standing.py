"""Places that many tests begin with, built once for all of them and taken back after the last.

A nursery takes a third of a second to open through real actions, and nearly every test wants one. Tests that
want the same places therefore run one after the other, inside a transaction in which these stand; what a
test does on top of them is taken back after it. Tests that want none begin with an empty database, as ever.
"""

import copy
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

Build = Callable[[], Any]
COMMITS = {"transactional_db", "live_server"}


def built_once(build: Build) -> Any:
    """A fixture for what `build` makes in the database: a copy for each test, of the same rows."""

    def place(db: None, request: pytest.FixtureRequest) -> Any:
        ground = request.getfixturevalue("ground")
        return build() if ground is None else ground.copy_of(build)

    place.build = build  # type: ignore[attr-defined]
    return pytest.fixture(place)


def builds_of(item: pytest.Item) -> list[Build]:
    """What a test wants to find standing, always in the same order. Nothing, if it commits."""
    if not isinstance(item, pytest.Function) or commits(item):
        return []
    last = [found[-1].func for found in item._fixtureinfo.name2fixturedefs.values()]
    return sorted({one.build for one in last if hasattr(one, "build")}, key=_order)


def touches_the_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool({"db", *COMMITS} & names or item.get_closest_marker("django_db"))


def together(items: list[pytest.Item]) -> None:
    """Put tests that want the same places side by side, and those that commit at the end."""
    items.sort(key=lambda item: (commits(item), [_order(one) for one in builds_of(item)]))


def _order(build: Build) -> tuple[str, int]:
    return build.__module__, build.__code__.co_firstlineno


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool(COMMITS & set(getattr(item, "fixturenames", ())))


class Ground:
    """The places that stand now, each in a transaction inside the one before."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self.blocker = blocker
        self.standing: list[tuple[Build, Any, transaction.Atomic]] = []

    def keep(self, wanted: Sequence[Build]) -> None:
        """Take back what is not wanted, and build what is missing."""
        with self.blocker.unblock():
            while [one for one, _, _ in self.standing] != wanted[: len(self.standing)]:
                self._take_back()
            for build in wanted[len(self.standing) :]:
                self._build(build)

    def copy_of(self, build: Build) -> Any:
        return copy.deepcopy(next(made for one, made, _ in self.standing if one is build))

    def _build(self, build: Build) -> None:
        inside = transaction.atomic()
        inside.__enter__()
        try:
            self.standing.append((build, build(), inside))
        except BaseException:
            transaction.set_rollback(True)  # or every test after it would find half of a place
            inside.__exit__(None, None, None)
            raise

    def _take_back(self) -> None:
        inside = self.standing.pop()[2]
        transaction.set_rollback(True)
        inside.__exit__(None, None, None)
