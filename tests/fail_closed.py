"""Tries each action with a trail that cannot be written, before it is done for real (F19, F21).

As a plug-in, on whatever the tests call, which is the long form and says what was never tried:

    .venv/bin/python -m pytest -p tests.fail_closed -q

An act whose line cannot be written must raise and leave nothing behind; one that is done must have
written a line if it wrote anything.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.architecture.source import ROOT, Function, tree
from tests.architecture.test_actions import action_files

LINE = 'INSERT INTO "audit_entry"'
WRITES = ("INSERT", "UPDATE", "DELETE")
OURS = ("safeguarding", "demo", "tests")


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
        self.tried: set[str] = set()
        self.wrong: set[str] = set()
        self.stack: list[str] = []
        self.only_tries = False  # then nothing is done after it was tried
        self.at_rest: Sequence[int] = ()

    @property
    def untried(self) -> list[str]:
        return sorted(self.actions.keys() - self.tried)

    @contextmanager
    def standing(self) -> Iterator["Watch"]:
        with pytest.MonkeyPatch.context() as patch:
            names = {id(action): name for name, action in self.actions.items()}
            for module in list(sys.modules.values()):
                if getattr(module, "__name__", "").startswith(OURS):
                    for place, value in list(vars(module).items()):
                        if id(value) in names:
                            patch.setattr(module, place, self._guarded(names[id(value)], value))
            yield self

    def _guarded(self, name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(action)
        def guarded(**given: Any) -> Any:
            outermost, known = not self.stack, name in self.tried
            self.stack.append(name)
            try:
                if outermost and (self.only_tries or not known):
                    if done := self._tried(name, action, given):
                        return done[0]
                    if self.only_tries:
                        raise TrailFails("Only tried.")
                return self._done(name, action, given) if outermost else action(**given)
            finally:
                self.stack.pop()

        return guarded

    def _tried(self, name: str, action: Callable[..., Any], given: dict[str, Any]) -> list[Any]:
        """Do it with a trail that fails. Gives what it gave if it never came to the trail."""
        before = self._before()
        try:
            with (
                connection.execute_wrapper(self._failing),
                CaptureQueriesContext(connection) as sent,
            ):
                gave = action(**given)
        except TrailFails:
            if _everything() != before:
                self.wrong.add(f"{name}: left something behind")
            return []
        if _writes(sent):
            self.wrong.add(f"{name}: was done without its line")
        return [gave]

    def _before(self) -> Sequence[int]:
        """How much there is. Where nothing is ever done, that is asked once."""
        if not self.only_tries:
            return _everything()
        self.at_rest = self.at_rest or _everything()
        return self.at_rest

    def _failing(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any
    ) -> Any:
        if sql.startswith((LINE, LINE.replace('"', ""))):
            self.tried.update(self.stack)
            raise TrailFails("The disk is full.")
        return execute(sql, params, many, context)

    def _done(self, name: str, action: Callable[..., Any], given: dict[str, Any]) -> Any:
        with CaptureQueriesContext(connection) as sent:
            gave = action(**given)
        writes = _writes(sent)
        if writes and not any("audit_entry" in one for one in writes):
            self.wrong.add(f"{name}: wrote without a line")
        return gave


def _writes(sent: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in sent.captured_queries if one["sql"].startswith(WRITES)]


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


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for watch in _watch:
        tried, there = len(watch.tried), len(watch.actions)
        terminalreporter.write_line(f"{tried} of {there} actions were tried without a trail.")
        for one in [*watch.untried, *sorted(watch.wrong)]:
            terminalreporter.write_line(f"  {one}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if any(watch.wrong for watch in _watch):
        session.exitstatus = 1
