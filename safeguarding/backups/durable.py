"""Writing so that a power cut leaves the old or the new, never a half."""

import os
from pathlib import Path


def write_whole(place: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then put in its place."""
    beside = place.with_name(f"{place.name}.part")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(beside, place)


def put_in_place(beside: Path, place: Path) -> None:
    """Give a file that is whole and flushed its name, and flush that too."""
    beside.replace(place)
    sync_folder(place.parent)


def sync_file(place: Path) -> None:
    """Flush a file that another hand wrote."""
    with place.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder. Windows does this by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
