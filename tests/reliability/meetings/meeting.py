"""Two people act in the same moment on PostgreSQL, and what comes of it is what one after the other leaves.

The first is held just before one of its locks or writes, or before its commit; the second then goes as far
as it can, to its end or until it waits for the first; then the first goes on. Whatever they meet on the way,
the nursery must be left as if one of them had come wholly before the other: the same acts done or refused,
and the same rows, but for ids and seconds. That is what finds a lost update, or a line on a closed case.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from threading import Event, Thread
from typing import Any

import time_machine
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from demo.cast import find_nursery
from foundation import fence
from foundation.errors import RuleBroken
from safeguarding.audit.verify import verify
from tests.architecture.acting import Act, Here
from tests.architecture.examples import Examples
from tests.at_once import waits_for_a_lock

from .rows import Rows, State

DONE, REFUSED = "done", "refused"
REFUSALS = (RuleBroken, PermissionDenied, Http404, ValidationError)
# What makes somebody wait, or keeps others waiting.
HOLDS = re.compile(r"INSERT|UPDATE|DELETE|SELECT.* FOR (NO KEY )?UPDATE|.*advisory", re.DOTALL)
CHANGES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
AT_MOST = 30.0  # seconds until two who wait for each other are given up
A_TURN = 0.005
AT_THE_COMMIT = (
    -1
)  # where the first one stops, rather than before its first, second, … lock or write

Group = Callable[[Here], dict[str, Act]]


class Gone:
    """Stands for what an earlier act took away: whoever opens it is told 404, as by a page."""

    def __getattr__(self, name: str) -> Any:
        raise Http404


class Later(Here):
    """The nursery as the next request finds it, in which an example may be gone."""

    def __init__(self, at: Examples) -> None:
        super().__init__(replace(at, nursery=find_nursery(at.nursery.setting.slug)))

    def the(self, model: Any, name: str) -> Any:
        try:
            return super().the(model, name)
        except ObjectDoesNotExist:
            return Gone()

    def of(self, model: Any, address: str, name: str) -> Any:
        try:
            return super().of(model, address, name)
        except ObjectDoesNotExist:
            return Gone()


@dataclass(frozen=True)
class Named:
    """One act of a group on one of the things it is about; everybody who does it finds it anew."""

    group: Group
    name: str
    of: str = ""

    def __str__(self) -> str:
        return f"{self.group.__name__}/{self.name}" + (f" of the {self.of}" if self.of else "")

    def found(self, at: Examples) -> Act:
        ids = at.ids | at.of_one_address.get(self.of, {})
        return self.group(Later(replace(at, ids=ids))).get(self.name, _is_gone)


def _is_gone() -> None:
    raise Http404


@dataclass(frozen=True)
class Came:
    """What came of two acts: how each ended, and which rows are other than before."""

    ends: tuple[str, str]
    state: State


@dataclass(frozen=True)
class Orders:
    """What comes of two acts one after the other, in both orders."""

    came: tuple[Came, Came]
    holds: int  # how many statements of the first hold or change something, when it comes first

    @property
    def is_idle(self) -> bool:
        """Whether both are refused whatever happens, so that they cannot meet."""
        return all(one.ends == (REFUSED, REFUSED) for one in self.came)


def ended(act: Callable[[], object]) -> str:
    """Do it, whole or not at all. How it ended."""
    try:
        with transaction.atomic():
            act()
    except REFUSALS:
        return REFUSED
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return DONE


class Listening:
    """Notes which tables are written; stops once, just before a statement that holds something."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.stop_at, self.held = stop_at, 0
        self.tables: set[str] = set()
        self.there, self.may_go_on = Event(), Event()

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any
    ) -> Any:
        if HOLDS.match(str(sql)):
            self.come_to(self.held)
            self.held += 1
            self.tables.update(CHANGES.findall(str(sql)))
        return execute(sql, params, many, context)

    def come_to(self, place: int) -> None:
        if place == self.stop_at:
            self.there.set()
            self.may_go_on.wait(AT_MOST)


