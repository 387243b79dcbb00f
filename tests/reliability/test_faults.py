"""What a power cut tears (F40): the program mends what its log holds, and the tearing is real."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from foundation.refusing import DoesNotOpen
from foundation.sqlcipher.base import unlock

from . import faults

pytestmark = pytest.mark.once
KEY = "ab" * 32
LOTS = range(40)
Cut = tuple[Path, dict[Path, bytes]]


def opened(place: Path) -> Any:
    file = sqlcipher.connect(str(place))
    unlock(file, KEY, name=place)
    return file


@pytest.fixture
def cut(tmp_path: Path) -> Cut:
    """A file of many pages, and what the disk held: a change to some of them stood in the log alone."""
    place = tmp_path / "one" / "records.db"
    place.parent.mkdir()
    with closing(opened(place)) as file:
        file.execute("PRAGMA journal_mode = WAL").fetchone()
        file.execute("PRAGMA wal_autocheckpoint = 0")
        file.execute("CREATE TABLE record (number INTEGER PRIMARY KEY, words TEXT)")
        file.executemany("INSERT INTO record (words) VALUES (?)", [("x" * 900,)] * 200)
        file.commit()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        file.execute("UPDATE record SET words = 'kept' WHERE number IN (3, 90, 150)")
        file.commit()
        return place, faults.as_on_disk(place)


def after(cut: Cut, lot: int) -> tuple[set[str], bool]:
    """Which files a power cut tore, by what their names end in, and whether all is there after it."""
    first, before = cut
    place = copytree(first.parent, first.parent.with_name(str(lot))) / first.name
    on_disk = {place.with_name(one.name): content for one, content in before.items()}
    faults.put_back(on_disk, place, random.Random(lot))  # noqa: S311
    torn = {
        one.suffix for one, held in before.items() if place.with_name(one.name).read_bytes() != held
    }
    return torn, is_whole(place)


def is_whole(place: Path) -> bool:
    try:
        with closing(opened(place)) as file:
            [(said,)] = file.execute("PRAGMA integrity_check").fetchall()
            kept = file.execute("SELECT count(*) FROM record WHERE words = 'kept'").fetchone()
    except (sqlcipher.DatabaseError, DoesNotOpen, ValueError):
        return False
    return bool(said == "ok" and kept == (3,))


def test_what_the_log_holds_outlives_a_torn_page_and_a_torn_end(cut: Cut) -> None:
    seen = [after(cut, lot) for lot in LOTS]

    assert all(whole for _, whole in seen)
    assert {tuple(torn) for torn, _ in seen} == {(".db",), (".db-wal",)}


def test_a_page_that_the_log_does_not_hold_is_seen_to_be_torn(
    cut: Cut, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this went unseen too, the test above would show nothing."""
    held: Callable[[bytes], set[int]] = faults.committed
    pages = set(range(1, 1 + len(cut[1][cut[0]]) // faults.PAGE))
    monkeypatch.setattr(faults, "committed", lambda log: pages - held(log))
    seen = [after(cut, lot) for lot in LOTS]

    assert {".db-wal"} in [torn for torn, _ in seen]
    assert any(torn == {".db"} for torn, _ in seen)
    assert [torn for torn, whole in seen if whole is (torn == {".db"})] == []
