"""bin/run on records that cannot be opened: it says why, overwrites nothing, and takes reports (F39)."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foundation import drop, keys
from foundation.tests.test_sound_database import OTHER, PAGE, database
from safeguarding.lock.tests.given import MARK, ask, code_on, files_with, free_port, typed

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
WITHIN = 60  # seconds


@contextmanager
def started(data: Path) -> Iterator[int]:
    """bin/run on a folder: its port."""
    port = free_port()
    command = [sys.executable, "bin/run", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603  our own command
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    with process:
        try:
            yield port
        finally:
            process.terminate()


def has_run_before(data: Path, key_file: Path) -> bytes:
    """A folder with a key and a drop, whose records are gone."""
    keys.make(key_file)
    (data / "prepared.txt").write_text("it has run before")
    drop.make_ready(data, keys.read(key_file))
    return keys.read(key_file)


def says(port: int, words: str) -> None:
    """The first page says so, at last."""
    until, page = time.monotonic() + WITHIN, ""
    while words not in page:
        assert time.monotonic() < until, f"it never said {words!r} but: {page[:3000]}"
        time.sleep(0.3)
        try:
            _, page = ask(port, "/")
        except OSError:
            continue
    assert "Nothing was overwritten" in page


def takes_a_report(port: int, data: Path) -> None:
    """Sent twice it gives one receipt, and nobody can read it in the folder."""
    before, sent = len(drop.waiting(data)), typed()
    first, second = (
        code_on(ask(port, "/report/", sent | {"at": "Sunflowers"})[1]) for _ in range(2)
    )

    assert first == second
    assert len(drop.waiting(data)) == before + 1
    assert files_with(data, MARK) == []


def test_f39_records_that_cannot_be_opened_are_named_and_left_and_reports_are_taken(
    tmp_path: Path,
) -> None:
    """One way to be broken after the other: somebody tries to put it right, and does not."""
    key_file, place = tmp_path / "hedgerow.key", tmp_path / "hedgerow.db"
    key = has_run_before(tmp_path, key_file)
    foreign = database(tmp_path / "foreign.db", OTHER).read_bytes()
    cut_off = database(tmp_path / "own.db", key).read_bytes()[:-PAGE]

    with started(tmp_path) as port:
        says(port, "is not where it should be")
        takes_a_report(port, tmp_path)
        assert not place.exists(), "an empty one in its place would hide that it is gone"
        for content, words in ((foreign, "swapped for another"), (cut_off, "is damaged")):
            place.write_bytes(content)
            ask(port, "/again/", {})
            says(port, words)
            takes_a_report(port, tmp_path)
            assert place.read_bytes() == content
        key_file.rename(tmp_path / "elsewhere")
        ask(port, "/again/", {})
        says(port, "The key that opens the records is missing")
        takes_a_report(port, tmp_path)
        assert not key_file.exists(), "no new key is made for old records"
