"""Room kept back on the disk, to be given away when there is no more: then filing goes on."""

import os
import shutil
from pathlib import Path

NAME = "reserve"
SIZE = 50 * 1024 * 1024
PIECE = 1024 * 1024


def keep(data: Path, size: int = SIZE) -> bool:
    """Set the room aside, if it is not and there is plenty. Filled with what no disk can shrink."""
    place, beside = data / NAME, data / f"{NAME}.part"
    if place.exists() or is_short(data, size):
        return False
    try:
        with beside.open("wb") as file:
            for _ in range(size // PIECE):
                file.write(os.urandom(PIECE))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError:
        beside.unlink(missing_ok=True)
        return False
    return True


def give(data: Path) -> bool:
    """Give it away, because the disk is full. Whether there was any to give."""
    try:
        (data / NAME).unlink()
    except OSError:
        return False
    return True


def is_out(data: Path) -> bool:
    """Whether nothing is left. SQLite opened then calls it an error of the disk, not a full one."""
    return data.is_dir() and shutil.disk_usage(data).free < PIECE


def is_short(data: Path, size: int = SIZE) -> bool:
    """Whether so little is left that somebody should make room."""
    return data.is_dir() and shutil.disk_usage(data).free < 4 * size
