"""Keeping files on the disk, encrypted, and reading them again.

Each file has a key of its own, which the database holds wrapped with a key derived from the
installation's. Destroying that row destroys the file, also in every copy of the folder. The content is
sealed in pieces, each bound to its file, its place and whether it is the last, so that none can be
changed, moved, left out or put into another file without it being found.
"""

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from foundation import former
from foundation.encrypted import stored_if_sealed
from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable
from safeguarding.people.models import Setting

from . import cleaning, kinds, scanning
from .models import Scan, StoredFile
from .scanning import ScannerAwayError

PIECE = 64 * 1024
NONCE = 12
TAG = 16
DAMAGED = (
    "This file cannot be opened: it is damaged or not the one that was kept. Nothing was changed. "
    "Tell whoever looks after the technical side that it has to come from a backup."
)
FULL = (
    "There is no more room for files of this setting. The file was not kept; what you typed is still "
    "here. Write down what it says, and tell whoever looks after the technical side."
)
NOT_SCANNED = (
    "This file still waits for the virus scanner, and stays closed until then. Nothing was lost. Try "
    "again in a few minutes; if it stays so, tell whoever looks after the technical side."
)
A_VIRUS = (
    "The virus scanner found something harmful in this file, so it stays closed for good. Everything "
    "else of the case is safe. Ask whoever sent it for the words alone."
)


def keep(
    setting: Setting,
    name: str,
    content: bytes,
    *,
    pictures: bool = False,
    sealed_with: tuple[str, bytes] | None = None,
) -> StoredFile:
    """Keep a file: first on the disk, whole or not at all, then as a row of the caller's transaction.

    `sealed_with` is the key of the record it belongs to, where that record is sealed.
    Raises RuleBroken for what is not taken. A file whose row was undone is swept away later. Where there
    is a virus scanner it stays closed until that has answered; nothing waits for it.
    """
    taken = cleaning.clean(name, content, pictures=pictures)
    _require_room(setting, len(taken.content))
    stored = StoredFile(setting=setting, name=taken.name, kind=taken.kind, size=len(taken.content))
    stored.waits_for_scan = bool(settings.CLAMD)
    stored.writing_key = sealed_with
    return _kept(stored, taken.content)


def keep_ours(setting: Setting, name: str, content: bytes) -> StoredFile:
    """Keep a PDF that we made ourselves: nothing of it came from outside, so it is not written anew."""
    _require_room(setting, len(content))
    stored = StoredFile(setting=setting, name=kinds.safe_name(name), kind="pdf", size=len(content))
    return _kept(stored, content)


def _kept(stored: StoredFile, content: bytes) -> StoredFile:
    key = AESGCM.generate_key(bit_length=256)
    stored.wrapped_key = _wrapped(key, stored.pk)
    _write(place_of(stored.pk), _sealed(key, stored.pk, content))
    stored.save(force_insert=True)
    return stored


def _require_room(setting: Setting, size: int) -> None:
    """Files of one setting have a limit together. Words never do: a report is taken without its file."""
    held = StoredFile.objects.filter(setting=setting).aggregate(all=Sum("size"))["all"] or 0
    if held + size > settings.FILES_MOST:
        raise RuleBroken(FULL)


def scan(stored: StoredFile) -> Scan:
    """Ask the scanner and keep its answer. Raises ScannerAwayError when it gives none."""
    found = scanning.holds_a_virus(_opened(stored))
    return Scan.objects.create(setting=stored.setting, file=stored, found_virus=found)


def read(stored: StoredFile) -> bytes:
    """The content again, if it is what was kept and still is of its kind."""
    if stored.is_quarantined and only_readers_can_show(stored):
        with suppress(ScannerAwayError):
            scan(stored)
    if stored.is_quarantined:
        raise RuleBroken(A_VIRUS if stored.scans.exists() else NOT_SCANNED)
    return _opened(stored)


def only_readers_can_show(stored: StoredFile) -> bool:
    """Whether the worker, which reads for nobody, cannot open it to have it scanned: its first reader can."""
    sealed = bool(stored_if_sealed(stored, "wrapped_key"))
    return sealed and not stored.scans.exists()


