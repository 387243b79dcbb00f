"""A database that is missing, cut off, swapped or damaged is found before anything writes to it (F39)."""

import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from foundation import keys
from foundation.sqlcipher.sound import CUT, DAMAGED, MISSING, SOUND, WRONG_KEY, verdict

pytestmark = pytest.mark.once

KEY, OTHER = bytes(32), bytes(range(32))
PAGE = 4096


def database(place: Path, key: bytes = KEY) -> Path:
    """One of some fifty pages."""
    connection = sqlite.connect(place)
    connection.execute(f"PRAGMA key = \"x'{keys.derive(key, 'database').hex()}'\"")
    connection.execute("CREATE TABLE note (words TEXT)")
    connection.executemany("INSERT INTO note VALUES (?)", [[os.urandom(1000).hex()]] * 100)
    connection.commit()
    connection.close()
    return place


def test_f39_each_way_to_be_broken_has_its_word_and_is_left_as_it_is(tmp_path: Path) -> None:
    place = database(tmp_path / "hedgerow.db")
    whole = place.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    found = {
        SOUND: [whole],
        CUT: [b"", b"x", whole[:-1][: PAGE - 1]],
        WRONG_KEY: [database(tmp_path / "foreign.db", OTHER).read_bytes(), b"x" * 9000],
        DAMAGED: [flipped, whole[:-PAGE], whole[: len(whole) // PAGE // 2 * PAGE], whole[:-100]],
    }
    for word, contents in found.items():
        for content in contents:
            place.write_bytes(content)
            assert verdict(place, KEY) == word
            assert place.read_bytes() == content
            assert [one.name for one in tmp_path.glob("hedgerow.db-*")] == []
    place.unlink()
    assert verdict(place, KEY) == MISSING
    assert not place.exists(), "looking for it makes none"
