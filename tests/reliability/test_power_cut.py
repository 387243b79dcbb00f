"""F02: nothing that was acknowledged is lost when the power goes, with the settings we have."""

import os
from pathlib import Path

import pytest

from foundation.sqlcipher.base import PRAGMAS

from .power_cut import power_cut

pytestmark = pytest.mark.once
CUTS = int(os.environ.get("SIMULATE_CUTS", "40"))


def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path) -> None:
    assert "synchronous = FULL" in PRAGMAS, "what this shows is about that setting"

    seen = [power_cut(seed, "FULL", tmp_path / str(seed)) for seed in range(CUTS)]

    assert sum(one.acknowledged for one in seen) > 5 * CUTS
    assert [one for one in seen if one.lost or not one.is_whole] == []


def test_the_same_disk_loses_what_was_not_flushed(tmp_path: Path) -> None:
    """If it lost nothing here, the test above would show nothing."""
    seen = [power_cut(seed, "NORMAL", tmp_path / str(seed)) for seed in range(CUTS)]

    assert sum(one.lost > 0 for one in seen) > CUTS // 4
