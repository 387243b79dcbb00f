"""F40: whatever people do and whatever happens to them, the rules hold after it.

A few runs here; `bin/simulate --seeds 1000 --steps 200` makes many.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, rmtree
from unittest import mock

import pytest
import time_machine
from django.db import OperationalError, connections

from demo.cast import Nursery
from foundation import drop
from safeguarding.backups.making import Source
from safeguarding.backups.tests.files import Installation, installation
from safeguarding.concerns import actions

from .faults import with_its_drop
from .rules import check
from .simulated import Run, begins, report_a_worry

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ONE = os.environ.get("SIMULATE_SEED")
FIRST = int(os.environ.get("SIMULATE_FROM", "0"))
MANY = int(os.environ.get("SIMULATE_SEEDS", "2"))
SEEDS = [int(ONE)] if ONE else range(FIRST, FIRST + MANY)
STEPS = int(os.environ.get("SIMULATE_STEPS", "10"))
CHECK_EACH = 5  # steps


@pytest.fixture
def standing(sunflowers: Nursery, tmp_path: Path) -> Iterator[Installation]:
    """The people, in a file. It goes afterwards: a thousand of them would fill a disk."""
    yield installation(tmp_path)
    rmtree(tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rules_hold_whatever_happens(
    seed: int, sunflowers: Nursery, standing: Installation
) -> None:
    try:
        simulate(sunflowers, standing, seed)
    except Exception as wrong:
        pytest.fail(
            f"Seed {seed} broke a rule: {wrong!r}\n"
            f"The same again: bin/simulate --seed {seed} --steps {STEPS}"
        )


def simulate(nursery: Nursery, standing: Installation, seed: int) -> Run:
    with time_machine.travel(begins(), tick=False) as clock, with_its_drop(standing):
        run = Run(nursery, standing, seed, clock)
        for number in range(1, STEPS + 1):
            run.step()
            if number % CHECK_EACH == 0 or number == STEPS:
                check(run)
    return run


def test_the_same_seed_is_the_same_run(
    sunflowers: Nursery, standing: Installation, tmp_path: Path
) -> None:
    runs = []
    for name in ("one", "other"):
        copy = copytree(standing.data, tmp_path / name)
        source = Source(copy, standing.source.key, tmp_path / "none")
        with (
            time_machine.travel(begins(), tick=False) as clock,
            with_its_drop(Installation(source, [])),
        ):
            run = Run(sunflowers, Installation(source, []), 3, clock)
            for _ in range(5):
                run.step()
        runs.append((run.done, list(run.sent), list(run.receipts)))

    assert runs[0] == runs[1]


def test_a_commit_that_keeps_nothing_is_found(sunflowers: Nursery, standing: Installation) -> None:
    """If the rules held here too, the runs above would show nothing."""
    with time_machine.travel(begins(), tick=False) as clock, with_its_drop(standing):
        run = Run(sunflowers, standing, 1, clock)
        signed_in_before = {one.pk: run.browser(one) for one in sunflowers.people.values()}
        report_a_worry(run)
        check(run)
        connection = connections["default"]
        with (
            mock.patch.object(Run, "browser", lambda _run, who: signed_in_before[who.pk]),
            mock.patch.object(connection, "_commit", connection._rollback),  # type: ignore[attr-defined]
        ):
            report_a_worry(run)
        with pytest.raises(AssertionError, match="I1"):
            check(run)


def test_a_drop_that_keeps_nothing_is_found(sunflowers: Nursery, standing: Installation) -> None:
    with time_machine.travel(begins(), tick=False) as clock, with_its_drop(standing):
        run = Run(sunflowers, standing, 1, clock)
        with mock.patch.object(actions, "file_report", side_effect=OperationalError("gone")):
            report_a_worry(run)
        assert run.dropped
        check(run)
        for one in drop.waiting(standing.data):
            one.unlink()
        with pytest.raises(AssertionError, match="I1: a report that the drop"):
            check(run)
