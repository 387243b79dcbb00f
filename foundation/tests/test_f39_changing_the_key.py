"""The key is changed as a whole, however often the computer stops in the middle (F39)."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from foundation import changing, drop, keys, slots
from foundation.sqlcipher import sound

from .change_key_and_die import PASSPHRASE
from .test_key_slots import CHEAP

pytestmark = pytest.mark.once

OLD = bytes(range(32))
SCRIPT = Path(__file__).with_name("change_key_and_die.py")
DEATHS = (
    "after the slots",  # the next key is there, and nothing is changed with it yet
    "before sealing anew",
    "after flushing the copy",  # whole, and not yet in the place of the old one
    "after flushing the folder",  # in the place of the old one
    "after the drop",
)


def make(data: Path) -> None:
    """A small installation: one row, one report that waits, one passphrase."""
    slots.save(data, slots.with_passphrase(slots.Slots(), OLD, "Dana", PASSPHRASE, cost=CHEAP), OLD)
    drop.make_ready(data, OLD)
    drop.keep(data, "one", b"a report")
    connection = sqlite.connect(data / "hedgerow.db")
    connection.execute(f"PRAGMA key = \"x'{keys.derive(OLD, 'database').hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE note (sealed_with TEXT, words TEXT)")
    connection.execute("INSERT INTO note VALUES (?, 'kept')", [OLD.hex()])
    connection.commit()
    connection.close()


def run(data: Path, death: str) -> int:
    command = [sys.executable, "-m", "foundation.tests.change_key_and_die", str(data), death]
    done = subprocess.run(command, cwd=SCRIPT.parents[2], capture_output=True, check=False)  # noqa: S603
    assert done.returncode in {0, 9}, done.stderr.decode()
    return done.returncode


def note(data: Path, key: bytes) -> tuple[str, str]:
    connection = sqlite.connect(data / "hedgerow.db")
    connection.execute(f"PRAGMA key = \"x'{keys.derive(key, 'database').hex()}'\"")
    [row] = connection.execute("SELECT sealed_with, words FROM note").fetchall()
    connection.close()
    return tuple(row)


def whole(data: Path) -> bytes:
    """The key with which the records can be read now: all of them, and each sealed with that same key."""
    found = slots.read(data)
    opened = slots.open_with_passphrase(found, found.slots[0].id, PASSPHRASE)
    fits = [
        key
        for key in (opened.key, opened.next)
        if key and sound.verdict(data / "hedgerow.db", key) == sound.SOUND
    ]
    assert len(fits) == 1, "there is always exactly one key that opens it"
    assert note(data, fits[0]) == (fits[0].hex(), "kept")
    return fits[0]


def test_f39_killed_again_and_again_while_the_key_is_changed(tmp_path: Path) -> None:
    make(tmp_path)
    for death in DEATHS:
        assert run(tmp_path, death) == 9, f"it did not come to: {death}"
        whole(tmp_path)
    assert run(tmp_path, "never") == 0
    new = whole(tmp_path)

    assert new != OLD
    found = slots.read(tmp_path)
    opened = slots.open_with_passphrase(found, found.slots[0].id, PASSPHRASE)
    assert (opened.key, opened.next) == (new, None)
    [waiting] = drop.waiting(tmp_path)
    assert drop.opened(waiting, drop.identities(tmp_path, new)).strip() == b"a report"
    assert sound.verdict(tmp_path / "hedgerow.db", OLD) == sound.WRONG_KEY
    assert slots.kept_of(found, new)["receipts"] == keys.derive(OLD, "secrets")
    left = {one.name for one in tmp_path.iterdir()}
    assert left == {"hedgerow.db", "drop", slots.NAME}, "nothing of the copy is left"


def test_another_change_never_takes_the_place_of_one_that_was_cut_off(tmp_path: Path) -> None:
    """The records have the next key already, and nothing but the slots holds it."""
    make(tmp_path)
    assert run(tmp_path, "after the drop") == 9
    before = slots.place_of(tmp_path).read_bytes()
    with pytest.raises(changing.NotChanged, match="goes on by itself"):
        changing.change_key(tmp_path, OLD, None)
    assert slots.place_of(tmp_path).read_bytes() == before
    assert whole(tmp_path) != OLD
