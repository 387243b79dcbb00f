"""Two people at one moment, each with a connection of their own: on PostgreSQL, which lets both begin."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from django.db import connection, transaction

A_MOMENT = 1.0  # until the second one stands where it has to wait


@contextmanager
def in_the_moment_of(second: Callable[[], object]) -> Iterator[list[Exception]]:
    """What is done within is on record only after the second one began. What the second one met."""
    met = list[Exception]()
    thread = Thread(target=_run, args=[second, met])
    with transaction.atomic():
        yield met
        thread.start()
        thread.join(A_MOMENT)
    thread.join()


def at_once(*acts: Callable[[], object]) -> list[Exception]:
    """Do these from threads of their own. What they met."""
    met = list[Exception]()
    threads = [Thread(target=_run, args=[act, met]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def _run(act: Callable[[], object], met: list[Exception]) -> None:
    try:
        act()
    except Exception as error:
        met.append(error)
    finally:
        connection.close()
