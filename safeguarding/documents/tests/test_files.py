"""Files are kept whole or not at all, each under a key of its own, and read only as they were kept."""

import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from demo.cast import Nursery
from foundation import keys
from foundation.errors import RuleBroken
from safeguarding.documents import files
from safeguarding.documents.models import StoredFile
from safeguarding.documents.tasks import sweep_files

WORDS = b"What Kit's mother wrote. " * 10_000


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path


def test_what_is_kept_is_read_again_and_never_lies_there_in_the_clear(
    sunflowers: Nursery, folder: Path
) -> None:
    stored = files.keep(sunflowers.setting, "letter.txt", WORDS)
    place = files.place_of(stored.pk)

    assert files.read(StoredFile.objects.get()) == WORDS
    assert b"mother" not in place.read_bytes()
    assert "letter" not in str(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert list(folder.rglob("*.part")) == []


def test_each_file_has_a_key_of_its_own(sunflowers: Nursery, folder: Path) -> None:
    first, second = (files.keep(sunflowers.setting, "a.txt", WORDS) for _ in range(2))

    assert first.wrapped_key != second.wrapped_key
    one, other = (files.place_of(stored.pk).read_bytes() for stored in (first, second))
    assert one[:64] != other[:64]
    first.wrapped_key = second.wrapped_key
    with pytest.raises(RuleBroken, match="damaged"):
        files.read(first)


def test_what_was_kept_under_a_former_key_is_read_with_it(
    sunflowers: Nursery, folder: Path, settings: Any
) -> None:
    stored = files.keep(sunflowers.setting, "a.txt", WORDS)
    before, settings.FILES_KEY = settings.FILES_KEY, keys.random()
    with pytest.raises(RuleBroken, match="damaged"):
        files.read(stored)
    settings.FILES_KEYS_BEFORE = [before]
    assert files.read(stored) == WORDS


def test_a_changed_swapped_or_shortened_file_is_not_read(sunflowers: Nursery, folder: Path) -> None:
    stored = files.keep(sunflowers.setting, "a.txt", WORDS)
    place, step = files.place_of(stored.pk), files.PIECE + files.TAG
    whole = place.read_bytes()
    flipped = whole[:100] + bytes([whole[100] ^ 1]) + whole[101:]
    swapped = whole[step : 2 * step] + whole[:step] + whole[2 * step :]
    for wrong in (flipped, swapped, whole[:step], whole[: 2 * step], whole[:-1], b""):
        place.write_bytes(wrong)
        with pytest.raises(RuleBroken, match="damaged"):
            files.read(stored)
    place.unlink()
    with pytest.raises(RuleBroken, match="damaged"):
        files.read(stored)


def test_what_it_is_is_found_out_again_when_it_is_read(sunflowers: Nursery, folder: Path) -> None:
    stored = files.keep(sunflowers.setting, "a.txt", WORDS)
    stored.name, stored.kind = "a.pdf", "pdf"
    stored.save()

    with pytest.raises(RuleBroken, match="damaged"):
        files.read(StoredFile.objects.get(pk=stored.pk))


def test_what_is_refused_leaves_nothing_on_the_disk(sunflowers: Nursery, folder: Path) -> None:
    with pytest.raises(RuleBroken):
        files.keep(sunflowers.setting, "beach.png", b"\x89PNG")

    assert list(folder.rglob("*")) == []
    assert not StoredFile.objects.exists()


def test_a_file_whose_row_was_undone_is_swept_away_the_day_after(
    sunflowers: Nursery, folder: Path
) -> None:
    kept = files.keep(sunflowers.setting, "a.txt", WORDS)
    with transaction.atomic():
        undone = files.keep(sunflowers.setting, "b.txt", WORDS)
        transaction.set_rollback(True)
    half = files.place_of(undone.pk).with_suffix(".part")
    half.write_bytes(b"x")
    sweep_files.call()
    assert files.place_of(undone.pk).exists(), "it may be about to get its row"

    two_days_ago = time.time() - 2 * 24 * 60 * 60
    for place in (files.place_of(undone.pk), files.place_of(kept.pk), half):
        os.utime(place, (two_days_ago, two_days_ago))
    sweep_files.call()

    assert not files.place_of(undone.pk).exists()
    assert not half.exists()
    assert files.read(kept) == WORDS


def test_a_row_that_has_lost_its_file_is_said_aloud(
    sunflowers: Nursery, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stored = files.keep(sunflowers.setting, "a.txt", WORDS)
    files.place_of(stored.pk).unlink()
    sweep_files.call()

    assert "Files that should be on the disk are not: 1" in caplog.text
