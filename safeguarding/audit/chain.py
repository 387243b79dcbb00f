"""How entries are linked. Nothing but arithmetic: the same bytes in, the same link out.

    link = SHA-256(link of the entry before || SHA-256(canonical form of this entry))

The link needs no key, so that an outsider can check it. `v` says how an entry was written;
keyed links and anchors will come as further versions beside this one.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

VERSION: Final = 1
GENESIS: Final = "0" * 64  # what the first entry of a chain follows

# What an entry says. All of it is in the link; `prev` is too, by way of the chain.
FIELDS: Final = (
    "v",
    "id",
    "setting_id",
    "seq",
    "at",
    "event",
    "actor_id",
    "actor_name",
    "subject_type",
    "subject_id",
    "details",
)


def plain(value: Any) -> Any:
    """One form for each value: ids as text, moments in UTC to the microsecond."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value


def canonical(entry: Mapping[str, Any]) -> bytes:
    """The bytes an entry stands for: sorted keys, no spaces, UTF-8.

    Text is not normalised here but when it is written (see `nfc`): were it done here, an entry
    whose letters were swapped for look-alike bytes would still pass.
    """
    said = {name: plain(entry[name]) for name in FIELDS}
    text = json.dumps(
        said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def next_link(prev: str, entry: Mapping[str, Any]) -> str:
    """The link of an entry that follows the entry whose link is `prev`, in hexadecimal."""
    said = hashlib.sha256(canonical(entry)).digest()
    return hashlib.sha256(bytes.fromhex(prev) + said).hexdigest()


def nfc(text: str) -> str:
    """Text with each letter in its one normal form."""
    return unicodedata.normalize("NFC", str(text))
