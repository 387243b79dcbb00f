"""What a backup says of itself: inside it everything, beside it only what gives nothing away."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from foundation import keys

FORM = 2  # how a backup is laid out; a reader refuses what is newer than itself
WITH_FORMER_KEYS = 2
# Where the keys for written text are, when they are in no backup; and what that means.
ELSEWHERE = {
    "environment": "What people wrote opens with the keys in HEDGEROW_TEXT_KEY only, which are in no backup. "
    "Keep them with the sheets, and name them again wherever it is restored.",
    "service": "What people wrote opens with the key service only, whose keys are in no backup. Name the "
    "same service again wherever it is restored.",
}
Heads = Mapping[
    str, tuple[int, str]
]  # of each chain of the trail: how long it is, and its last link


@dataclass(frozen=True)
class Manifest:
    """Inside: enough to prove that what came out is what went in."""

    made_at: str
    version: str
    schema: str
    database: str
    tables: dict[str, tuple[int, str]]  # how many rows, and a digest of them in any order
    heads: dict[str, tuple[int, str]]
    files: int = 0
    former: list[str] = field(default_factory=list)  # which keys from before are in it
    text_keys: str = "file"  # where those for written text are: in it, or elsewhere
    form: int = FORM

    def written(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def read(cls, content: bytes) -> Self:
        said: dict[str, Any] = json.loads(content)
        pairs = {name: {k: tuple(v) for k, v in said[name].items()} for name in ("tables", "heads")}
        return cls(**{**said, **pairs})

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.tables.values())


@dataclass(frozen=True)
class Label:
    """Beside it: when, which version, how large, its digest. No count and no name of anything inside."""

    name: str
    made_at: str
    version: str
    size: int
    sha256: str
    trail: str  # a digest of the ends of all chains
    sheets: list[str]  # which sheets open it
    is_whole: bool = True  # the record in it
    signature: str = field(default="")

    def written(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True, indent=1).encode()

    @classmethod
    def read(cls, content: bytes) -> Self:
        return cls(**json.loads(content))

    def signed(self, key: bytes) -> Self:
        """The same, with a sign that only who has the installation's key can make."""
        said = replace(self, signature="").written()
        own = keys.derive(key, "backups")
        return replace(self, signature=hmac.new(own, said, hashlib.sha256).hexdigest())

    def is_signed(self, key: bytes) -> bool:
        return keys.agree(self.signature, self.signed(key).signature)

    @property
    def when(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def digest_of_heads(heads: Heads) -> str:
    """One digest for where all chains end."""
    return hashlib.sha256(json.dumps(heads, sort_keys=True).encode()).hexdigest()