def _opened(stored: StoredFile) -> bytes:
    wrapped = stored.wrapped_key
    if isinstance(wrapped, Unreadable):
        raise RuleBroken(wrapped)
    try:
        key = _unwrapped(wrapped, stored.pk)
        sealed = place_of(stored.pk).read_bytes()
        content = b"".join(_unsealed(key, stored.pk, sealed))
        _, kind = kinds.look_at(stored.name, content, pictures=True)
    except (InvalidTag, OSError, ValueError, RuleBroken):
        raise RuleBroken(DAMAGED) from None
    if kind != stored.kind or len(content) != stored.size:
        raise RuleBroken(DAMAGED)
    return content


def digest_of(stored: StoredFile) -> str:
    """SHA-256 of the content, for a list of files on paper. Worked out anew, never kept (rule R34)."""
    try:
        key = _unwrapped(stored.wrapped_key, stored.pk)
        total = hashlib.sha256()
        for piece in _unsealed(key, stored.pk, place_of(stored.pk).read_bytes()):
            total.update(piece)
    except (InvalidTag, OSError, ValueError):
        raise RuleBroken(DAMAGED) from None
    return total.hexdigest()


def destroy_key(stored: StoredFile) -> None:
    """Destroy the key, so that nobody can open the file again. For the caller's transaction, and for good.

    What lies on the disk stays as it is: without its key it is noise.
    """
    gone = StoredFile.objects.filter(pk=stored.pk, destroyed_at=None)
    gone.update(wrapped_key="", destroyed_at=timezone.now())


def place_of(file_id: UUID) -> Path:
    """Where a file lies: outside everything that is served, under an id that says nothing."""
    return Path(settings.FILES) / file_id.hex[:2] / file_id.hex


def ids_on_disk(older_than: float) -> Iterator[UUID]:
    """The ids of files that lie there since before a moment."""
    for place in Path(settings.FILES).glob("??/*"):
        if len(place.name) == 32 and place.stat().st_mtime < older_than:
            yield UUID(place.name)


def unfinished(older_than: float) -> Iterator[Path]:
    """What was being written when something stopped it."""
    found = Path(settings.FILES).glob("??/*.part")
    yield from (place for place in found if place.stat().st_mtime < older_than)


def _sealed(key: bytes, file_id: UUID, content: bytes) -> bytes:
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    return b"".join(
        AESGCM(key).encrypt(_nonce(number, last=number == len(pieces) - 1), piece, file_id.bytes)
        for number, piece in enumerate(pieces)
    )


def _unsealed(key: bytes, file_id: UUID, sealed: bytes) -> Iterator[bytes]:
    step = PIECE + TAG
    pieces = [sealed[start : start + step] for start in range(0, len(sealed), step)]
    for number, piece in enumerate(pieces):
        nonce = _nonce(number, last=number == len(pieces) - 1)
        yield AESGCM(key).decrypt(nonce, piece, file_id.bytes)


def _nonce(number: int, *, last: bool) -> bytes:
    """The place of a piece. A key seals one file once, so that no nonce is ever used again."""
    return bytes([last]) + number.to_bytes(NONCE - 1, "big")


def _wrapped(key: bytes, file_id: UUID) -> str:
    nonce = os.urandom(NONCE)
    sealed = AESGCM(settings.FILES_KEY).encrypt(nonce, key, file_id.bytes)
    return base64.b64encode(nonce + sealed).decode()


def _unwrapped(wrapped: str, file_id: UUID) -> bytes:
    sealed = base64.b64decode(wrapped)
    nonce, rest = sealed[:NONCE], sealed[NONCE:]
    known = (settings.FILES_KEY, *settings.FILES_KEYS_BEFORE)
    return former.opened(known, lambda key: AESGCM(key).decrypt(nonce, rest, file_id.bytes))


def _write(place: Path, content: bytes) -> None:
    """Whole or not at all, also if the power goes: written beside it, then put in its place."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = place.with_suffix(".part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
    if os.name == "posix":
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
