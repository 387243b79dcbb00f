"""Changing the key: everything sealed with it is sealed anew, and the database file with it.

Who seals says how to seal anew: `@seals`. Each row is tried with the new key first, so that all of it
may be done twice. The database file is changed as a copy, which takes the place of the old one at once:
killed at any moment, either the old one or the new one is there, whole.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction

from foundation import drop, durable, keys, slots
from foundation.sqlcipher import sound

# Receipts are known by theirs, and nobody kept their codes; the trail was sealed, and is never written anew.
# What is sealed to people cannot be opened here to be sealed anew, so what lies beneath it stays as well.
OUTLIVE = {
    "receipts": "secrets",
    "trail": "trail",
    "signing": "signing key file",
    "text": "text root",
    "likeness": "likeness",
    "files": "files",
}
SPARE = 64 * 1024 * 1024
LITTLE_ROOM = (
    "There is too little room on the disk to change the key: the records are copied for it. Nothing was "
    "changed. Make room, then ask for it again."
)
CUT_OFF = (
    "A change of the key was begun before and cut off, and only the key it began with goes on with it. "
    "Nothing was changed. Start Hedgerow with bin/run and unlock it in the browser: it goes on by itself."
)
SealAnew = Callable[[bytes, bytes], None]  # the old key of the installation, and the new one
_seals: list[SealAnew] = []


class NotChanged(Exception):  # noqa: N818  its text is for the person
    """The key could not be changed. What there was is as it was."""


def seals(function: SealAnew) -> SealAnew:
    """Say that this function seals anew what an app has sealed."""
    _seals.append(function)
    return function


def anew(content: bytes, old: Callable[[bytes], bytes], new: Callable[[bytes], bytes]) -> bytes:
    """The content, opened with the new key, or else with the old one."""
    try:
        return new(content)
    except InvalidTag:
        return old(content)


def has_room(data: Path) -> bool:
    """Whether the disk takes the copy that is sealed anew, and its log."""
    file = data / "hedgerow.db"
    size = file.stat().st_size if file.exists() else 0
    return shutil.disk_usage(data).free > 2 * size + SPARE


def change_key(data: Path, old: bytes, new: bytes | None) -> None:
    """Change it, or go on with a change that was interrupted."""
    found = _checked(data, old)
    if new is None:
        new = _begin(data, found, old)
    if _is_file():
        _change_file(data, old, new)
    else:
        _seal_anew(old, new)
    drop.change_key(data, old, new)
    slots.save(data, slots.changed(slots.read(data), old, new), new)


def _checked(data: Path, old: bytes) -> slots.Slots:
    found = slots.read(data)
    if not slots.is_ours(found, old):
        raise NotChanged(slots.CHANGED)
    return found


def _begin(data: Path, found: slots.Slots, old: bytes) -> bytes:
    """The new key, sealed to the same people before anything is changed with it."""
    if found.next_key:
        # The records may have that key already, and nothing else holds it.
        raise NotChanged(CUT_OFF)
    if not has_room(data):
        raise NotChanged(LITTLE_ROOM)
    new = keys.random()
    for name, purpose in OUTLIVE.items():
        found = slots.keeping(found, old, name, keys.derive(old, purpose))
    slots.save(data, slots.with_next(found, new), old)
    return new


def _is_file() -> bool:
    return connection.vendor == "sqlite" and not getattr(connection, "is_in_memory_db", bool)()


def _change_file(data: Path, old: bytes, new: bytes) -> None:
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    if sound.verdict(place, new) == sound.SOUND:
        return  # it took the place of the old one before it was interrupted
    copy = place.with_name(f"{place.name}.changing")
    for left in data.glob(f"{copy.name}*"):
        left.unlink()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copyfile(place, copy)
    copy.chmod(0o600)
    _in_copy(copy, old, new)
    if sound.verdict(copy, new) != sound.SOUND:
        raise NotChanged("The copy with the new key is not whole. The records are as they were.")
    durable.flush(copy)
    for beside in (f"{place.name}-wal", f"{place.name}-shm"):  # emptied above; of the old key
        place.with_name(beside).unlink(missing_ok=True)
    copy.replace(place)
    durable.flush_folder(place.parent)


def _in_copy(copy: Path, old: bytes, new: bytes) -> None:
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(copy)
    try:
        _seal_anew(old, new)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = DELETE")
            cursor.execute(f"PRAGMA rekey = \"x'{keys.derive(new, 'database').hex()}'\"")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _seal_anew(old: bytes, new: bytes) -> None:
    with transaction.atomic():
        for function in _seals:
            function(old, new)


def in_rows(rows: Any, column: str, change: Callable[[Any], Any]) -> None:
    """Change one column of every row, a few hundred at a time."""
    for row in rows.iterator(chunk_size=200):
        rows.model._base_manager.filter(pk=row.pk).update(**{column: change(row)})
