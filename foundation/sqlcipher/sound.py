"""Whether the database is there, whole, and ours: asked at every start, before anything writes to it.

python -m foundation.sqlcipher.sound <data folder>  prints one of the words below.
"""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from sqlcipher3 import dbapi2 as Database  # noqa: N812  Django's name for it

from foundation import keys, opening

SOUND, MISSING, CUT, WRONG_KEY, DAMAGED = "sound", "missing", "cut", "wrong-key", "damaged"
NO_KEY = "no-key"
PAGE = 4096  # bytes; SQLite would take less for a new database


def verdict(path: Path, key: bytes) -> str:
    """Reads every page once; changes nothing."""
    if not path.exists():
        return MISSING
    if path.stat().st_size < PAGE:
        return CUT
    connection = Database.connect(path)
    try:
        return _looked_over(connection, keys.derive(key, "database").hex())
    except Database.DatabaseError:
        return DAMAGED
    finally:
        connection.close()


def fitting(path: Path, key: bytes) -> bytes:
    """The key of the file: the next one, where a change of the key was cut off after the file had it."""
    following = keys.given_next()
    if following is not None and verdict(path, key) == WRONG_KEY:
        return following if verdict(path, following) != WRONG_KEY else key
    return key


def _looked_over(connection: Database.Connection, key: str) -> str:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    try:
        [tables] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Database.DatabaseError as error:
        return WRONG_KEY if "not a database" in str(error) else DAMAGED
    if not tables:
        return CUT
    whole = connection.execute(
        "PRAGMA quick_check(1)"
    ).fetchone()  # checks each page's seal as well
    return SOUND if whole == ("ok",) else DAMAGED


def main() -> None:
    data = Path(sys.argv[1])
    try:
        key = opening.key_of(data, os.environ.get("HEDGEROW_KEY"))
        file = data / "hedgerow.db"
        said = verdict(file, fitting(file, key))
    except ImproperlyConfigured:
        said = NO_KEY
    sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    main()
