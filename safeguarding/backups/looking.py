"""Whether what is on the disk is still whole: asked before a start, each night, before each backup.

python -m safeguarding.backups.looking <data folder>   says what is wrong, and ends with 3.
"""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from foundation import keys, opening
from foundation.sqlcipher import damage, sound

from . import copying, mark

FOUND_DAMAGE = 3


def look(data: Path, key: bytes) -> None:
    """Before a start, while nobody has it open. Raises Damaged for a page, a log or a trail."""
    file, own = data / "hedgerow.db", keys.derive(key, "database").hex()
    if not file.exists() and mark.read(data, key):
        raise damage.Damaged("missing", "the file hedgerow.db is gone.")
    damage.look(file, own)
    if file.exists():
        _compare_with_mark(file, own, data, key)


def look_while_open(data: Path, key: bytes, *, thoroughly: bool = False) -> None:
    """Each night and before each backup, while people work. Raises Damaged likewise."""
    file, own = data / "hedgerow.db", keys.derive(key, "database").hex()
    damage.look_while_open(file, own, thoroughly=thoroughly)
    _compare_with_mark(file, own, data, key)


def _compare_with_mark(file: Path, own: str, data: Path, key: bytes) -> None:
    with copying.opened(file, own) as connection:
        if connection.execute(copying.HAS_TRAIL).fetchone():
            mark.compare(connection, data, key)


def empty_the_log(data: Path, key: bytes) -> None:
    """Bring the log into the database, so that nothing of an earlier run is in it."""
    with copying.opened(data / "hedgerow.db", keys.derive(key, "database").hex()) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def main() -> None:
    """Look at a data folder that nobody has open."""
    data = Path(sys.argv[1]).resolve()
    if not (data / "hedgerow.db").exists() and not (data / mark.FILE).exists():
        return
    try:
        key = opening.key_of(data, os.environ.get("HEDGEROW_KEY"))
        key = sound.fitting(data / "hedgerow.db", key)
        look(data, key)
        empty_the_log(data, key)
    except damage.Damaged as found:
        sys.stderr.write(f"{found}\n")
        sys.exit(FOUND_DAMAGE)
    except ImproperlyConfigured as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
