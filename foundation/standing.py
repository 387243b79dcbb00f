"""In which state the installation is, and what was asked of whoever started it.

Small files in the data folder, so that every process sees them without asking the database.
"""

import contextlib
import os
import shutil
from pathlib import Path

from foundation import durable, former, slots

ASKED = {"lock": "asked-to-lock", "change key": "asked-to-change-key"}
READ_ONLY = "read-only"
USED = "last-used"
KEY_FILE = "hedgerow.key"


def ask(data: Path, what: str) -> None:
    """Ask whoever started Hedgerow to lock, or to change the key."""
    durable.write(data / ASKED[what], b"")


def used(data: Path) -> None:
    """Note that somebody who is signed in is at work."""
    with contextlib.suppress(OSError):
        (data / USED).touch()


def set_read_only(data: Path, *, on: bool) -> None:
    """Let nothing be changed for now, or let it again."""
    if on:
        durable.write(data / READ_ONLY, b"")
    else:
        (data / READ_ONLY).unlink(missing_ok=True)


def read_only(data: Path, least_free: int) -> str:
    """Why nothing may be changed: `asked`, or `disk` when it is nearly full; empty when it may."""
    if (data / READ_ONLY).exists():
        return "asked"
    return "disk" if has_little_room(data, least_free) else ""


def has_little_room(data: Path, least_free: int) -> bool:
    try:
        return shutil.disk_usage(data).free < least_free
    except OSError:
        return False


def keeps_own_key() -> bool:
    """Whether the way in lies in the data folder, and is not a key file kept elsewhere."""
    return not os.environ.get("HEDGEROW_KEY")


def can_be_locked(data: Path) -> bool:
    """Whether there are passphrases, and no key file that would open it anyway."""
    return keeps_own_key() and slots.exist(data) and not (data / KEY_FILE).exists()


def needs_passphrases(data: Path) -> bool:
    """Whether a key file lies beside the records, for whoever takes the computer."""
    return keeps_own_key() and (data / KEY_FILE).exists()


def put_key_file_away(data: Path) -> None:
    """Delete it, and what lies beside it. Nothing is left of it but the copies that people made."""
    (data / KEY_FILE).unlink(missing_ok=True)
    (data / former.FILE).unlink(missing_ok=True)
    durable.flush_folder(data)
