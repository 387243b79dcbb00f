"""The sheets: what stands on them opens the backups, and is nowhere else."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from foundation import sealed
from safeguarding.backups import recovery
from safeguarding.backups.recovery import NotASecret, new_sheet, secret_from

pytestmark = pytest.mark.once


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    folder.mkdir()
    with override_settings(DATA=folder):
        yield folder


def test_the_words_and_the_line_are_the_same_secret() -> None:
    sheet = new_sheet()
    for typed in (" ".join(sheet.words), "\n".join(sheet.words).upper(), sheet.secret.lower()):
        secret = secret_from(typed)
        assert sealed.unseal(sealed.seal(b"found", [sheet.public]), secret) == b"found"
    assert sheet.secret not in repr(sheet)


def test_a_slip_in_typing_is_found() -> None:
    words = list(new_sheet().words)
    for wrong in (words[:-1], [*words[1:], words[0]], ["hedgehog", *words[1:]], []):
        with pytest.raises(NotASecret):
            secret_from(" ".join(wrong))
    with pytest.raises(NotASecret, match="slip"):
        secret_from(new_sheet().secret[:-1] + "Q")


def test_the_secrets_are_printed_and_stored_nowhere(data: Path, tmp_path: Path) -> None:
    made = [new_sheet(), new_sheet()]
    with mock.patch.object(recovery, "new_sheet", side_effect=made):
        call_command("backup_keys", to=tmp_path, stdout=mock.Mock())

    papers = sorted(one.name for one in tmp_path.glob("*.pdf"))
    assert papers == ["recovery-sheet-1.pdf", "recovery-sheet-2.pdf", "sheet-for-the-wall.pdf"]
    assert recovery.public_keys(data) == [sheet.public for sheet in made]
    for file in data.iterdir():
        for sheet in made:
            assert sheet.secret not in file.read_text()
            assert " ".join(sheet.words) not in file.read_text()


def test_sheets_are_not_made_over_others_nor_into_the_backup(data: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="part of the data folder"):
        call_command("backup_keys", to=data)
    recovery.keep_public_keys(data, [new_sheet().public, new_sheet().public])
    before = recovery.public_keys(data)
    with pytest.raises(CommandError, match="recovery sheets already"):
        call_command("backup_keys", to=tmp_path)
    assert recovery.public_keys(data) == before
    assert list(tmp_path.glob("*.pdf")) == []
