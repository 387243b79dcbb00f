"""Runs each page and its bare twin by turns, on every ground, and says how they compare."""

import gzip
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.db import connection
from django.urls import clear_script_prefix, get_urlconf, set_script_prefix, set_urlconf

from foundation.frames import room_for_frames

from .filling import say
from .grounds import Ground
from .pages import Page
from .tape import Tape, rehearsing

WARM = 3
RUNS = 30
FEWEST = 5
LONGEST = 60.0  # seconds for one page on both grounds; a slow one is run less often
MOST_QUERIES, MOST_GROWTH, MOST_OVER_BARE = 12, 1.2, 1.5


@dataclass
class Course:
    """What one page did on one ground, run after run."""

    page: Page
    ground: Ground
    whole: list[float] = field(default_factory=list)  # milliseconds
    busy: list[float] = field(default_factory=list)  # of these, by which ratios are judged
    bare: list[float] = field(default_factory=list)  # the same of the twin
    tapes: list[Tape] = field(default_factory=list)
    body: bytes = b""

    def run(self, *, bare_first: bool) -> None:
        """The page and its bare twin, each against the clock."""
        self.ground.use()
        for turn in (self._bare, self._whole) if bare_first else (self._whole, self._bare):
            turn()

    def _whole(self) -> None:
        began, before = time.perf_counter(), busy()
        answer = self.page.visit()
        self.whole.append((time.perf_counter() - began) * 1000)
        self.busy.append((busy() - before) * 1000)
        self.body = answer.content

    def _bare(self) -> None:
        with rehearsing() as tape:
            self.page.visit()
        self.tapes.append(tape)
        set_script_prefix("/at/sunflowers/")
        before = get_urlconf()
        set_urlconf("config.setting_urls")
        try:
            began = busy()
            room_for_frames(tape.play)()  # as a page has it
            self.bare.append((busy() - began) * 1000)
        finally:
            set_urlconf(before)
            clear_script_prefix()

    def forget(self) -> None:
        """What went before only warmed it up."""
        for past in (self.whole, self.busy, self.bare, self.tapes):
            past.clear()

    @property
    def queries(self) -> int:
        """Of the usual run: now and then the session notes its last use with one more."""
        return _usual(len(tape.statements) for tape in self.tapes)

    @property
    def transactions(self) -> int:
        return _usual(tape.writing_transactions for tape in self.tapes)

    def figures(self) -> dict[str, Any]:
        return {
            "runs": len(self.whole),
            "median_ms": round(median(self.whole), 2),
            "p95_ms": round(quantiles(self.whole, n=20)[-1], 2),
            "busy_ms": round(median(self.busy), 2),
            "bare_busy_ms": round(median(self.bare), 2),
            "ratio_to_bare": round(to_each_other(self.busy, self.bare), 2),
            "queries": self.queries,
            "writing_transactions": self.transactions,
            "bytes": len(self.body),
            "bytes_compressed": len(gzip.compress(self.body, 6)),
        }


def to_each_other(ones: Sequence[float], others: Sequence[float]) -> float:
    """The usual ratio of two that ran side by side: each time the machine was as quick for both."""
    return median(one / other for one, other in zip(ones, others, strict=True))


def busy() -> float:
    """Processor time, since others use the machine too; with that of PostgreSQL, which serves us."""
    return time.process_time() + (_servers() if connection.vendor == "postgresql" else 0)


def _servers() -> float:
    """Of the one process there that answers this connection: Linux counts it to the nanosecond."""
    connection.ensure_connection()
    process = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(process.read_text().split()[0]) / 1_000_000_000


def _usual(counts: Any) -> int:
    return int(Counter(counts).most_common(1)[0][0])


def compare(pages: Sequence[Page], grounds: Sequence[Ground]) -> list[Any]:
    """Measure each page on a small and a large ground by turns."""
    results = []
    for page in pages:
        courses = [Course(page, ground) for ground in grounds]
        _warm(courses)
        began = time.monotonic()
        for run in range(RUNS):
            if run >= FEWEST and time.monotonic() - began > LONGEST:
                break
            for course in courses:
                course.run(bare_first=bool(run % 2))
        results.append(_result(*courses))
        ours = results[-1]
        say(f"  {page.name}: {ours['busy_ms']} ms, {ours['ratio_to_bare']} times its bare twin")
    return results


def _warm(courses: Sequence[Course]) -> None:
    for course in courses:
        for _ in range(WARM):
            course.run(bare_first=True)
        course.forget()


def _result(small: Course, large: Course) -> dict[str, Any]:
    ours, theirs = small.figures(), large.figures()
    growth = round(to_each_other(large.busy, small.busy), 2)
    grown = {"concerns": large.ground.concerns, "ratio": growth, **theirs}
    found = {"page": small.page.name, **ours, "growth": grown}
    return {**found, "broken": broken(found, is_filing=small.page.is_filing)}


def broken(found: dict[str, Any], *, is_filing: bool) -> list[str]:
    """The budgets this page does not keep. Seconds are no budget: they belong to the machine."""
    grown = found["growth"]
    most = {
        f"at most {MOST_QUERIES} queries": is_filing or found["queries"] <= MOST_QUERIES,
        "as many queries in a larger table": found["queries"] == grown["queries"],
        f"at most {MOST_GROWTH} times the time in a larger table": grown["ratio"] <= MOST_GROWTH,
        f"at most {MOST_OVER_BARE} times the time of the bare page": (
            is_filing or found["ratio_to_bare"] <= MOST_OVER_BARE
        ),
        "one transaction": not is_filing or found["writing_transactions"] == 1,
    }
    return [budget for budget, kept in most.items() if not kept]
