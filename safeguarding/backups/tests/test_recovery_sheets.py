"""The sheets: what stands on them opens the backups, and is nowhere else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone

from foundation import sealed
from safeguarding.backups import folder, recovery, restoring
from safeguarding.backups.checking import NotGood
from safeguarding.backups.management.commands import restore
from safeguarding.backups.recovery import NotASecret, new_sheet, secret_from

pytestmark = pytest.mark.once


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "data"
    place.mkdir()
    with override_settings(DATA=place):
        yield place


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
    secret = new_sheet().secret
    with pytest.raises(NotASecret, match="slip"):
        secret_from(secret[:-1] + ("P" if secret.endswith("Q") else "Q"))


@pytest.mark.django_db
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


def test_words_are_checked_row_by_row_as_they_are_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = new_sheet()
    rows = [" ".join(sheet.words[at : at + 3]) for at in range(0, 33, 3)]
    other = [*sheet.words[:-1], "acid" if sheet.words[-1] == "academic" else "academic"]
    typed = [" ".join(other), rows[0].upper(), f"{sheet.words[3]} hedgehog", *rows[1:]]
    monkeypatch.setattr("getpass.getpass", lambda _: typed.pop(0))

    assert restore.asked() == sheet.secret
    said = capsys.readouterr().out
    assert "These are not the words of a sheet" in said
    assert "Go on from word 1." in said
    assert (
        "Word 5 is not a word of any sheet. None of this row was taken. Go on from word 4." in said
    )
    assert rows[3] not in said, "they are not shown"
    typed.append(sheet.secret.lower())
    assert restore.asked() == sheet.secret


def test_of_a_folder_the_newest_backup_is_taken(tmp_path: Path) -> None:
    with pytest.raises(NotGood, match="no backup in"):
        restoring.newest_in(tmp_path)
    moments = [datetime(2026, 11, day, tzinfo=UTC) for day in (3, 17, 9)]
    for name in map(folder.name_at, moments):
        (tmp_path / f"{name}.age").touch()
    newest = restoring.newest_in(tmp_path)
    assert newest.name == f"{folder.name_at(moments[1])}.age"
    assert restoring.newest_in(newest) == newest


def test_one_that_was_made_while_the_clock_stood_ahead_is_not_the_newest(tmp_path: Path) -> None:
    """Or this clock stands behind. Whichever it is, nobody loses months without being asked."""
    today = timezone.now() - timedelta(hours=1)
    ahead, own = folder.name_at(today + timedelta(days=400)), folder.name_at(today)
    for name in (ahead, own, folder.name_at(today - timedelta(days=1))):
        (tmp_path / f"{name}.age").touch()

    for refuse in (
        lambda: restoring.newest_in(tmp_path),
        lambda: restoring.refuse_older(tmp_path / f"{own}.age"),
        lambda: restoring.refuse_older(tmp_path / f"{ahead}.age"),
    ):
        with pytest.raises(NotGood, match="clock") as said:
            refuse()
        assert f"{own}.age --although-older" in str(said.value)


def test_where_this_clock_stands_behind_the_newest_is_the_newest(tmp_path: Path) -> None:
    """A blank computer may believe that it is years ago."""
    days = [timezone.now() + timedelta(days=day) for day in (400, 401, 402)]
    for name in map(folder.name_at, days):
        (tmp_path / f"{name}.age").touch()
    newest = restoring.newest_in(tmp_path)
    assert newest.stem == folder.name_at(days[-1])
    restoring.refuse_older(newest)
    with pytest.raises(NotGood, match="newer backup"):
        restoring.refuse_older(tmp_path / f"{folder.name_at(days[0])}.age")
