"""What bin/manage answers while the records are locked, and without a false alarm."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from foundation import slots
from foundation.tests.test_key_slots import CHEAP

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
KEY = bytes(range(32))


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A folder with a passphrase and no key file, whose key was changed once."""
    found = slots.with_passphrase(slots.Slots(), KEY, "Dana", "four wet donkeys", cost=CHEAP)
    slots.save(tmp_path, slots.keeping(found, KEY, "text", bytes(32)), KEY)
    return tmp_path


def said(data: Path, *command: str) -> str:
    others = {"HEDGEROW_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    mine = {name: value for name, value in os.environ.items() if name not in others}
    done = subprocess.run(  # noqa: S603  our own command
        (sys.executable, "bin/manage", *command),
        cwd=ROOT,
        env={**mine, "HEDGEROW_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_what_needs_no_records_is_answered(locked: Path) -> None:
    for command in (("procedures",), ("rules",), ("obligations",), ("backup", "--help")):
        answer = said(locked, *command)
        assert "key-slots.json" not in answer, "nobody changed that file"
        assert len(answer.splitlines()) > 5, answer


def test_restoring_over_it_is_refused_for_what_it_is(locked: Path) -> None:
    assert "is not empty" in said(locked, "restore", str(locked))


def test_the_rules_of_a_setting_stand_in_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    environment: Any = importlib.import_module("environment")
    assert environment.needs_no_records("rules", "--json")
    assert not environment.needs_no_records("rules", "--setting", "1")
    assert not environment.needs_no_records("verify")
    assert not environment.needs_no_records()
