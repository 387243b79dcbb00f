"""Which Python the commands make their environment with."""

import importlib
import math
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
OURS = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    return importlib.import_module("environment")


@pytest.fixture
def system(environment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system would have its Python."""
    monkeypatch.setattr(environment, "OF_THE_SYSTEM", [tmp_path / "none", tmp_path])
    return tmp_path / f"python{OURS}"


def says(python: Path, words: str) -> None:
    """As if there were a Python that answers so when it is asked how quick it is."""
    python.write_text(f"#!/bin/sh\n{words}\n")
    python.chmod(0o755)


def test_a_much_quicker_python_of_the_system_is_taken(environment: Any, system: Path) -> None:
    says(system, f"echo {OURS} 0.000001")
    assert environment.quickest() == str(system)


@pytest.mark.parametrize(
    "words",
    [f"echo {OURS} 60", "echo 2.7 0.000001", "exit 1", "exit 0"],
    ids=["slower", "another version", "makes no environment", "no Python"],
)
def test_any_other_is_not(environment: Any, system: Path, words: str) -> None:
    says(system, words)
    assert environment.quickest() == sys.executable


def test_one_that_does_not_end_is_not_waited_for(
    environment: Any, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(system, "exec sleep 60")
    monkeypatch.setattr(environment, "PATIENCE", 0.2)
    assert environment.seconds_of(str(system)) == math.inf


def test_where_there_is_none_ours_is(environment: Any, system: Path) -> None:
    assert not system.exists()
    assert environment.quickest() == sys.executable
    assert 0 < environment.seconds_of(sys.executable) < math.inf
