"""Checkpoints: all chains at one moment in one number, signed, short enough to print.

    leaf = SHA-256(0x00 || SHA-256(tag || setting) || length of its chain || its last link)
    root = the tree of RFC 9162 over the leaves, in the order of the settings

As text it has five lines: origin, size, root, time, signature. The signature is Ed25519 over the first
four. It names nobody, and tells nothing about what was written.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from shamir_mnemonic.wordlist import WORDLIST

from safeguarding.audit import merkle, signing
from safeguarding.audit.ends import heads
from safeguarding.audit.models import INSTALLATION, Checkpoint
from safeguarding.audit.trail import Detail, System, hold, record_for

Ends = dict[UUID, tuple[int, str]]  # where each chain ended: its length and last link
SIGNED = b"hedgerow/checkpoint/v1\n"
HOW_MANY_WORDS = 8
WATCH = System("checkpoints", INSTALLATION)

FORGED = "This checkpoint was not signed by a key of this record."
OTHER_ORIGIN = "This checkpoint is of another record."
OTHER_ROOT = "This checkpoint does not say what was signed."


@transaction.atomic
def make() -> Checkpoint:
    """Sign where every chain ends now. Raises signing.NoKey, which is an alarm."""
    hold(INSTALLATION)  # of two who sign at once, the second goes on from the first
    signer = signing.signer()
    ends = {one.setting_id: (one.seq, one.link) for one in heads()}
    last, before = _last_and_its_ends()
    if last:
        signing.settle(signer)
    at = timezone.now().astimezone(UTC).replace(microsecond=0)
    said = signed_part(signer.origin, len(ends), root_of(ends), at)
    signature = signer.sign(said)
    made = Checkpoint.objects.create(
        number=last + 1,
        origin=signer.origin,
        size=len(ends),
        root=root_of(ends),
        at=at,
        public=signer.public,
        signature=signature,
        words=words_of(said, signature),
        moved={str(one): end for one, end in ends.items() if before.get(one) != end},
    )
    # So that no two checkpoints are alike, and who compares them does not learn of a quiet day.
    told: dict[str, Detail] = {"number": made.number, "root": made.root}
    record_for("checkpoint.made", made, setting_id=INSTALLATION, by=WATCH, details=told)
    return made


def _last_and_its_ends() -> tuple[int, Ends]:
    number, ends = 0, Ends()
    for number, ends in ends_at_each():  # noqa: B007  the last ones are wanted
        pass
    return number, ends


def ends_at_each() -> Iterator[tuple[int, Ends]]:
    """Each checkpoint's number with where every chain ended then, oldest first.

    The ends are one and the same dict, which goes on with the next checkpoint.
    """
    ends = Ends()
    rows = Checkpoint.objects.order_by("number").values_list("number", "moved")
    for number, moved in rows.iterator():
        ends.update({UUID(one): (seq, link) for one, (seq, link) in moved.items()})
        yield number, ends


def leaves_of(ends: Mapping[UUID, tuple[int, str]]) -> list[bytes]:
    """The leaves of the tree, in the order of the settings."""
    return [merkle.leaf(leaf_content(one, *ends[one])) for one in sorted(ends)]


def leaf_content(setting_id: UUID, seq: int, link: str) -> bytes:
    setting = hashlib.sha256(b"hedgerow/setting/v1\0" + setting_id.bytes).digest()
    return setting + seq.to_bytes(8, "big") + bytes.fromhex(link)


def root_of(ends: Mapping[UUID, tuple[int, str]]) -> str:
    return merkle.root(leaves_of(ends)).hex()


def signed_part(origin: str, size: int, root: str, at: datetime) -> bytes:
    """The first four lines, as they are signed."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return SIGNED + f"{origin}\n{size}\n{root}\n{moment}\n".encode()


def text_of(one: Checkpoint) -> str:
    """The five lines of a checkpoint: what is mailed, printed as a square, and kept in a file."""
    said = signed_part(one.origin, one.size, one.root, one.at).removeprefix(SIGNED)
    return f"{said.decode()}{one.signature}\n"


def words_of(said: bytes, signature: str) -> str:
    """Eight words that stand for a checkpoint on paper: 80 bits, too many to make others fit."""
    digest = hashlib.sha256(b"hedgerow/words/v1\0" + said + bytes.fromhex(signature)).digest()
    number = int.from_bytes(digest, "big") >> (256 - 10 * HOW_MANY_WORDS)
    places = [(number >> 10 * place) & 1023 for place in reversed(range(HOW_MANY_WORDS))]
    return " ".join(WORDLIST[place] for place in places)


@dataclass(frozen=True)
class Wrong:
    """A checkpoint that cannot be believed."""

    number: int
    wrong: str


def wrong_ones() -> Iterator[Wrong]:
    """Checkpoints that were not signed by a key of this record, or say something else than was signed."""
    origin, keys = signing.known_keys()
    rows = Checkpoint.objects.order_by("number").iterator()
    # Another may be made between the two readings: the ends then go on, and are not asked for.
    for one, (_, ends) in zip(rows, ends_at_each(), strict=False):
        if found := _wrong(one, ends, origin, keys):
            yield Wrong(one.number, found)


def _wrong(one: Checkpoint, ends: Ends, origin: str, keys: Iterable[str]) -> str:
    said = signed_part(one.origin, one.size, one.root, one.at)
    if one.origin != origin:
        return OTHER_ORIGIN
    if one.public not in keys or not signing.is_signed(said, one.signature, one.public):
        return FORGED
    same = (one.size, one.root) == (len(ends), root_of(ends))
    return "" if same and one.words == words_of(said, one.signature) else OTHER_ROOT


def marks_of(setting_id: UUID) -> dict[int, tuple[int, str]]:
    """What checkpoints say of one chain: at which place, in which checkpoint, the link there."""
    rows = Checkpoint.objects.order_by("number").values_list("number", f"moved__{setting_id}")
    return {end[0]: (number, end[1]) for number, end in rows.iterator() if end}


def chains() -> set[UUID]:
    """Every chain that some checkpoint signed. One query."""
    every = Checkpoint.objects.values_list("moved", flat=True)
    return {UUID(one) for moved in every.iterator() for one in moved}


def newest_number() -> int:
    """How many checkpoints there are."""
    return Checkpoint.objects.aggregate(newest=Max("number"))["newest"] or 0


def numbered(number: int | None) -> Checkpoint | None:
    """The checkpoint with this number, if there is one."""
    return Checkpoint.objects.filter(number=number or 0).first()
