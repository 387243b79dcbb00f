"""What is loaded stays, and is not looked through again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foundation import keys, memory

pytestmark = pytest.mark.once
ASK = """
import gc
from foundation import memory
before = len(gc.get_objects())
memory.settle()
print(gc.get_freeze_count() >= before * 0.9, len(gc.get_objects()) < before * 0.1, gc.get_threshold())
"""


def test_what_was_loaded_is_not_looked_through_again() -> None:
    asked = (sys.executable, "-c", ASK)
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert said.strip() == f"True True {memory.LOOKS_AFTER}"


def test_the_web_server_settles_once_all_is_loaded(tmp_path: Path) -> None:
    keys.make(tmp_path / "hedgerow.key")
    tmp_path.chmod(0o700)
    done = subprocess.run(
        [sys.executable, "-c", "import gc, config.wsgi; print(gc.get_freeze_count() > 100_000)"],
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"], "HEDGEROW_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "True", done.stderr
