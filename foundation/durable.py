"""Files that are there whole or not at all, also when the power goes."""

import os
import secrets
from pathlib import Path


def write(place: Path, content: bytes) -> None:
    """Write beside, flush, and put in the place of whatever is there."""
    beside = _beside(place, content)
    beside.replace(place)
    flush_folder(place.parent)


def write_once(place: Path, content: bytes) -> bool:
    """The same, but never over something that is there. Says whether it was new."""
    if place.exists():
        return False
    beside = _beside(place, content)
    try:
        if os.name == "nt":
            beside.rename(place)  # Windows renames over nothing
        else:
            os.link(beside, place)
    except FileExistsError:
        return False
    except OSError:  # a disk without links: nobody else makes a file of this name but once
        if place.exists():
            return False
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(place.parent)
    return True


def move(place: Path, folder: Path) -> None:
    """Put a file into another folder, for good."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.replace(folder / place.name)
    flush_folder(folder)
    flush_folder(place.parent)


def flush(place: Path) -> None:
    """See that a file that was written is really on the disk."""
    with place.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk; Windows sees to it by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _beside(place: Path, content: bytes) -> Path:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside
