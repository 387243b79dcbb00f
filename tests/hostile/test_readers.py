"""Whatever is given to whatever of ours reads: it is read, or refused as that reader refuses (F29).

Most of the 20,000 inputs of each `bin/test`; the short form of `bin/fuzz --inputs 1000000`, which begins
where this ends. One in sixty goes through a page: `test_inputs.py`.
"""

import os
import random
import sys
import time
import traceback
from collections import Counter

import pytest

from . import kept, papers, readers
from .readers import Reader

FIRST = int(os.environ.get("FUZZ_FROM", "0"))
INPUTS = int(os.environ.get("FUZZ_READERS", "19700"))
READERS: dict[str, Reader] = {**readers.READERS, **papers.READERS, **kept.READERS}
SHARES = [one.share for one in READERS.values()]

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Fed:
    """What came of all of it: how often each reader took something, and what went wrong."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.spent: Counter[str] = Counter()
        self.wrong: list[str] = []

    def feed(self, seed: int) -> None:
        lot = random.Random(seed)  # noqa: S311  drawn again from its seed, not secret
        name = lot.choices([*READERS], SHARES)[0]
        began = time.process_time()
        try:
            READERS[name].feed(lot)
        except READERS[name].refuses:
            self.refused[name] += 1
        except Exception:
            self.wrong.append(f"seed {seed}, {name}:\n{traceback.format_exc(limit=-4)}")
        else:
            self.taken[name] += 1
        self.spent[name] += time.process_time() - began  # type: ignore[assignment]

    def said(self) -> str:
        """Shown by bin/fuzz."""
        lines = [
            f"  {name}: {self.taken[name]} read, {self.refused[name]} refused, {spent:.1f} s"
            for name, spent in self.spent.most_common()
        ]
        return "\n".join(
            [f"{INPUTS} inputs in {sum(self.spent.values()):.1f} s of CPU", *lines, ""]
        )


def test_whatever_is_given_is_read_or_refused() -> None:
    fed = Fed()
    for seed in range(FIRST, FIRST + INPUTS):
        fed.feed(seed)

    sys.stdout.write(fed.said())
    assert not fed.wrong, "\n".join(fed.wrong[:10])
    if INPUTS > 10_000:
        assert not {name for name in READERS if not fed.taken[name]} - {"a share"}, "read by none"
