"""What is loaded stays, and is not looked through again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foundation import keys, memory

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
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


COMMAND = """
import gc, runpy, sys
found, before = [], gc.get_stats()[2]["collections"]
gc.callbacks.append(lambda phase, info: found.append(phase))
from foundation import memory
settle = memory.settle
memory.settle = lambda: (print(len(found)), settle())
sys.argv = ["manage.py", "help", "check"]
try:
    runpy.run_path("manage.py", run_name="__main__")
finally:
    print(gc.isenabled(), gc.get_freeze_count() > 100_000, gc.get_threshold())
"""


def test_a_command_looks_through_nothing_while_it_is_loaded_and_seldom_after() -> None:
    done = subprocess.run(  # noqa: S603
        (sys.executable, "-c", COMMAND), cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = done.stdout.splitlines()
    assert int(said[0]) < 200, "a few while Django itself is read; hundreds with all of ours"
    assert said[-1] == f"True True {memory.LOOKS_AFTER}", done.stderr


def test_the_web_server_settles_once_all_is_loaded(tmp_path: Path) -> None:
    keys.make(tmp_path / "hedgerow.key")
    tmp_path.chmod(0o700)
    done = subprocess.run(
        [sys.executable, "-c", "import gc, config.wsgi; print(gc.get_freeze_count() > 100_000)"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HEDGEROW_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "True", done.stderr
