"""The table of what is done names tests that are there."""

import re

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.once


def test_every_row_of_the_table_names_tests_that_exist() -> None:
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs" / "hardening.md").read_text())
    files = [path for path in ROOT.rglob("test_*.py") if ".venv" not in path.parts]
    written = {
        name for path in files for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }

    assert len(named) > 30
    assert set(named) <= written
