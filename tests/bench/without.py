"""The same build without column encryption, chain and row security: what the three of them cost (issue 4).

What stands here is reached from the bench alone: it puts do-nothing twins in the place of our own functions
while a page is measured, in this process, which serves nobody. What is written to the trail meanwhile goes to
a table without a chain, so that the chain of the measured database stays whole.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from statistics import median
from typing import Any
from unittest import mock

from django.db import connection

from foundation import encrypted
from foundation.encrypted import Sealed
from foundation.postgres import base as on_postgres
from foundation.postgres.kept import Kept
from safeguarding.audit import contents, trail
from safeguarding.audit.chain import GENESIS
from safeguarding.audit.models import ChainHead, Entry

from .filling import say
from .measure import busy, to_each_other
from .pages import Page

RUNS, WARM = 30, 3
MOST_OF_A_PAGE, MOST_OF_FILING_MS = 1.15, 2.0
MEASURED = {"today", "cases, 50 of all", "one case", "its chronology, 100 of 400", "filing"}
PLAIN = (  # a trail that is no chain: the same columns and indexes, and no triggers
    "CREATE TABLE bench_entry AS SELECT * FROM audit_entry LIMIT 0",
    "CREATE UNIQUE INDEX bench_1 ON bench_entry (id)",
    "CREATE UNIQUE INDEX bench_2 ON bench_entry (setting_id, seq)",
    "CREATE INDEX bench_3 ON bench_entry (setting_id, subject_id)",
    "CREATE INDEX bench_4 ON bench_entry (setting_id, at)",
)

_opened: dict[tuple[str, str], str] = {}  # what was opened once needs no key any more


def figures(pages: list[Page]) -> list[dict[str, Any]]:
    """Processor time of each page with and without, by turns."""
    say("The same pages without encryption, chain and row security …")
    with connection.cursor() as cursor:
        for statement in PLAIN:
            cursor.execute(statement)
        found = [_compared(page) for page in pages if page.name in MEASURED]
        cursor.execute("DROP TABLE bench_entry")
    return found


def _compared(page: Page) -> dict[str, Any]:
    whole: list[float] = []
    bare: list[float] = []
    for run in range(-WARM, RUNS):
        for times, how in _in_turn(run, whole, bare):
            with how() if how else ExitStack():
                began = busy()
                page.visit()
                times.append((busy() - began) * 1000)
    return _result(page, whole[WARM:], bare[WARM:])


def _in_turn(run: int, whole: list[float], bare: list[float]) -> list[Any]:
    both: list[Any] = [(whole, None), (bare, switched_off)]
    return both[:: 1 if run % 2 else -1]


def _result(page: Page, whole: list[float], bare: list[float]) -> dict[str, Any]:
    ratio = round(to_each_other(whole, bare), 2)
    more = round(median(one - other for one, other in zip(whole, bare, strict=True)), 2)
    kept = page.is_filing or ratio <= MOST_OF_A_PAGE
    say(f"  {page.name}: {ratio} times, {more} ms more")
    return {
        "page": page.name,
        "processor_ms": round(median(whole), 2),
        "without_ms": round(median(bare), 2),
        "ratio": ratio,
        "more_ms": more,
        "broken": [] if kept else [f"at most {MOST_OF_A_PAGE} times the page without safeguards"],
    }


@contextmanager
def switched_off() -> Iterator[None]:
    """Do-nothing twins in the place of the three."""
    twins: list[tuple[Any, str, Any]] = [
        (encrypted, "_sealed", _not_sealed),
        (Sealed, "opened", _opened_before),
        (trail, "next_link", lambda *_: GENESIS),
        (trail, "_sealed", lambda *_: GENESIS),
        (trail, "_locked_head", _some_place),
        (contents, "commit_to", lambda *_: ""),
        (trail, "_INSERT", trail._INSERT.replace(Entry._meta.db_table, "bench_entry", 1)),
        (on_postgres.Cursor, "_to_say", lambda _: ""),
        (Kept, "name", lambda one, _: f"bare_{one._number}"),  # a plan without policies, also kept
    ]
    with ExitStack() as stack:
        for where, name, twin in twins:
            stack.enter_context(mock.patch.object(where, name, twin))
        yield


def _not_sealed(row: Any, field: Any, text: str) -> Sealed:
    stored = f"{encrypted.MARK}.0.{text}"
    _opened[stored, encrypted.about(row, field)] = text
    return Sealed(stored)


_really: Callable[..., str] = Sealed.opened


def _opened_before(value: Sealed, key: bytes, about: str) -> str:
    said = (value.stored, about)
    if said not in _opened:
        _opened[said] = _really(value, key, about)
    return _opened[said]


_places = count()


def _some_place(setting_id: Any) -> ChainHead:
    return ChainHead(setting_id=setting_id, seq=next(_places), link=GENESIS)
