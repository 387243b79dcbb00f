"""How many rows of a list are written so far, for the page that waits.

All of them are one transaction, and on SQLite nothing else can write meanwhile: so the two numbers stand
in a file beside the files people add, and nothing else does.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.conf import settings

Row = TypeVar("Row")
BATCH = 500


@dataclass
class Count:
    """Counts what is written, and says so to whoever is told."""

    total: int = 0
    written: int = 0
    tell: Callable[[int, int], None] = lambda _written, _total: None

    def in_batches(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        """The rows, some hundreds at a time; each part counts once it is written."""
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            yield part
            self.add(len(part))

    def add(self, rows: int) -> None:
        self.written += rows
        self.tell(self.written, self.total)


@contextmanager
def counted(asked: UUID) -> Iterator[Count]:
    """A count that others can read until it is over, however it ends."""
    place = _place_of(asked)

    def tell(written: int, total: int) -> None:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = place.with_suffix(".part")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{written} {total}")
        beside.replace(place)  # whoever reads finds two whole numbers

    try:
        yield Count(tell=tell)
    finally:
        place.unlink(missing_ok=True)


def so_far(asked: UUID) -> tuple[int, int] | None:
    """How many rows are written, of how many; None before the first and after the last."""
    with suppress(OSError, ValueError):
        written, total = map(int, _place_of(asked).read_text(encoding="ascii").split())
        return written, total
    return None


def _place_of(asked: UUID) -> Path:
    return Path(settings.FILES) / "lists" / asked.hex
