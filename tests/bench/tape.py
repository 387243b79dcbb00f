"""Notes what a page asks of the database and what it renders, and does just that again: the bare page.

A page is rehearsed inside a transaction that is rolled back, so that what it was about to write can
then be written by the bare statements alone, and counts the same: one commit for each of its commits.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.db import connection, transaction
from django.template.base import Template
from django.template.context import Context

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
WRITES = ("INSERT", "UPDATE", "DELETE")
BEGIN, END = "begin", "end"  # where the page's own outermost transactions stood


@dataclass(frozen=True)
class Statement:
    sql: str
    params: Any
    many: bool

    @property
    def is_control(self) -> bool:
        return self.sql.startswith(CONTROL)

    @property
    def is_write(self) -> bool:
        return self.sql.startswith(WRITES)


@dataclass
class Tape:
    """One rehearsed page: its statements in order, and its templates with what they were given."""

    lines: list[Statement | str] = field(default_factory=list)
    renders: list[tuple[Template, dict[str, Any]]] = field(default_factory=list)
    depth: int = 0  # of transactions
    inside: int = 0  # of templates

    @property
    def statements(self) -> list[Statement]:
        """Without those that only open and end transactions."""
        return [one for one in self.lines if isinstance(one, Statement) and not one.is_control]

    @property
    def writing_transactions(self) -> int:
        """Commits that have to reach the disk."""
        count, open_, wrote = 0, False, False
        for line in self.lines:
            if isinstance(line, str):
                count += line == END and wrote
                open_, wrote = line == BEGIN, False
            elif line.is_write and open_:
                wrote = True
            else:
                count += line.is_write
        return count

    def play(self) -> int:
        """Do the same again with a bare cursor and bare templates. Returns the characters rendered."""
        with ExitStack() as transactions:
            for line in self.lines:
                if line == BEGIN:
                    transactions.enter_context(transaction.atomic())
                elif line == END:
                    transactions.pop_all().close()
                elif isinstance(line, Statement):
                    _execute(line)
        return sum(len(template.render(Context(given))) for template, given in self.renders)


def _execute(line: Statement) -> None:
    with connection.cursor() as cursor:
        if line.many:
            cursor.executemany(line.sql, line.params)
        else:
            cursor.execute(line.sql, line.params)
        if cursor.description:
            cursor.fetchall()


@contextmanager
def rehearsing() -> Iterator[Tape]:
    """Note all that happens inside, then take back whatever it wrote."""
    tape = Tape()
    with (
        transaction.atomic(),
        mock.patch.object(transaction.Atomic, "__enter__", _entering(tape)),
        mock.patch.object(transaction.Atomic, "__exit__", _leaving(tape)),
        mock.patch.object(Template, "_render", _rendering(tape)),
        connection.execute_wrapper(_listening(tape)),
    ):
        yield tape
        transaction.set_rollback(True)


def _listening(tape: Tape) -> Callable[..., Any]:
    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        params = list(params) if many else params
        statement = Statement(sql, params, many)
        # The rehearsal's own transaction turns a page's outermost one into a savepoint: not noted.
        if not (statement.is_control and tape.depth <= 1):
            tape.lines.append(statement)
        return execute(sql, params, many, context)

    return listen


def _entering(tape: Tape) -> Callable[..., Any]:
    real = transaction.Atomic.__enter__

    def enter(atomic: Any) -> None:
        if tape.depth == 0:
            tape.lines.append(BEGIN)
        tape.depth += 1
        real(atomic)

    return enter


def _leaving(tape: Tape) -> Callable[..., Any]:
    real = transaction.Atomic.__exit__

    def leave(atomic: Any, *error: Any) -> None:
        real(atomic, *error)
        tape.depth -= 1
        if tape.depth == 0:
            tape.lines.append(END)

    return leave


def _rendering(tape: Tape) -> Callable[..., Any]:
    real = Template._render  # type: ignore[attr-defined]  # Django's tests take it as well

    def render(template: Template, context: Any) -> Any:
        if tape.inside == 0:
            tape.renders.append((template, context.flatten()))
        tape.inside += 1
        try:
            return real(template, context)
        finally:
            tape.inside -= 1

    return render
