"""How entries are linked. Nothing but arithmetic: the same bytes in, the same link out.

    body = SHA-256(canonical form of this entry, without its commitment)
    link = SHA-256(tag || link of the entry before || body || commitment)
    seal = HMAC-SHA-256(key of the trail, tag || setting || place in the chain || link)

The link needs no key, so that an outsider can check it from the bodies alone, which say nothing.
The seal needs the key, so that nobody without it can write the chain anew. `v` says how an entry
was written.
"""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

VERSION: Final = 1
GENESIS: Final = "0" * 64  # what the first entry of a chain follows
NOTHING: Final = "0" * 64  # stands for the commitment of an entry that has none

ENTRY_TAG: Final = b"hedgerow/entry/v1\0"
SEAL_TAG: Final = b"hedgerow/seal/v1\0"

# What an entry says. All of it is in the link; `commitment` and `prev` are too, beside it.
FIELDS: Final = (
    "v",
    "id",
    "setting_id",
    "seq",
    "at",
    "event",
    "outcome",
    "key_id",
    "actor_id",
    "actor_name",
    "subject_type",
    "subject_id",
    "details",
)


canonical_json: Final = json.JSONEncoder(  # made once: it is used for every entry of a walk
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def plain(value: Any) -> Any:
    """One form for each value: ids as 32 digits, moments in UTC to the microsecond."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return value


def canonical(entry: Mapping[str, Any]) -> bytes:
    """The bytes an entry stands for: sorted keys, no spaces, UTF-8.

    Text is not normalised here but when it is written (see `nfc`): were it done here, an entry
    whose letters were swapped for look-alike bytes would still pass.
    """
    said = {name: plain(entry[name]) for name in FIELDS}
    return canonical_json(said).encode()


def body(entry: Mapping[str, Any]) -> bytes:
    """What stands for the entry's words in a copy for outsiders: nobody can read it or guess it."""
    return hashlib.sha256(canonical(entry)).digest()


def link_after(prev: str, body_of: bytes, commit: str) -> str:
    """The link of an entry with this body and commitment, after the entry whose link is `prev`."""
    all_of_it = ENTRY_TAG + bytes.fromhex(prev) + body_of + bytes.fromhex(commit or NOTHING)
    return hashlib.sha256(all_of_it).hexdigest()


def next_link(prev: str, entry: Mapping[str, Any]) -> str:
    """The link of an entry that follows the entry whose link is `prev`, in hexadecimal."""
    return link_after(prev, body(entry), entry["commitment"])


def seal(key: bytes, setting_id: UUID, seq: int, link: str) -> str:
    """What only the holder of the key can write beside a link. The link carries all before it."""
    place = setting_id.bytes + seq.to_bytes(8, "big")
    return hmac.digest(key, SEAL_TAG + place + bytes.fromhex(link), "sha256").hex()


def nfc(text: str) -> str:
    """Text with each letter in its one normal form."""
    return unicodedata.normalize("NFC", str(text))
