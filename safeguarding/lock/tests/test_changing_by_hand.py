"""bin/manage change_key in a window: bin/run may be at work on the same records."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from foundation import changing, keys


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose key was changed."""
    made: list[Path] = []
    monkeypatch.setattr(changing, "change_key", lambda data, *_: made.append(data))
    monkeypatch.setattr("foundation.slots.exist", lambda _: True)
    return made


@pytest.mark.parametrize(("given", "at_a_keyboard"), [([], False), ([bytes(32)], True)])
def test_by_hand_it_is_refused(
    changed: list[Path], given: list[bytes], at_a_keyboard: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_given", given)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: at_a_keyboard, raising=False)
    with pytest.raises(CommandError, match="Only bin/run changes the key"):
        call_command("change_key")
    assert changed == []


def test_bin_run_may(changed: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_given", [bytes(32)])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    call_command("change_key")
    assert len(changed) == 1