class Party(Thread):
    """Somebody with a connection of their own, who has opened the page and acts when told."""

    def __init__(self, act: Named, at: Examples, stop_at: int | None = None) -> None:
        super().__init__(daemon=True)
        self.act, self.at = act, at
        self.hears = Listening(stop_at)
        self.ready, self.may_begin = Event(), Event()
        self.end, self.pid = "", 0

    def run(self) -> None:
        try:
            with fence.inside(self.at.nursery.setting.pk):
                self._act()
        except Exception as error:
            self.end = f"{type(error).__name__}: {error}"
        finally:
            self.ready.set()
            self.hears.there.set()
            connection.close()

    def _act(self) -> None:
        act = self.act.found(self.at)
        self.pid = connection.connection.info.backend_pid
        self.ready.set()
        self.may_begin.wait(AT_MOST)
        with connection.execute_wrapper(self.hears), self._stopping_before_the_commit():
            self.end = ended(act)

    @contextmanager
    def _stopping_before_the_commit(self) -> Iterator[None]:
        here: Any = connection
        commit = here._commit

        def committing() -> None:
            self.hears.come_to(AT_THE_COMMIT)
            commit()

        here._commit = committing
        try:
            yield
        finally:
            here._commit = commit


@dataclass
class Meeting:
    """A nursery in which two acts meet again and again, each time from the same start."""

    at: Examples
    rows: Rows = field(default_factory=Rows)

    @cached_property
    def start(self) -> datetime:
        """When every try begins."""
        later = timezone.localtime() + timedelta(minutes=10)
        return later.replace(second=0, microsecond=0)

    def orders(self, first: Named, second: Named) -> Orders:
        """One after the other, and the other way round. The ends are told as the two are named."""
        ends, holds, state = self._in_turn(first, second)
        others, _, other = self._in_turn(second, first)
        came = (Came((ends[0], ends[1]), state), Came((others[1], others[0]), other))
        return Orders(came, holds)

    def wrong(self, first: Named, second: Named, stop_at: int, orders: Orders) -> str:
        """What is wrong with how they met, in words; empty when nothing is."""
        came, problems = self.meet(first, second, stop_at)
        if problems or self._is_one_of(came, orders):
            return problems
        again = self.orders(first, second)  # what differs between these is drawn by lot
        for one, other in zip(orders.came, again.came, strict=True):
            self.rows.learn(one.state, other.state)
        return "" if self._is_one_of(came, orders) else self._told(came, orders)

    def _is_one_of(self, came: Came, orders: Orders) -> bool:
        alike = [one for one in orders.came if one.ends == came.ends]
        return any(self.rows.alike(came.state, one.state) for one in alike)

    def _told(self, came: Came, orders: Orders) -> str:
        lines = [f"They ended {came.ends}, which is no order of the two."]
        for one in orders.came:
            lines.append(f"One after the other {one.ends}:")
            lines += self.rows.differences(came.state, one.state)
        return "\n".join(lines)

    def _in_turn(self, *acts: Named) -> tuple[list[str], int, State]:
        """Do them from the start, each as a request of its own, and take all of it back."""
        hears, holds, ends = Listening(), 0, list[str]()
        with time_machine.travel(self.start), transaction.atomic():
            with fence.inside(self.at.nursery.setting.pk), connection.execute_wrapper(hears):
                for act in acts:
                    ends.append(ended(lambda act=act: act.found(self.at)()))  # type: ignore[misc]
                    holds = holds or hears.held
            state = self.rows.changed(hears.tables)
            transaction.set_rollback(True)
        return ends, holds, state

    def meet(self, first: Named, second: Named, stop_at: int) -> tuple[Came, str]:
        """Let them meet, look at what came of it, and put everything back."""
        with time_machine.travel(self.start):
            one, other = Party(first, self.at, stop_at), Party(second, self.at)
            self._go(one, other)
            if one.is_alive() or other.is_alive():
                raise RuntimeError("They wait for each other for ever.")
            tables = one.hears.tables | other.hears.tables
            state = self.rows.changed(tables)
            whole = verify(self.at.nursery.setting.pk)
            self.rows.put_back(tables)
        bad = [end for end in (one.end, other.end) if end not in {DONE, REFUSED}]
        if not whole.is_intact:
            bad.append(f"The trail: {whole.problems}")
        return Came((one.end, other.end), state), "\n".join(bad)

    def _go(self, one: Party, other: Party) -> None:
        for party in (one, other):
            party.start()
            party.ready.wait(AT_MOST)
        one.may_begin.set()
        one.hears.there.wait(AT_MOST)
        other.may_begin.set()
        until = time.perf_counter() + AT_MOST
        while other.is_alive() and not waits_for_a_lock(other.pid) and time.perf_counter() < until:
            other.join(A_TURN)
        one.hears.may_go_on.set()
        for party in (one, other):
            party.join(AT_MOST)


@contextmanager
def begun(at: Examples) -> Iterator[Meeting]:
    """As it stands here, each pair begins; until it is over."""
    meeting = Meeting(at)
    meeting.rows.keep()
    try:
        yield meeting
    finally:
        meeting.rows.forget()
