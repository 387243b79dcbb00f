"""Tries each action with a trail that cannot be written, before it is done for real (F19, F21).

As a plug-in, on whatever the tests call, which is the long form and says what was never tried:

    .venv/bin/python -m pytest -p tests.fail_closed -q

An act whose line cannot be written must raise and leave nothing behind; one that is done must have
written a line if it wrote anything.
"""

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.db.models import Model

from tests.architecture.addresses import inside
from tests.architecture.source import ROOT, Function, tree
from tests.architecture.test_actions import action_files

LINE = 'INSERT INTO "audit_entry"'
WRITES = ("INSERT", "UPDATE", "DELETE")
OURS = ("safeguarding", "demo", "tests")
LEFT_OUT = {
    "tests/journeys",
    "tests/architecture/test_fail_closed.py",
    "tests/test_bench_without.py",
    "tests/test_two_worlds_time.py",
    "demo/tests/test_pages.py",
}


class TrailFails(OperationalError):  # noqa: N818  reads as a sentence
    """What a database says that takes nothing more."""


def all_actions() -> dict[str, Callable[..., Any]]:
    """Every action there is, by its place and name."""
    found = {}
    for path in action_files():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in tree(path).body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                found[f"{module}.{node.name}"] = getattr(import_module(module), node.name)
    return found


class Watch:
    """Stands before every action, wherever its name was imported to."""

    def __init__(self) -> None:
        self.actions = all_actions()
        self.by_code = {inspect.unwrap(one).__code__: name for name, one in self.actions.items()}
        self.tried: set[str] = set()
        self.done: set[tuple[str, ...]] = set()  # having been tried at each of its lines
        self.wrong: set[str] = set()
        self.is_in_one = False
        self.only_tries = False  # then nothing is done after it was tried
        self.at_rest: Sequence[int] = ()

    @property
    def untried(self) -> list[str]:
        return sorted(self.actions.keys() - self.tried)

    @contextmanager
    def standing(self) -> Iterator["Watch"]:
        inside()  # every page is loaded: later it would find, and keep, what stands here
        with pytest.MonkeyPatch.context() as patch:
            names = {id(action): name for name, action in self.actions.items()}
            for module in list(sys.modules.values()):
                if getattr(module, "__name__", "").startswith(OURS):
                    for place, value in list(vars(module).items()):
                        if id(value) in names:
                            patch.setattr(module, place, self._guarded(names[id(value)], value))
                        elif isinstance(value, dict) and place.isupper():
                            self._guard_choices(patch, value, names)
            yield self

    def _guard_choices(
        self, patch: pytest.MonkeyPatch, choices: dict[Any, Any], names: dict[int, str]
    ) -> None:
        """What buttons do is listed: each may stand first in a row of things that belong together."""
        for choice, value in choices.items():
            row = value if isinstance(value, tuple) else (value,)
            if row and id(row[0]) in names:
                guarded = self._guarded(names[id(row[0])], row[0])
                does = (guarded, *row[1:]) if isinstance(value, tuple) else guarded
                patch.setitem(choices, choice, does)

    def _guarded(self, name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(action)
        def guarded(**given: Any) -> Any:
            if self.is_in_one:
                return action(**given)
            self.is_in_one = True
            try:
                return self._outermost(name, action, given)
            finally:
                self.is_in_one = False

        return guarded

    def _outermost(self, name: str, action: Callable[..., Any], given: dict[str, Any]) -> Any:
        """Do it after each of its lines has failed in turn: one act may contain others."""
        if self.only_tries:
            return self._attempt(name, action, given, failing=1)
        # What two people agreed to is done by one action, and is another each time.
        kind = (name, *(getattr(one, "kind", "") for one in given.values()))
        line = 0
        while True:
            line += 1
            try:
                gave = self._attempt(name, action, given, failing=line * (kind not in self.done))
            except TrailFails:
                continue
            if line > 1:  # otherwise there was nothing to do
                self.done.add(kind)
            return gave

    def _attempt(
        self, name: str, action: Callable[..., Any], given: dict[str, Any], *, failing: int
    ) -> Any:
        """Do it with a trail that fails at this line; with none, whole."""
        before = self._before() if failing else ()
        trail, as_given = Failing(self, failing), _as_they_are(given)
        try:
            with connection.execute_wrapper(trail):
                gave = action(**given)
        except TrailFails:
            if _everything() != before:
                self._is_wrong(f"{name}: left something behind")
            for one, values, beside in as_given:
                vars(one).update(values)
                one._state.fields_cache = beside
            raise
        if trail.written and not any("audit_entry" in one for one in trail.written):
            self._is_wrong(f"{name}: wrote without a line ({trail.written[0][:60]})")
        return gave

    def _is_wrong(self, what: str) -> None:
        self.wrong.add(f"{what}, in {os.environ.get('PYTEST_CURRENT_TEST', '')}")

    def fails(self, frame: FrameType | None) -> None:
        """Each action that is under way has been tried."""
        while frame is not None:
            if name := self.by_code.get(frame.f_code):
                self.tried.add(name)
            frame = frame.f_back

    def _before(self) -> Sequence[int]:
        """How much there is. Where nothing is ever done, that is asked once."""
        if not self.only_tries:
            return _everything()
        self.at_rest = self.at_rest or _everything()
        return self.at_rest


class Failing:
    """Lets every line of the trail through but one: with that, the disk is full."""

    def __init__(self, watch: Watch, line: int) -> None:
        self.watch, self.left = watch, line
        self.written: list[str] = []  # and not taken back
        self.before: dict[str, int] = {}  # how many were, by savepoint

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any
    ) -> Any:
        if sql.startswith((LINE, LINE.replace('"', ""))):
            self.left -= 1
            if self.left == 0:
                self.watch.fails(sys._getframe())
                raise TrailFails("The disk is full.")
        gave = execute(sql, params, many, context)
        if sql.startswith(WRITES):  # and was not refused
            self.written.append(sql)
        elif sql.startswith("SAVEPOINT"):
            self.before[sql.split()[-1]] = len(self.written)
        elif sql.startswith("ROLLBACK TO"):
            del self.written[self.before[sql.split()[-1]] :]
        return gave


def _as_they_are(given: dict[str, Any]) -> list[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """The records given, with what they hold: no transaction takes back what is only in memory."""
    records = [one for one in given.values() if isinstance(one, Model)]
    return [(one, dict(vars(one)), dict(one._state.fields_cache)) for one in records]


def _everything() -> Sequence[int]:
    """How many rows each of our tables has. One query."""
    tables = sorted({model._meta.db_table for model in apps.get_models()})
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)  # noqa: S608  our own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        row: Sequence[int] = cursor.fetchone()
    return row


# --- As a plug-in ---------------------------------------------------------------------------------
_watch: list[Watch] = []


@pytest.fixture(scope="session", autouse=True)
def every_trail_fails_first() -> Iterator[None]:
    """Only where this file is given as a plug-in: other tests do not import it."""
    with Watch().standing() as watch:
        _watch.append(watch)
        yield


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Browsers have a process of their own; the others count what is asked, or try each act themselves."""
    return True if collection_path.relative_to(ROOT).as_posix() in LEFT_OUT else None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for watch in _watch:
        tried, there = len(watch.tried), len(watch.actions)
        terminalreporter.write_line(f"{tried} of {there} actions were tried without a trail.")
        for one in [*watch.untried, *sorted(watch.wrong)]:
            terminalreporter.write_line(f"  {one}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if any(watch.wrong for watch in _watch):
        session.exitstatus = 1
