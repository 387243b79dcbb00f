"""A change of the key that was cut off at its last step, as bin/run finds it after the next unlocking."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation import keys, opening, slots
from foundation.tests.change_key_and_die import PASSPHRASE
from foundation.tests.test_f39_changing_the_key import OLD, make, run

ROOT = Path(__file__).parent.parent
UNFIT = """
import sys; sys.path.insert(0, "bin")
import life, pathlib
machine = life.Machine(pathlib.Path(sys.argv[1]), 8000, "http://localhost:8000", *sys.argv[2:])
print(machine.unfit())
"""
pytestmark = pytest.mark.once


def unfit(data: Path, *opened: bytes) -> str:
    """Why bin/run would not open the records with these keys; empty where it would."""
    (data / "prepared.txt").touch()
    others = {"HEDGEROW_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(  # noqa: S603  our own code
        (sys.executable, "-c", UNFIT, str(data), *(key.hex() for key in opened)),
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in others},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "death", ["after the slots", "after flushing the folder", "after the drop"]
)
def test_wherever_it_was_cut_off_the_records_are_found_sound(tmp_path: Path, death: str) -> None:
    """The file has its new key before the passphrases do: it was not swapped for another."""
    make(tmp_path)
    assert run(tmp_path, death) == 9
    found = slots.read(tmp_path)
    opened = slots.open_with_passphrase(found, found.slots[0].id, PASSPHRASE)
    assert opened.key == OLD
    assert opened.next

    assert unfit(tmp_path, opened.key, opened.next) == ""


def test_a_command_does_not_call_the_records_damaged_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file has the next key, so the one before would be said not to fit: restore a backup."""
    make(tmp_path)
    monkeypatch.setattr(keys, "_given", [])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: PASSPHRASE)
    assert run(tmp_path, "after the drop") == 9
    with pytest.raises(ImproperlyConfigured, match="goes on by itself"):
        opening.key_of(tmp_path, None)
    assert keys.given() is None
    assert run(tmp_path, "never") == 0
    assert opening.key_of(tmp_path, None) != OLD


def test_a_file_of_another_key_is_still_named(tmp_path: Path) -> None:
    make(tmp_path)
    assert unfit(tmp_path, keys.random(), keys.random()) == "wrong-key"
    assert unfit(tmp_path, keys.random()) == "wrong-key"
