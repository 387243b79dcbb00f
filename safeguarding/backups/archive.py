"""One file that holds everything: a tar, sealed to the recovery keys while it is written.

Nothing of it is held in memory as a whole, and nothing of it touches the disk unsealed.
"""

import hashlib
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from foundation import sealed

PIECE = 64 * 1024
BLOCK = tarfile.BLOCKSIZE


class Changed(Exception):  # noqa: N818  reads as a sentence
    """A file became longer or shorter while it was copied."""


class SeenEnough(Exception):  # noqa: N818  reads as a sentence
    """What was asked is known, so nothing more is read."""


@dataclass(frozen=True)
class Part:
    """One file inside: its name, its size, and its content piece by piece."""

    name: str
    size: int
    pieces: Iterable[bytes]


def part_of(name: str, content: bytes) -> Part:
    """A small file that is at hand."""
    return Part(name, len(content), [content])


def part_from(name: str, place: Path) -> Part:
    """A file on the disk, read when its turn comes. What is added to it meanwhile is for the next time."""
    size = place.stat().st_size
    return Part(name, size, _first(size, place))


def pieces_of(place: Path) -> Iterator[bytes]:
    """The content of a file, never all at once."""
    with place.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _first(size: int, place: Path) -> Iterator[bytes]:
    for piece in pieces_of(place):
        yield piece[:size]
        if (size := size - len(piece)) <= 0:
            return


def digest_of(place: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    total = hashlib.sha256()
    for piece in pieces_of(place):
        total.update(piece)
    return total.hexdigest()


def write(parts: Iterable[Part], place: Path, to: list[str]) -> None:
    """Write a new sealed file and flush it. What is half written is for the caller to remove."""
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        sealed.seal_stream(_packed(parts), file, to)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def reading(place: Path, secret: str) -> Iterator[tarfile.TarFile]:
    """The tar inside, to be read once from its beginning to its end.

    Raises sealed.CannotOpen when it is not whole: trust nothing of it before this context is left.
    """
    out, into = os.pipe()
    failed: list[BaseException] = []
    pouring = threading.Thread(target=_pour, args=(place, secret, into, failed))
    pouring.start()
    try:
        with os.fdopen(out, "rb") as source:
            with tarfile.open(fileobj=source, mode="r|") as tar:
                yield tar
            while source.read(PIECE):
                pass
    except (tarfile.TarError, EOFError):
        pouring.join()
        raise (
            failed[0] if failed else sealed.CannotOpen("It is cut short or was changed.")
        ) from None
    finally:
        pouring.join()
    if failed:
        raise failed[0]


def opens(place: Path, secret: str) -> bool:
    """Whether a secret opens a sealed file. Reads no more than its beginning."""
    try:
        with reading(place, secret) as tar:
            tar.next()
            raise SeenEnough
    except SeenEnough:
        return True
    except sealed.CannotOpen:
        return False


def _pour(place: Path, secret: str, into: int, failed: list[BaseException]) -> None:
    """Unseal into a pipe; keep what went wrong for who reads at its other end."""
    try:
        with os.fdopen(into, "wb") as pipe, place.open("rb") as source:
            sealed.unseal_stream(source, pipe, secret)
    except BrokenPipeError:
        pass  # the reader has seen enough, and says why
    except BaseException as error:
        failed.append(error)


def content_of(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """What a member holds. Only plain files are ever inside."""
    file = tar.extractfile(member) if member.isreg() else None
    if file is None:
        raise sealed.CannotOpen("Something in it is not a file.")
    return file


def _packed(parts: Iterable[Part]) -> Iterator[bytes]:
    for part in parts:
        header = tarfile.TarInfo(part.name)
        header.size, header.mode = part.size, 0o600
        yield header.tobuf(tarfile.PAX_FORMAT)
        sent = 0
        for piece in part.pieces:
            sent += len(piece)
            yield piece
        if sent != part.size:
            raise Changed(part.name)
        yield bytes(-sent % BLOCK)
    yield bytes(2 * BLOCK)
