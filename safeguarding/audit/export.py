"""A copy of one chain for outsiders: numbers that stand for entries, and no word or name of them.

bin/verify-export reads it, and shares no code with this. What stands for an entry is computed anew from
what the entry says now, so that whoever changes an entry cannot have the copy say otherwise.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from safeguarding.audit import checkpoints, merkle
from safeguarding.audit.chain import FIELDS, body
from safeguarding.audit.checkpoints import leaves_of, signed_part
from safeguarding.audit.models import ChainHead, Checkpoint, Entry, SigningKey

FORM = "hedgerow-trail 1"
READ = (*FIELDS, "commitment", "link")
UNREADABLE = "0" * 64  # stands for an entry that is not even one: it cannot fit


class NothingSigned(Exception):  # noqa: N818  reads as a sentence
    """There is no checkpoint yet, and so nothing that an outsider could believe."""


def write(setting_id: UUID, file: BinaryIO) -> int:
    """Write the copy of a setting's chain; gives how many entries it holds."""
    total, entries = hashlib.sha256(), 0
    for line in lines(setting_id):
        said = f"{line}\n".encode()
        total.update(said)
        file.write(said)
        entries += line.startswith("entry ")
    file.write(f"digest {total.hexdigest()}\n".encode())
    return entries


def lines(setting_id: UUID) -> Iterator[str]:
    """Every line of the copy but the last, which is the digest of these.

    People go on working meanwhile: what they add before its end is read goes in too, and what is signed later
    does not, so that a copy of a whole record is always whole.
    """
    signed, last = checkpoints.newest_number(), 0
    keys = list(SigningKey.objects.order_by("created_at"))
    if not keys:
        raise NothingSigned
    yield FORM
    yield f"origin {keys[0].origin}"
    yield f"setting {setting_id}"
    for key in keys:
        yield f"key {key.public} {key.signed_by_last or '-'}"
    for line in entries_of(setting_id):
        last = int(line.split(" ")[1])
        yield line
    for end in ChainHead.objects.filter(pk=setting_id):
        yield from entries_of(setting_id, after=last, upto=end.seq)
        yield f"end {end.seq} {end.link}"
    yield from _checkpoints(setting_id, signed)


def entries_of(
    setting_id: UUID, *, after: int | None = None, upto: int | None = None
) -> Iterator[str]:
    """A line for each entry of a chain, or of those between two places."""
    rows = Entry.objects.filter(setting_id=setting_id).order_by("seq", "id")
    rows = rows if after is None else rows.filter(seq__gt=after)
    rows = rows if upto is None else rows.filter(seq__lte=upto)
    for one in rows.values(*READ).iterator(chunk_size=2000):
        yield f"entry {one['seq']} {_body(one)} {one['commitment'] or '-'} {one['link']}"


def _body(entry: dict[str, object]) -> str:
    try:
        return body(entry).hex()
    except (TypeError, ValueError):  # not even a value the trail could hold
        return UNREADABLE


def _checkpoints(setting_id: UUID, newest: int) -> Iterator[str]:
    """Each checkpoint since the chain began, with the proof that this chain is in it."""
    rows = Checkpoint.objects.filter(number__lte=newest).order_by("number").iterator()
    for one, (_, ends) in zip(rows, checkpoints.ends_at_each(), strict=False):
        if setting_id not in ends:
            continue
        seq, link = ends[setting_id]
        index = sorted(ends).index(setting_id)
        path = ",".join(step.hex() for step in merkle.path(leaves_of(ends), index)) or "-"
        said = signed_part(one.origin, one.size, one.root, one.at).decode().split("\n")[1:5]
        place = f"{one.number} {one.public} {index} {seq} {link} {path}"
        yield f"checkpoint {place} {' '.join(said)} {one.signature}"
