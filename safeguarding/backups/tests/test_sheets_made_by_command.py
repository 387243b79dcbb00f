"""Sheets that whoever runs the installation made: told, on record, and right when they are typed back."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.backups import actions, recovery
from safeguarding.backups.recovery import Sheet, new_sheet
from safeguarding.notifications.models import Notification

from .test_sheets_on_the_page import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "data"
    place.mkdir()
    with override_settings(DATA=place, BACKUPS=place / "backups", SECOND_BACKUPS=""):
        yield place


def by_command(to: Path, **options: object) -> list[Sheet]:
    sheets = [new_sheet(), new_sheet()]
    with mock.patch.object(recovery, "new_sheet", side_effect=sheets):
        call_command("backup_keys", to=to, stdout=mock.Mock(), **options)
    return sheets


@pytest.mark.once
def test_nobody_replaces_what_opens_the_backups_unseen(
    sunflowers: Nursery, bluebells: Nursery, tmp_path: Path
) -> None:
    sheets = by_command(tmp_path)
    told = Notification.objects.filter(kind="backup_sheets_made").values_list(
        "recipient", flat=True
    )
    for n in (sunflowers, bluebells):
        assert {n.dana.pk, n.morgan.pk} <= set(told)
        line = Entry.objects.get(setting_id=n.setting.pk, event="backup_sheets.made")
        assert line.details == {"sheets": " ".join(one.name for one in sheets)}


@pytest.mark.once
def test_typed_back_they_are_not_called_wrong(sunflowers: Nursery, tmp_path: Path) -> None:
    n = sunflowers
    sheets = by_command(tmp_path)
    with pytest.raises(RuleBroken, match="opens the backups made now") as said:
        actions.read_back(by=n.morgan, typed=" ".join(sheets[0].words))
    assert "not of one" not in str(said.value)
    with pytest.raises(RuleBroken, match="Whoever looks after the technical side made") as there:
        made(n)
    assert "read back" not in str(there.value)
    with pytest.raises(RuleBroken, match="not of one that opens"):
        actions.read_back(by=n.morgan, typed=" ".join(new_sheet().words))


def test_all_three_papers_are_written_or_none(data: Path, tmp_path: Path) -> None:
    """One that was left would be put into an envelope, and open nothing."""
    (tmp_path / "recovery-sheet-2.pdf").write_text("of last year")
    with pytest.raises(CommandError, match="is there already"):
        by_command(tmp_path)
    assert [one.name for one in tmp_path.glob("*.pdf")] == ["recovery-sheet-2.pdf"]
    (tmp_path / "recovery-sheet-2.pdf").unlink()
    full = mock.Mock(side_effect=[None, OSError(28, "No space left on device")])
    with mock.patch("os.fsync", full), pytest.raises(CommandError, match="No space left"):
        by_command(tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []
    assert not (data / recovery.FILE).exists()


def test_they_are_not_put_where_the_backups_lie(data: Path, tmp_path: Path) -> None:
    """Whoever finds that stick would have both."""
    stick = tmp_path / "stick"
    (stick / "papers").mkdir(parents=True)
    with (
        override_settings(SECOND_BACKUPS=str(stick)),
        pytest.raises(CommandError, match="backups lie"),
    ):
        by_command(stick / "papers")
    assert not (data / recovery.FILE).exists()
