"""F04: the disk is full. Nobody gets a receipt for what is not stored, and filing goes on from a reserve."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from django.test import override_settings

from demo.cast import Nursery
from foundation.sqlcipher import room
from safeguarding.audit.verify import verify
from safeguarding.backups.making import Source
from safeguarding.backups.tests.files import Installation, installation
from safeguarding.concerns.models import Concern
from safeguarding.concerns.tests.given import typed
from tests.people import signed_in

from .faults import on_file

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SMALL = 16 * 1024 * 1024
RESERVE = 2 * 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of sixteen megabytes, where we may have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", str(place))
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("only root may make a small disk")
    yield place
    subprocess.run(("umount", "--lazy", str(place)), check=False)  # noqa: S603, S607


def fill(place: Path) -> None:
    """Take whatever room is left."""
    with (place / "photographs").open("ab", buffering=0) as file:
        for size in (1024 * 1024, 4096):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def test_a_full_disk_refuses_plainly_then_files_from_the_reserve(
    sunflowers: Nursery, tmp_path: Path, small_disk: Path
) -> None:
    browser = signed_in(sunflowers.priya)
    browser.raise_request_exception = False
    made = installation(tmp_path)
    data = copytree(made.data, small_disk / "data")
    there = Installation(Source(data, made.source.key, tmp_path), [])
    page = sunflowers.setting.link_to("concerns:report")
    with override_settings(DATA=data), on_file(there):
        assert room.keep(data, RESERVE)
        answers = typed(heard="The disk was full when I wrote this.")
        fill(small_disk)
        while (refused := browser.post(page, {**answers, "key": str(uuid4())})).status_code == 302:
            fill(small_disk)  # there was still room in the log
        before = Concern.objects.count()

        assert refused.status_code == 507
        assert "has not arrived" in refused.text
        assert "Send it again straight away" in refused.text
        assert not (data / room.NAME).exists()

        assert browser.post(page, answers).status_code == 302
        assert Concern.objects.count() == before + 1
        assert verify().is_intact


def test_room_is_kept_back_only_where_there_is_plenty(tmp_path: Path) -> None:
    assert room.keep(tmp_path, RESERVE)
    assert not room.keep(tmp_path, RESERVE), "once is enough"
    assert (tmp_path / room.NAME).stat().st_size == RESERVE
    assert room.give(tmp_path)
    assert not room.give(tmp_path)
    assert not room.keep(tmp_path, 1 << 60)
    assert list(tmp_path.iterdir()) == []
