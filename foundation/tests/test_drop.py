"""The drop: everybody puts in, only the key reads, and nothing is ever lost or done twice."""

import os
from pathlib import Path

import pytest

from foundation import drop, sealed

pytestmark = pytest.mark.once

KEY, OTHER = bytes(32), bytes(range(32))
MARK = b"the red xylophone"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    drop.make_ready(tmp_path, KEY)
    return tmp_path


def everything_in(data: Path) -> bytes:
    return b"".join(one.read_bytes() for one in data.rglob("*") if one.is_file())


def test_what_is_put_in_is_read_with_the_key_alone(data: Path) -> None:
    assert drop.keep(data, "one", MARK)
    [place] = drop.waiting(data)

    assert MARK not in everything_in(data)
    assert drop.opened(place, drop.identities(data, KEY)).rstrip() == MARK
    with pytest.raises(ValueError, match="another key"):
        drop.identities(data, OTHER)


def test_the_same_thing_is_kept_once_also_after_it_was_taken_in(data: Path) -> None:
    assert drop.keep(data, "one", MARK)
    assert not drop.keep(data, "one", MARK)
    drop.settle(data, drop.waiting(data)[0])

    assert drop.waiting(data) == []
    assert not drop.keep(data, "one", MARK)
    assert [one.name for one in (drop.folder_of(data) / drop.IMPORTED).iterdir()] == ["one.age"]


def test_sizes_say_little(data: Path) -> None:
    drop.keep(data, "short", b"x")
    drop.keep(data, "long", b"x" * 4000)

    sizes = [one.stat().st_size for one in drop.waiting(data)]
    assert max(sizes) - min(sizes) < 500  # age adds a little that is random


def test_a_power_cut_leaves_no_half_of_a_report(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise OSError("no power")

    monkeypatch.setattr(os, "fsync", cut)
    with pytest.raises(OSError, match="no power"):
        drop.keep(data, "one", MARK)
    monkeypatch.undo()

    assert [one.name for one in drop.folder_of(data).iterdir()] == ["keys.json"]


def test_damaged_keys_are_put_aside_and_never_overwritten(data: Path) -> None:
    drop.keep(data, "one", MARK)
    place = drop.folder_of(data) / "keys.json"
    place.write_text("{")
    assert drop.recipients(data) == []
    with pytest.raises(ValueError, match="at least one"):
        drop.keep(data, "two", MARK)
    drop.make_ready(data, KEY)

    assert len(drop.recipients(data)) == 1
    [aside] = drop.folder_of(data).glob("keys.damaged-*")
    assert aside.read_text() == "{"
    with pytest.raises(sealed.CannotOpen):
        drop.opened(drop.waiting(data)[0], drop.identities(data, KEY))


def test_keys_that_a_stranger_put_there_are_found_on_unlocking(data: Path, tmp_path: Path) -> None:
    drop.make_ready(tmp_path / "stranger", OTHER)
    theirs = drop.folder_of(tmp_path / "stranger") / "keys.json"
    theirs.replace(drop.folder_of(data) / "keys.json")
    stranger = drop.recipients(data)
    drop.make_ready(data, KEY)

    assert drop.recipients(data) != stranger


def test_with_a_new_key_what_waits_can_still_be_read(data: Path) -> None:
    drop.keep(data, "one", MARK)
    before = drop.recipients(data)
    drop.change_key(data, KEY, OTHER)
    once = drop.recipients(data)
    drop.change_key(data, KEY, OTHER)

    assert drop.recipients(data) == once != before
    [place] = drop.waiting(data)
    assert drop.opened(place, drop.identities(data, OTHER)).rstrip() == MARK
    with pytest.raises(ValueError, match="another key"):
        drop.identities(data, KEY)
