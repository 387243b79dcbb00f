"""The key of the installation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation import keys


def test_a_new_key_is_random_and_its_owners_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "new" / "one.key", tmp_path / "two.key"
    keys.make(one)
    keys.make(two)

    assert len(keys.read(one)) == 32
    assert keys.read(one) != keys.read(two)
    assert os.name == "nt" or one.stat().st_mode & 0o077 == 0


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "hedgerow.key"
    keys.make(path)
    before = path.read_bytes()

    with pytest.raises(FileExistsError):
        keys.make(path)
    assert path.read_bytes() == before


def test_a_missing_key_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="put its own key file back"):
        keys.read(tmp_path / "hedgerow.key")


@pytest.mark.parametrize("damage", [b"", b"zz" * 32, b"07" * 31, b"07" * 33, b"\xff\xfe\x00"])
def test_a_damaged_key_says_that_nothing_was_changed(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "hedgerow.key"
    path.write_bytes(damage)

    with pytest.raises(ImproperlyConfigured, match=r"damaged.*Nothing was changed"):
        keys.read(path)


def test_each_purpose_has_a_key_of_its_own() -> None:
    key = bytes(32)
    derived = {keys.derive(key, purpose) for purpose in ("database", "django", "secrets")}

    assert len(derived) == 3
    assert key not in derived


def test_the_derivation_never_changes() -> None:
    """A change would lock every installation out of its records."""
    expected = "bfd389321c6088f8f565745d7efe46fc14ef981e655a198bff165a5d67bd49e5"

    assert keys.derive(bytes(32), "database").hex() == expected


def test_no_key_is_made_in_a_folder_of_a_cloud_service(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "hedgerow.key"
    made = subprocess.run(  # noqa: S603  our own module
        [sys.executable, "-m", "foundation.keys", str(path)], capture_output=True, check=False
    )

    assert made.returncode == 1
    assert b"kept by Dropbox" in made.stderr
    assert b"Traceback" not in made.stderr
    assert not path.exists()
