"""What somebody who owns the tables, and perhaps the keys, can do to a trail of twelve entries."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection
from django.db.models import F

from safeguarding.audit import checkpoints, signing, triggers
from safeguarding.audit.chain import FIELDS, GENESIS, next_link, seal
from safeguarding.audit.models import ChainHead, Checkpoint, Entry, SigningKey
from safeguarding.audit.tests.given import BLUEBELLS, SUNFLOWERS, a_trail
from safeguarding.audit.tests.owner import settle
from safeguarding.audit.tests.verifiers import LENGTH, Place


def at(seq: int, chain: UUID = SUNFLOWERS) -> Any:
    return Entry.objects.filter(setting_id=chain, seq=seq)


def edit(**changed: object) -> Callable[[], object]:
    return lambda: at(4).update(**changed)


def copied(of: int, to: int, chain: UUID = SUNFLOWERS) -> None:
    at(to).delete()
    entry = at(of, chain).get()
    entry.pk, entry.setting_id, entry.seq, entry._state.adding = uuid4(), SUNFLOWERS, to, True
    entry.save()


def insert() -> None:
    for seq in range(LENGTH, 3, -1):
        at(seq).update(seq=F("seq") + 1)
    copied(2, 4)


def swap() -> None:
    for old, new in ((3, 99), (5, 3), (99, 5)):
        at(old).update(seq=new)


def cut(*, with_head: bool) -> None:
    Entry.objects.filter(setting_id=SUNFLOWERS, seq__gt=8).delete()
    if with_head:
        head = ChainHead.objects.filter(pk=SUNFLOWERS)
        head.update(seq=8, link=at(8).get().link)


def rebuild(*, key: bytes, signed: bool = False) -> None:
    """Change the fourth entry and write everything after it anew, with its end."""
    link = at(3).get().link
    for entry in Entry.objects.filter(setting_id=SUNFLOWERS, seq__gte=4).order_by("seq"):
        said = {name: getattr(entry, name) for name in (*FIELDS, "commitment")}
        said["actor_name"] = "Nobody" if entry.seq == 4 else entry.actor_name
        after = next_link(link, said)
        row = {"actor_name": said["actor_name"], "prev": link, "link": after}
        at(entry.seq).update(**row, seal=seal(key, SUNFLOWERS, entry.seq, after))
        link = after
    ChainHead.objects.filter(pk=SUNFLOWERS).update(link=link)
    if signed:
        sign_anew()


def sign_anew() -> None:
    """Somebody who also holds the key that signs makes the checkpoints fit."""
    signer = signing.signer()
    for one, (_, ends) in zip(
        Checkpoint.objects.order_by("number"), checkpoints.ends_at_each(), strict=True
    ):
        seq = ends[SUNFLOWERS][0]
        ends[SUNFLOWERS] = (seq, at(seq).get().link)
        moved = one.moved | {str(SUNFLOWERS): ends[SUNFLOWERS]}
        resign(one, signer, root=checkpoints.root_of(ends), moved=moved)


def resign(one: Checkpoint, signer: signing.Signer, **changed: Any) -> None:
    """Change a checkpoint and sign it."""
    for name, value in changed.items():
        setattr(one, name, value)
    said = checkpoints.signed_part(one.origin, one.size, one.root, one.at)
    signature = signer.sign(said)
    words = checkpoints.words_of(said, signature)
    Checkpoint.objects.filter(pk=one.pk).update(
        **changed, public=signer.public, signature=signature, words=words
    )


def yesterday() -> None:
    """The database as it was after the first checkpoint: nothing in it is wrong."""
    first = Checkpoint.objects.get(number=1)
    Checkpoint.objects.filter(number=2).delete()
    for chain in ChainHead.objects.all():
        seq, link = first.moved.get(str(chain.pk), (0, GENESIS))
        Entry.objects.filter(setting_id=chain.pk, seq__gt=seq).delete()
        ChainHead.objects.filter(pk=chain.pk).update(seq=seq, link=link)


def new_genesis() -> None:
    """Everything is thrown away, and begun anew with a key of its own."""
    for kind in (Entry, ChainHead, Checkpoint, SigningKey):
        kind._base_manager.all().delete()
    settings.SIGNING_KEY.unlink()
    settle()
    triggers.install(connection)
    a_trail(LENGTH)
    checkpoints.make()


def fork() -> None:
    """Two ways on from the same place, of which the other one is shown."""
    Entry.objects.filter(setting_id=SUNFLOWERS, seq__gt=9).delete()
    ChainHead.objects.filter(pk=SUNFLOWERS).update(seq=9, link=at(9).get().link)
    settle()
    triggers.install(connection)
    a_trail(LENGTH - 9)


def by_a_stranger() -> None:
    one = Checkpoint.objects.get(number=2)
    resign(one, signing.Signer(one.origin, Ed25519PrivateKey.generate()))


def of_another_record() -> None:
    resign(Checkpoint.objects.get(number=2), signing.signer(), origin=f"hedgerow/{uuid4()}")


def of_another_root() -> None:
    resign(Checkpoint.objects.get(number=2), signing.signer(), root="ab" * 32)


OWN_KEY = b"somebody else's key of 32 bytes!"
# What is done, what both find without a key, and what Hedgerow finds with its own.
MATRIX: dict[str, tuple[Callable[[], object], Place, Place]] = {
    "nothing": (lambda: None, None, None),
    "payload edited": (edit(details={"turn": 9}), ("link", 4), ("link", 4)),
    "time edited": (edit(at=datetime(2020, 1, 1, tzinfo=UTC)), ("link", 4), ("link", 4)),
    "actor edited": (edit(actor_name="Nobody"), ("link", 4), ("link", 4)),
    "outcome edited": (edit(outcome="deny"), ("link", 4), ("link", 4)),
    "same letters otherwise": (
        edit(details={"turn": 3, "note": "ne\u0301"}),
        ("link", 4),
        ("link", 4),
    ),
    "commitment edited": (edit(commitment="ab" * 32), ("link", 4), ("link", 4)),
    "no entry at all": (edit(actor_name="", details=[]), ("link", 4), ("link", 4)),
    "seal edited": (edit(seal="ab" * 32), None, ("seal", 4)),
    "one deleted": (lambda: at(4).delete(), ("order", 4), ("order", 4)),
    "first deleted": (lambda: at(1).delete(), ("order", 1), ("order", 1)),
    "last deleted": (lambda: at(LENGTH).delete(), ("end", LENGTH), ("end", LENGTH)),
    "one inserted": (insert, ("link", 4), ("link", 4)),
    "two swapped": (swap, ("link", 3), ("link", 3)),
    "one twice": (lambda: copied(2, 4), ("link", 4), ("link", 4)),
    "one before the first": (lambda: copied(1, 0), ("order", 0), ("order", 0)),
    "from another setting": (lambda: copied(4, 4, BLUEBELLS), ("link", 4), ("link", 4)),
    "tail cut": (lambda: cut(with_head=False), ("checkpoint", 9), ("checkpoint", 9)),
    "tail cut with its end": (lambda: cut(with_head=True), ("checkpoint", 9), ("checkpoint", 9)),
    "middle wrong, ends right": (edit(link="ab" * 32), ("link", 4), ("link", 4)),
    "rebuilt without the key": (
        lambda: rebuild(key=OWN_KEY),
        ("checkpoint", 5),
        ("seal", 4),
    ),
    "rebuilt with the key": (
        lambda: rebuild(key=settings.TRAIL_KEY),
        ("checkpoint", 5),
        ("checkpoint", 5),
    ),
    "rebuilt with every key": (
        lambda: rebuild(key=settings.TRAIL_KEY, signed=True),
        ("anchor", 1),
        ("anchor", 1),
    ),
    "yesterday put back": (yesterday, ("anchor", 2), ("anchor", 2)),
    "new genesis": (new_genesis, ("anchor", 1), ("anchor", 1)),
    "two ways on": (fork, ("checkpoint", 11), ("checkpoint", 11)),
    "signed by a stranger": (by_a_stranger, ("signature", 2), ("signature", 2)),
    "of another record": (of_another_record, ("signature", 2), ("signature", 2)),
    "of another root": (of_another_root, ("signature", 2), ("signature", 2)),
    "end gone": (
        lambda: ChainHead.objects.filter(pk=SUNFLOWERS).delete(),
        ("end", 12),
        ("end", 12),
    ),
    "end moved back": (
        lambda: ChainHead.objects.filter(pk=SUNFLOWERS).update(seq=11, link=at(11).get().link),
        ("end", 12),
        ("end", 12),
    ),
    "signing key renewed": (lambda: (signing.renew(), checkpoints.make()), None, None),
}
