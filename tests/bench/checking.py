"""How long `verify` takes for a chain of many entries, in one process and in one for each core."""

import os
import resource
import time
from typing import Any

from django.db import connection

from safeguarding.audit.verify import verify

from . import long_trail
from .filling import say

FEW, MANY = 100_000, 1_000_000


def figures(entries: int) -> dict[str, Any]:
    """Seconds, and processor time: of a busy machine only the latter says something."""
    long_trail.fill(entries)
    connection.close()
    cores = os.cpu_count() or 1
    found = {f"{number}_processes": _measured(entries, number) for number in sorted({1, cores})}
    say(f"  verify of {entries:,} entries: {found}")
    return {"entries": entries, **found}


def _measured(entries: int, processes: int) -> dict[str, Any]:
    began, before = time.monotonic(), spent()
    report = verify(long_trail.SETTING, processes=processes)
    seconds, used = time.monotonic() - began, spent() - before
    assert report.is_intact
    assert report.entries == entries
    return {
        "seconds": round(seconds, 2),
        "processor_seconds": round(used, 2),
        "microseconds_an_entry": round(used / entries * 1_000_000, 2),
        "a_million_in_seconds": round(seconds / entries * 1_000_000, 2),
    }


def spent() -> float:
    """Processor time of this process and of those it made that are over."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in map(resource.getrusage, kinds))
