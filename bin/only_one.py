"""One running Hedgerow to a data folder: a lock that ends with the process, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

FAR = 1 << 30  # Windows locks bytes and lets nobody read them: lock one far behind the address


class Taken(Exception):  # noqa: N818  it is not an error, only an answer
    """Another process holds the folder. Its text is that process's address."""


def hold(data: Path) -> IO[str]:
    """Hold the folder until the process ends. Raises Taken with the holder's address."""
    file = (data / "running.txt").open("a+", encoding="utf-8")
    try:
        lock(file)
    except OSError:
        time.sleep(0.1)  # the holder may only now be writing its address
        file.seek(0)
        raise Taken(file.read().strip()) from None
    file.truncate(0)
    return file


def wait_for(file: IO[str], say: Callable[[], None]) -> None:
    """Lock the file, however long another process has it; say so once if we have to wait."""
    said = False
    while True:
        try:
            return lock(file)
        except OSError:
            if not said:
                say()
            said = True
            time.sleep(0.2)


def lock(file: IO[str]) -> None:
    """Lock the file or raise OSError, as each system does it."""
    if os.name == "nt":
        import msvcrt

        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        file.seek(0)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
