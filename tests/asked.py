"""Which tests the second database has to run: those that ask it something others do not ask it.

The first run notes the statements of every test, without their values, and why the database refused any.
In the second, each statement is asked, and each refusal met, by at least as many tests as ENOUGH; and nothing
is left out that commits or that costs next to nothing. Which tests these are is worked out anew each time, so
that a new statement is never left out (ADR 0039).

A look at one table, such as tests themselves take at the end, asks no more than its parts do: the table, each
column that comes out, each condition, each order. Of a query that joins or looks beside, the columns and the
order count apart; what it joins and looks for counts as one.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection

from tests import standing

ENOUGH = 1  # tests for each statement
CHEAP = 0.015  # seconds of processor time
VALUES = re.compile(r"\((?:%s|NULL|DEFAULT)(?:, (?:%s|NULL|DEFAULT))*\)")
ROWS = re.compile(r"\(%s\)(?:, \(%s\))+")
COLUMN = r'"\w+"\."\w+"'
# What comes out, where that is columns, a number, or whether there is any; and where from.
LOOK = re.compile(
    rf'SELECT ((?:{COLUMN}(?: AS "\w+")?(?:, )?)+|COUNT\(\*\) AS "__count"|%s AS "a") (FROM .*)',
    re.DOTALL,
)
ORDER = re.compile(rf" ORDER BY ((?:{COLUMN} (?:ASC|DESC)(?:, )?)+)$")
LIMIT = re.compile(r" LIMIT \d+(?: OFFSET \d+)?$")
CONDITION = rf"(?:NOT )?{COLUMN}(?: (?:=|<|>|<=|>=) %s| IN \(%s\)| IS NULL| IS NOT NULL)?"
ONE_TABLE = re.compile(rf'(FROM "\w+")(?: WHERE \(?({CONDITION}(?: AND {CONDITION})*)\)?)?$')
WHOLE = ("GROUP BY", "UNION")  # there what comes out belongs to the rest
POINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SET ")


@dataclass
class Asked:
    """The parts of what one test asked, each refusal with its reason, and what it cost."""

    seconds: float = 0.0
    parts: set[str] = field(default_factory=set)


@lru_cache(maxsize=10_000)
def shape_of(statement: str) -> str:
    """A statement however many values stand in its lists."""
    return ROWS.sub("(%s)", VALUES.sub("(%s)", statement))


@lru_cache(maxsize=10_000)
def parts_of(statement: str) -> frozenset[str]:
    """What a statement asks of a database: itself, or, for a look at something, its parts."""
    shape = shape_of(statement)
    look = LOOK.fullmatch(shape)
    if look is None or any(word in shape for word in WHOLE):
        return frozenset({shape})
    columns, rest = look[1], LIMIT.sub("", look[2])
    parts = {f"comes out: {one}" for one in columns.split(", ")}
    if order := ORDER.search(rest):
        rest = rest[: order.start()]
        parts |= {f"order: {one}" for one in order[1].split(", ")}
    if plain := ONE_TABLE.fullmatch(rest):
        conditions = plain[2].split(" AND ") if plain[2] else []
        return frozenset(parts | {plain[1]} | {f"where: {one}" for one in conditions})
    return frozenset(parts | {rest})


class Noting:
    """A plugin that notes what each test asks, and keeps it in a file at the end."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.now = Asked()
        self.notes: dict[str, Asked] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self.now = self.notes[item.nodeid] = Asked()
        if self._listen not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._listen)
        began = time.process_time()
        done = yield
        self.now.seconds = time.process_time() - began
        return done

    def _listen(self, execute: Callable[..., Any], sql: object, *more: Any) -> Any:
        statement = str(sql)
        if not statement.startswith(POINTS):
            self.now.parts |= parts_of(statement)
        try:
            return execute(sql, *more)
        except DatabaseError as refusal:
            self.now.parts.add(f"{refusal!r} to {shape_of(statement)}")
            raise

    def pytest_sessionfinish(self) -> None:
        numbers: dict[str, int] = {}
        notes = {
            name: (
                round(one.seconds, 4),
                [numbers.setdefault(each, len(numbers)) for each in sorted(one.parts)],
            )
            for name, one in self.notes.items()
        }
        self.file.write_text(json.dumps(notes), encoding="utf-8")


def needed(notes: dict[str, tuple[float, list[int]]]) -> set[str]:
    """The names of tests that together ask everything: the dearest that add nothing are left out."""
    kept = {name for name, (cost, _) in notes.items() if cost < CHEAP}
    asked = Counter(each for name in kept for each in notes[name][1])
    dearest_first = sorted(set(notes) - kept, key=lambda name: -notes[name][0])
    asked.update(each for name in dearest_first for each in notes[name][1])
    for name in dearest_first:
        parts = notes[name][1]
        if all(asked[each] > ENOUGH for each in parts):
            asked.subtract(parts)
        else:
            kept.add(name)
    return kept


@cache
def files_of(notes: Path) -> frozenset[str]:
    return frozenset(name.partition("::")[0] for name in json.loads(notes.read_text("utf-8")))


def has_tests_in(file: Path, root: Path, notes: Path) -> bool:
    """Whether a file may have tests for the second database: noted ones, or some of its own."""
    return (
        not notes.is_file()
        or file.relative_to(root).as_posix() in files_of(notes)
        or "postgresql" in file.read_text(encoding="utf-8")
    )


def choose(items: list[pytest.Item], file: Path) -> list[pytest.Item]:
    """Leave out what need not run again. Gives what was left out."""
    if not file.is_file():
        return []
    notes = json.loads(file.read_text(encoding="utf-8"))
    known, kept = set(notes), needed(notes)
    left_out = [one for one in items if one.nodeid in known - kept and not _always(one)]
    items[:] = [one for one in items if one not in set(left_out)]
    return left_out


def _always(item: pytest.Item) -> bool:
    return standing.commits(item) or item.get_closest_marker("postgresql") is not None
