"""Keys from before: where they are named, where they are kept, and what is said of a damaged file."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation import former, keys

KEY, ONE, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))


def test_each_is_known_once_wherever_it_is_named(tmp_path: Path) -> None:
    for name, key in (("one", ONE), ("other", OTHER)):
        (tmp_path / name).write_text(key.hex())
    (tmp_path / former.FILE).write_bytes(former.written([OTHER]))
    named = {
        former.TRAIL: os.pathsep.join([str(tmp_path / "one"), str(tmp_path / "other")]),
        former.TEXT: str(tmp_path / "other"),
    }
    assert former.known(tmp_path, KEY, named) == [OTHER, ONE]
    assert former.known(tmp_path, KEY, {}) == [OTHER]


def test_one_that_lies_on_a_stick_which_was_pulled_out_is_asked_for(tmp_path: Path) -> None:
    named = {former.TRAIL: str(tmp_path / "stick" / "old.key")}
    with pytest.raises(ImproperlyConfigured, match=r"old\.key is not there.*from before"):
        former.known(tmp_path, KEY, named)


@pytest.mark.parametrize("content", [b"", b"00", b"zz" * 32, b"\xff"])
def test_a_damaged_file_of_them_stops_the_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / former.FILE).write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        former.known(tmp_path, KEY, {})


def test_its_name_says_nothing_of_a_key() -> None:
    assert former.name_of(ONE) != former.name_of(OTHER)
    assert former.name_of(ONE) != keys.derive(ONE, "trail").hex()[:16]
