"""A disk or a stick that is nearly full, and a backup that was cut off while the clock was wrong."""

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from demo.cast import Nursery
from safeguarding.backups import archive, folder, making, ours
from safeguarding.backups.folder import Keep

from .files import Installation, at, installation

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def standing(sunflowers: Nursery, tmp_path: Path) -> Installation:
    return installation(tmp_path)


def test_a_backup_that_would_fill_the_disk_is_not_begun(
    standing: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filled up each hour, it would let nobody change anything each time."""
    size = standing.database.stat().st_size
    nearly_full = shutil.disk_usage(standing.data)._replace(free=4 * size)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: nearly_full)
    standing.source = replace(standing.source, least_free=2 * size)
    with pytest.raises(OSError, match="of room for a while") as refused:
        standing.backed_up()
    assert ours.why(refused.value) == "There is no room left on the disk."
    assert list(standing.source.to.iterdir()) == []


def test_what_was_cut_off_while_the_clock_was_ahead_blocks_no_backup(
    standing: Installation,
) -> None:
    left = standing.source.to / making.WORK
    left.mkdir(parents=True)
    os.utime(left, (time.time() + 365 * 86400,) * 2)
    standing.backed_up()
    left.mkdir()
    os.utime(left, (time.time() - 60,) * 2)
    with pytest.raises(making.Busy):
        standing.backed_up()


def test_a_stick_that_is_full_takes_the_next_once_older_ones_made_room(
    standing: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = standing.data.parent / "stick"
    stick.mkdir()
    for days_ago in (300, 200):
        (stick / f"{folder.name_at(at(days_ago))}.age").touch()
    (stick / f"{folder.name_at(at(100))}.age.part").touch()  # of a try that found no room
    standing.source = replace(standing.source, second=stick, keep=Keep(1, 1, 1))
    monkeypatch.setattr(archive, "pieces_of", small_stick(stick, archive.pieces_of))
    label = standing.backed_up()
    assert folder.journal(standing.source.to)[0].second == "copied"
    assert folder.backups(stick) == [label.name]
    assert not list(stick.glob("*.part"))


def small_stick(stick: Path, pieces: Any) -> Any:
    """Room for two, whole or begun."""

    def writing(place: Path) -> Any:
        if place.name.startswith("hedgerow-") and len([*stick.glob("*.age*")]) > 2:
            raise OSError(28, "No space left on device")
        yield from pieces(place)

    return writing
