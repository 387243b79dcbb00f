"""F13: whatever is done to the file or to its log is found before anybody writes to it again."""

import random
import secrets
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from foundation.sqlcipher import damage
from foundation.sqlcipher.base import unlock

KEY = secrets.token_hex(32)
pytestmark = pytest.mark.once
Harm = Callable[[Path, random.Random], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of some fifty pages whose process was killed: its log holds the last ten changes."""
    folder, left = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("left")
    file = folder / "hedgerow.db"
    with closing(sqlcipher.connect(str(file), isolation_level=None)) as connection:
        unlock(connection, KEY, name=file)
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("CREATE TABLE note (id integer PRIMARY KEY, words text UNIQUE)")
        connection.executemany(
            "INSERT INTO note (words) VALUES (?)", [(f"{n} " + "w" * 700,) for n in range(120)]
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        for number in range(10):
            connection.execute("INSERT INTO note (words) VALUES (?)", [f"late {number}"])
        for one in folder.iterdir():
            copy(one, left)
    return left / "hedgerow.db"


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to do harm to."""
    for one in whole.parent.iterdir():
        if not one.name.endswith("-shm"):
            copy(one, tmp_path)
    return tmp_path / "hedgerow.db"


def log_of(file: Path) -> Path:
    return file.with_name("hedgerow.db-wal")


def flip_a_bit(file: Path, rng: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    file.write_bytes(content)


def flip_a_bit_of_the_first_page(file: Path, rng: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[rng.randrange(16, damage.PAGE)] ^= 1
    file.write_bytes(content)


def empty_a_page(file: Path, rng: random.Random) -> None:
    content = bytearray(file.read_bytes())
    start = rng.randrange(len(content) // damage.PAGE) * damage.PAGE
    content[start : start + damage.PAGE] = bytes(damage.PAGE)
    file.write_bytes(content)


def cut_pages_off(file: Path, rng: random.Random) -> None:
    pages = file.stat().st_size // damage.PAGE
    with file.open("r+b") as cut:
        cut.truncate(rng.randrange(1, pages) * damage.PAGE)


def cut_within_a_page(file: Path, rng: random.Random) -> None:
    with file.open("r+b") as cut:
        cut.truncate(file.stat().st_size - rng.randrange(1, damage.PAGE))


def swap_two_pages(file: Path, rng: random.Random) -> None:
    content = bytearray(file.read_bytes())
    one, other = rng.sample(range(1, len(content) // damage.PAGE), 2)
    first, second = (slice(n * damage.PAGE, (n + 1) * damage.PAGE) for n in (one, other))
    content[first], content[second] = content[second], content[first]
    file.write_bytes(content)


def put_another_log_there(file: Path, rng: random.Random) -> None:
    other = file.with_name("other.db")
    with closing(sqlcipher.connect(str(other), isolation_level=None)) as connection:
        unlock(connection, secrets.token_hex(32), name=other)
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("CREATE TABLE note (words text)")
        copy(other.with_name("other.db-wal"), log_of(file))


def flip_a_bit_of_an_earlier_change(file: Path, rng: random.Random) -> None:
    log = log_of(file)
    content = bytearray(log.read_bytes())
    content[damage.LOG_HEADER + rng.randrange(len(content) // 2)] ^= 1
    log.write_bytes(content)


def lose_the_file(file: Path, rng: random.Random) -> None:
    file.unlink()


HARM: list[Harm] = [
    flip_a_bit,
    flip_a_bit_of_the_first_page,
    empty_a_page,
    cut_pages_off,
    cut_within_a_page,
    swap_two_pages,
    put_another_log_there,
    flip_a_bit_of_an_earlier_change,
    lose_the_file,
]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_harm_is_found_and_named(file: Path, harm: Harm, seed: int) -> None:
    damage.look(file, KEY)
    log_of(file).with_name("hedgerow.db-shm").unlink(missing_ok=True)
    harm(file, random.Random(seed))  # noqa: S311  the same harm each time

    with pytest.raises(damage.Damaged, match="The database is damaged: ") as found:
        damage.look(file, KEY)

    assert "Nothing was changed" in str(found.value)


def test_what_a_power_cut_tore_is_no_damage(file: Path) -> None:
    """The last change was never acknowledged: a start goes on without it."""
    log = log_of(file)
    content = bytearray(log.read_bytes())
    content[-100] ^= 1
    log.write_bytes(content)

    damage.look(file, KEY)


def test_looking_changes_nothing(file: Path) -> None:
    before = {one.name: one.read_bytes() for one in (file, log_of(file))}

    damage.look(file, KEY, thoroughly=True)

    assert {one.name: one.read_bytes() for one in (file, log_of(file)) if one.exists()} == before
