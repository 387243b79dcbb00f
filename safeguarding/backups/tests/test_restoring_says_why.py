"""Whatever stops a restore is said in a sentence, with what became of what was there."""

import os
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit import checkpoints
from safeguarding.audit.checkpoints import text_of
from safeguarding.audit.tests.signed import signing_key
from safeguarding.backups import checking, folder, making, restoring
from safeguarding.backups.management.commands import restore
from safeguarding.backups.recovery import new_sheet
from safeguarding.backups.restoring import Wanted

from .files import installation

__all__ = ["signing_key"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is named as a backup is, and a blank place to restore it into."""
    monkeypatch.setenv("HEDGEROW_DATA", str(tmp_path / "blank"))
    place = tmp_path / f"{folder.name_at(timezone.now())}.age"
    place.write_bytes(b"x")
    return place


def refused(backup: Path, **options: object) -> str:
    with pytest.raises(CommandError) as said:
        call_command("restore", str(backup), **options)
    return str(said.value)


def test_a_file_with_the_words_that_is_not_there_or_cannot_be_read(
    backup: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "sheet.txt"
    odd.write_bytes(b"\xff\xfea\x00")
    for file in (tmp_path / "gone.txt", odd, tmp_path):
        said = refused(backup, secret_file=file)
        assert str(file) in said
        assert "Nothing was restored" in said


def test_whoever_stops_typing_changes_nothing_and_sees_no_error(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for stopped in (KeyboardInterrupt, EOFError):
        monkeypatch.setattr("getpass.getpass", mock.Mock(side_effect=stopped))
        monkeypatch.setattr(restore, "typed", lambda _file: restore.asked())
        assert "Nothing was restored" in refused(backup)


@pytest.mark.parametrize("wrong", [OSError(28, os.strerror(28)), PermissionError(13, "denied")])
def test_a_full_disk_or_a_stick_that_was_pulled_out_is_a_sentence(
    backup: Path, monkeypatch: pytest.MonkeyPatch, wrong: OSError, tmp_path: Path
) -> None:
    words = tmp_path / "words.txt"
    words.write_text(new_sheet().secret)
    monkeypatch.setattr(checking, "unpack", mock.Mock(side_effect=wrong))
    said = refused(backup, secret_file=words)
    assert "Nothing was restored" in said
    assert str(wrong.strerror) in said
    assert not (tmp_path / "blank.restoring").exists()


def test_the_mail_that_somebody_kept_is_held_against_the_backup(
    sunflowers: Nursery, signing_key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Please keep this mail.\n\n{text_of(checkpoints.make())}")
    standing = installation(tmp_path)
    signing_key.rename(standing.data / signing_key.name)
    monkeypatch.setattr(settings, "SIGNING_KEY", standing.data / signing_key.name)
    place = standing.place_of(standing.backed_up())

    restoring.restore(Wanted(place, standing.sheets[0].secret, tmp_path / "blank", mail))
    assert (tmp_path / "blank" / "hedgerow.db").exists()


def test_a_signing_key_that_lies_elsewhere_is_in_the_backup_all_the_same(
    sunflowers: Nursery, signing_key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings say that it is better on another disk; a fire takes that one as well."""
    checkpoints.make()
    standing = installation(tmp_path)
    (standing.data / "signing.key").write_text("of a former place")
    source = replace(standing.source, signing_key=signing_key)
    label = making.make(source, timezone.now())
    monkeypatch.setenv("HEDGEROW_SIGNING_KEY", str(tmp_path / "not" / "there"))

    secret = standing.sheets[0].secret
    restoring.restore(Wanted(standing.place_of(label), secret, tmp_path / "blank"))
    assert (tmp_path / "blank" / "signing.key").read_bytes() == signing_key.read_bytes()


def test_an_older_program_is_not_given_what_a_newer_one_wrote(
    sunflowers: Nursery, tmp_path: Path
) -> None:
    """The archive that lay with the stick is older than last night's backup."""
    standing = installation(tmp_path)
    step = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2028-01-01')"
    standing.write(step, "people", "0099_of_a_newer_one")
    label, blank = standing.backed_up(), tmp_path / "blank"
    with pytest.raises(checking.NotGood, match="made by a newer Hedgerow"):
        restoring.restore(Wanted(standing.place_of(label), standing.sheets[0].secret, blank))
    assert not blank.exists()
