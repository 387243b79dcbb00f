"""Where the record is no longer whole, backups go on, say so, and replace none of those from before."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from demo.cast import Nursery
from safeguarding.backups import folder, ours, restoring
from safeguarding.backups.checking import NotGood
from safeguarding.backups.folder import Keep
from safeguarding.backups.restoring import Wanted

from .files import Installation, at, installation

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TRIGGERS = "SELECT name FROM sqlite_master WHERE type='trigger'"


@pytest.fixture
def standing(sunflowers: Nursery, tmp_path: Path) -> Installation:
    """An installation with a backup from before, in whose record somebody then changed a name."""
    found = installation(tmp_path)
    found.backed_up(days_ago=9)
    with closing(found.connect()) as file:
        file.execute("PRAGMA recursive_triggers = OFF")
        for (name,) in file.execute(TRIGGERS).fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE audit_entry SET actor_name = 'Nobody' WHERE seq = 2")
        file.commit()
    return found


def restored(standing: Installation, backup: Path, **wanted: Any) -> Path:
    """Where the data is after restoring."""
    blank = standing.data.parent / "blank"
    restoring.restore(Wanted(backup, standing.sheets[0].secret, blank, **wanted))
    return blank


def test_it_is_kept_and_says_so(standing: Installation) -> None:
    label = standing.backed_up()

    assert not label.is_whole
    assert '"is_whole": false' in standing.place_of(label).with_suffix(".json").read_text()
    tries = folder.journal(standing.source.to)
    assert [(one.is_kept, one.is_good) for one in tries] == [(True, False), (True, True)]


def test_none_from_before_is_removed_for_it(standing: Installation) -> None:
    """The oldest of its own kind are, or the disk would be full one day."""
    few = replace(standing.source, keep=Keep(1, 1, 1))
    before = folder.backups(few.to)
    made = [Installation(few, standing.sheets).backed_up(days_ago=n) for n in (8, 7, 3, 0)]

    kept = folder.backups(few.to)
    assert set(before) <= set(kept)
    assert [one.name in kept for one in made] == [False, False, False, True]


def test_restoring_asks_which_one_is_wanted(standing: Installation) -> None:
    """The one from before has nothing of what was written since; the other has a record that is not whole."""
    before = standing.source.to / f"{folder.backups(standing.source.to)[0]}.age"
    standing.backed_up(days_ago=1)
    since = standing.place_of(standing.backed_up())
    with pytest.raises(NotGood) as asked:
        restored(standing, since)
    assert f"{before} --although-older" in str(asked.value)
    assert f"{since} --although-not-whole" in str(asked.value)
    assert "Nothing was restored" in str(asked.value)

    data = restored(standing, since, although_not_whole=True)
    assert (data / "hedgerow.db").is_file()
    data.rename(data.with_name("first"))
    assert (restored(standing, before, although_older=True) / "hedgerow.db").is_file()


def test_without_its_label_it_is_still_asked_for(standing: Installation) -> None:
    stick = standing.data.parent / "stick"
    stick.mkdir()
    alone = Path(copy(standing.place_of(standing.backed_up()), stick))

    with pytest.raises(NotGood, match="tampered") as refused:
        restored(standing, alone)
    assert "--although-not-whole" in str(refused.value)
    assert restored(standing, alone, although_not_whole=True).is_dir()


def test_where_none_from_before_lies_beside_it_that_is_said(standing: Installation) -> None:
    since = standing.place_of(standing.backed_up())
    for one in standing.source.to.glob("*.age"):
        if one != since:
            one.unlink()
    with pytest.raises(NotGood, match="look on the other stick"):
        restored(standing, since)


def test_the_commands_say_so_too(
    standing: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEDGEROW_DATA", str(standing.data.parent / "blank"))
    with (
        mock.patch.object(ours, "source", return_value=standing.source),
        pytest.raises(CommandError, match="no longer whole"),
    ):
        call_command("backup")
    assert "Made, restored and compared" in capsys.readouterr().out

    with pytest.raises(CommandError, match="--although-not-whole"):  # before anybody types 33 words
        call_command("restore", str(standing.source.to))
    words = standing.data.parent / "words.txt"
    words.write_text(standing.sheets[1].secret)
    call_command("restore", str(standing.source.to), secret_file=words, although_not_whole=True)
    assert "the record is whole was not asked" in capsys.readouterr().out


def test_once_it_is_whole_again_they_are_pruned_as_before(standing: Installation) -> None:
    to = standing.source.to
    broken = standing.backed_up(days_ago=8)
    for days in (7, 0):
        label = replace(broken, name=folder.name_at(at(days)), is_whole=True)
        (to / f"{label.name}.age").write_bytes(b"x")
        (to / f"{label.name}.json").write_bytes(label.written())

    folder.prune(to, Keep(1, 1, 1))
    left = [json.loads((to / f"{name}.json").read_text()) for name in folder.backups(to)]
    assert [one["is_whole"] for one in left] == [True, False]
