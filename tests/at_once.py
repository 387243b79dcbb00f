"""Two people at one moment, each with a connection of their own: on PostgreSQL, which lets both begin."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from django.db import connection, transaction

AT_MOST = 30.0  # seconds until the second one has ended, or stands where they have to wait
A_TURN = 0.02


@contextmanager
def in_the_moment_of(second: Callable[[], object]) -> Iterator[list[Exception]]:
    """What is done within is on record only after the second one began. What the second one met."""
    met, backends = list[Exception](), list[int]()

    def known_to_us() -> None:
        connection.ensure_connection()
        backends.append(connection.connection.info.backend_pid)
        second()

    thread = Thread(target=_run, args=[known_to_us, met])
    with transaction.atomic():
        yield met
        thread.start()
        until = time.perf_counter() + AT_MOST
        while thread.is_alive() and time.perf_counter() < until:
            thread.join(A_TURN)
            if backends and waits_for_a_lock(*backends):
                break
    thread.join()


def waits_for_a_lock(backend: int) -> bool:
    """Whether the server keeps this connection waiting for another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [backend])
        row: tuple[bool] = cursor.fetchone()
    return row[0]


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
