"""On PostgreSQL, what a test asks the product to do is done behind the second fence, as where it is run.

Pages, and jobs that the worker runs, say themselves where they are. An action, a task or a command that
a test calls by its name would else be done as whoever owns the tables, who sees and may do everything: an
action that reads another setting's row, or a task that forgot to go inside, would pass. What a test
arranges by hand, and what it looks at afterwards, still stands on no side.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from types import CellType, FunctionType
from typing import Any

from django.core.management import BaseCommand
from django.db.transaction import Atomic
from django_tasks.base import Task

from foundation import fence
from foundation.jobs.worker import Worker
from manage import AS_OWNER

Way = Callable[..., AbstractContextManager[None]]


def begin() -> None:
    """From now on. Everything is loaded by now."""
    for cell in _bodies_of_actions():
        cell.cell_contents = _going(cell.cell_contents, _inside_its_setting)
    for owner, name in ((Task, "call"), (Worker, "run_one")):
        setattr(owner, name, _going(getattr(owner, name), _outside))
    BaseCommand.execute = _going(BaseCommand.execute, _as_started)  # type: ignore[method-assign]


def _bodies_of_actions() -> Iterator[CellType]:
    """Where each transaction of an action keeps what it is around: so every name for the action has it."""
    for module, held in list(sys.modules.items()):
        if not module.startswith("safeguarding.") or ".actions" not in module:
            continue
        for one in vars(held).values():
            if isinstance(one, FunctionType) and one.__module__ == module:
                cells = dict(zip(one.__code__.co_freevars, one.__closure__ or (), strict=True))
                if "func" in cells and isinstance(cells["self"].cell_contents, Atomic):
                    yield cells["func"]


def _going(body: Callable[..., Any], way: Way) -> Callable[..., Any]:
    @wraps(body)
    def going(*args: Any, **named: Any) -> Any:
        if fence.here() != fence.OWNER:
            return body(*args, **named)
        with way(*args, **named):
            return body(*args, **named)

    return going


def _inside_its_setting(*_args: Any, **named: Any) -> AbstractContextManager[None]:
    """That of whoever does it."""
    by = named.get("by")
    return fence.inside(by.setting_id) if by is not None else nullcontext()


def _outside(*_args: Any, **_named: Any) -> AbstractContextManager[None]:
    return fence.outside()


def _as_started(command: BaseCommand, *_args: Any, **_named: Any) -> AbstractContextManager[None]:
    """As manage.py starts it."""
    name = type(command).__module__.rpartition(".")[2]
    return nullcontext() if name in AS_OWNER or not ours(command) else fence.outside()


def ours(command: BaseCommand) -> bool:
    return not type(command).__module__.startswith("django.")
