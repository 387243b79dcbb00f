"""Restoring into an empty folder and comparing: what every backup goes through before it is one."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import connections
from django.db.utils import ConnectionHandler

from foundation import former, keys, sealed
from foundation.sqlcipher import damage

from . import archive, copying, tables
from .durable import sync_folder
from .manifest import FORM, WITH_FORMER_KEYS, Heads, Manifest

DATABASE, KEY, MANIFEST = "hedgerow.db", "key", "manifest.json"


class NotGood(Exception):  # noqa: N818  reads as a sentence
    """A backup cannot be used. `kind` is one word for why; the text says it to a person."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(why)
        self.kind = kind


@dataclass(frozen=True)
class Unpacked:
    """What came out of a backup: a data folder, the key that belongs to it, what it should be."""

    data: Path
    key: bytes
    manifest: Manifest
    former: list[bytes] = field(default_factory=list)

    @property
    def database_key(self) -> str:
        return keys.derive(self.key, "database").hex()


def restore_and_compare(
    place: Path, secret: str, into: Path, server: tables.Server | None = None
) -> bool:
    """Restore a backup into a new place and hold it against its manifest, down to every row and link.

    Says whether the record in it is whole. Raises NotGood where it is not what was put in.
    """
    from . import filling  # it builds on what is here

    unpacked = unpack(place, secret, into)
    heads = unpacked.manifest.heads
    if server:
        with filling.tried_out(server, place, secret, unpacked.manifest):
            return is_whole(heads)
    compare(unpacked)
    with standing_on(unpacked):
        return is_whole(heads)


def unpack(place: Path, secret: str, into: Path) -> Unpacked:
    """Write what is inside into a new folder. Raises NotGood for a wrong secret and for damage."""
    into.mkdir(mode=0o700, parents=True)
    small: dict[str, bytes] = {}
    try:
        with archive.reading(place, secret) as tar:
            for member in tar:
                source = archive.content_of(tar, member)
                if tables.is_rows(member.name):
                    continue  # for the database: see filling
                if member.name in {KEY, former.FILE, MANIFEST}:
                    small[member.name] = source.read()
                else:
                    _write(into, member.name, iter(lambda f=source: f.read(archive.PIECE), b""))  # type: ignore[misc]
    except sealed.WrongKey:
        raise NotGood("secret", WRONG_SECRET) from None
    except sealed.CannotOpen:
        raise NotGood("damaged", DAMAGED) from None
    return _read(into, small)


def _read(into: Path, small: Mapping[str, bytes]) -> Unpacked:
    try:
        said = json.loads(small[MANIFEST])
        if said["form"] > FORM:
            raise NotGood("newer", NEWER)
        manifest = Manifest.read(small[MANIFEST])
        before = former.read(small.get(former.FILE, b""))  # an older one has none
        if [former.name_of(one) for one in before] != manifest.former:
            raise NotGood("damaged", DAMAGED)
        return Unpacked(into, bytes.fromhex(small[KEY].decode()), manifest, before)
    except (KeyError, ValueError, TypeError):
        raise NotGood("damaged", DAMAGED) from None


def _write(into: Path, name: str, pieces: Iterator[bytes]) -> None:
    """Write one file of the data folder, flushed. A name that leads elsewhere is refused."""
    parts = PurePosixPath(name).parts
    if len(parts) < 2 or parts[0] != "data" or ".." in parts or "\\" in name or ":" in name:
        raise NotGood("damaged", DAMAGED)
    place = into.joinpath(*parts[1:])
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("xb") as file:
        place.chmod(0o600)
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(place.parent)


def compare(unpacked: Unpacked) -> None:
    """The database is whole, and has the rows, the values and the ends of chains it should have."""
    file, wanted = unpacked.data / DATABASE, unpacked.manifest
    if not file.is_file():
        raise NotGood("damaged", DAMAGED)
    try:
        damage.look(file, unpacked.database_key, thoroughly=True)
    except damage.Damaged:
        raise NotGood("damaged", DAMAGED) from None
    with copying.opened(file, unpacked.database_key) as connection:
        compare_heads(connection, wanted)
        if copying.tables(connection) != wanted.tables:
            raise NotGood("rows", OTHER_ROWS)


def compare_heads(connection: Any, wanted: Manifest) -> None:
    """The chains end where they should, in tables of the right version."""
    if dict(copying.heads(connection)) != wanted.heads:
        raise NotGood("trail", OTHER_TRAIL)
    if copying.schema(connection) != wanted.schema:
        raise NotGood("rows", OTHER_ROWS)


@contextmanager
def standing_on(unpacked: Unpacked) -> Iterator[None]:
    """Let the models of this thread read the restored database instead of the living one."""
    options = {"key": unpacked.database_key, "timeout": 20, "transaction_mode": "IMMEDIATE"}
    name = str(unpacked.data / DATABASE)
    handler = ConnectionHandler(
        {"default": {"ENGINE": "foundation.sqlcipher", "NAME": name, "OPTIONS": options}}
    )
    with closing(handler["default"]) as restored, lent(restored):
        yield


@contextmanager
def lent(other: Any) -> Iterator[None]:
    """Give the models of this thread another connection for a while."""
    living = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = living


def is_whole(heads: Heads) -> bool:
    """Walk every chain of the trail. Needs the models. Raises NotGood where one is not there."""
    from safeguarding.audit.verify import verify

    report = verify()
    if report.is_intact and report.chains < len(heads):
        raise NotGood("trail", OTHER_TRAIL)
    return report.is_intact


def broken_trail(manifest: Manifest) -> str:
    """What is said of a trail that does not hold; of one that may only lack a key from before, that too."""
    return BROKEN_TRAIL if manifest.form >= WITH_FORMER_KEYS else f"{BROKEN_TRAIL} {OLDER_KEYS}"


NOTHING = "Nothing was restored and nothing was overwritten."
WRONG_SECRET = (
    "This sheet does not open this backup. The label beside the backup names the sheets that do. "
    f"{NOTHING}"
)
DAMAGED = f"This backup is damaged or cut short. Take the one before it, or another copy. {NOTHING}"
NEWER = f"This backup was made by a newer Hedgerow. Install that one, then restore again. {NOTHING}"
OTHER_ROWS = (
    "What came out of this backup is not what was put in. Take the one before it, or another copy. "
    f"{NOTHING}"
)
OTHER_TRAIL = (
    "The audit trail in this backup does not end where it should. Keep the backup, and tell whoever "
    f"answers for the records. {NOTHING}"
)
OLDER = (
    "This backup is older than what was written down elsewhere: entries that existed then are not in "
    f"it. Look for a newer backup. {NOTHING}"
)
BROKEN_TRAIL = (
    "The audit trail in this backup was tampered with, or a part of it is missing. Keep the backup, and "
    f"tell whoever answers for the records. {NOTHING} To bring it back as it is, restore once more with "
    "--although-not-whole."
)
OLDER_KEYS = (
    "But first: did this installation name older key files (HEDGEROW_KEYS_BEFORE)? In a backup of this age "
    "they are not, and without them it looks the same. Name them again as it did, and restore once more."
)
