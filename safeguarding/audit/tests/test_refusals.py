"""What the database refuses, on either engine, and what Python refuses before it asks."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from safeguarding.audit.chain import GENESIS
from safeguarding.audit.models import ChainHead, Entry
from safeguarding.audit.tests.given import BLUEBELLS, SUNFLOWERS, a_trail

pytestmark = pytest.mark.django_db


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def forged(**changed: object) -> Entry:
    """The next entry, as somebody would write it who goes round `record`."""
    last = Entry.objects.order_by("seq").last()
    assert last
    fields = {f.attname: getattr(last, f.attname) for f in Entry._meta.concrete_fields}
    following = {"id": uuid4(), "seq": last.seq + 1, "prev": last.link, "link": "f" * 64}
    return Entry(**{**fields, **following, **changed})


ATTEMPTS: dict[str, Callable[[], object]] = {
    "change an entry": lambda: Entry.objects.filter(seq=2).update(actor_name="Nobody"),
    "change every entry": lambda: Entry.objects.update(event="thing.undone"),
    "delete an entry": lambda: Entry.objects.filter(seq=2).delete(),
    "delete raw": lambda: Entry.objects.filter(seq=3)._raw_delete("default"),
    "delete in SQL": lambda: sql("DELETE FROM audit_entry"),
    "insert out of turn": lambda: forged(seq=9).save(),
    "insert in the past": lambda: forged(seq=2).save(),
    "insert after another": lambda: forged(prev="e" * 64).save(),
    "insert where no chain is": lambda: forged(setting_id=BLUEBELLS, seq=1, prev=GENESIS).save(),
    "delete the end": lambda: ChainHead.objects.filter(pk=SUNFLOWERS).delete(),
    "delete the end raw": lambda: ChainHead.objects.all()._raw_delete("default"),
    "move the end back": lambda: ChainHead.objects.update(seq=2),
    "move the end on": lambda: ChainHead.objects.update(seq=4),
    "change the end's link": lambda: ChainHead.objects.update(link=GENESIS),
    "give the end away": lambda: ChainHead.objects.update(setting_id=BLUEBELLS),
    "begin a chain later": lambda: ChainHead(setting_id=BLUEBELLS, seq=5, link=GENESIS).save(),
    "begin a chain elsewhere": lambda: ChainHead(setting_id=BLUEBELLS, seq=0, link="a").save(),
    "begin a chain twice": lambda: ChainHead.objects.create(
        setting_id=SUNFLOWERS, seq=0, link=GENESIS
    ),
}
ON_SQLITE: dict[str, Callable[[], object]] = {
    "replace an entry by its id": lambda: sql(
        "INSERT OR REPLACE INTO audit_entry SELECT id, v, setting_id, 4, at, event, outcome,"
        " key_id, actor_id, 'Nobody', subject_type, subject_id, details, commitment, link, 'f', seal"
        " FROM audit_entry WHERE seq = 3"
    ),
    "replace the end": lambda: sql(
        "INSERT OR REPLACE INTO audit_chainhead SELECT setting_id, 0, prev"
        " FROM audit_entry WHERE seq = 1"
    ),
}
ON_POSTGRESQL: dict[str, Callable[[], object]] = {
    "empty the trail": lambda: sql("TRUNCATE audit_entry"),
    "empty the ends": lambda: sql("TRUNCATE audit_chainhead"),
    "change nothing at all": lambda: Entry.objects.filter(seq=99).update(seq=98),
    "delete as a replica": lambda: sql(
        "SET LOCAL session_replication_role = replica; DELETE FROM audit_entry"
    ),
}
ATTEMPTS |= ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_the_database_refuses_to(attempt: Callable[[], object]) -> None:
    before = [e.link for e in a_trail(3)]
    with pytest.raises(IntegrityError, match=r"audit trail|chain"), transaction.atomic():
        attempt()

    assert [e.link for e in Entry.objects.order_by("seq")] == before
    assert ChainHead.objects.get(pk=SUNFLOWERS).seq == 3


def test_python_refuses_to_change_or_delete_an_entry() -> None:
    entry = a_trail(1)[0]
    for attempt in (entry.save, entry.delete):
        with pytest.raises(TypeError, match="only ever added to"):
            attempt()


def test_python_refuses_to_change_or_delete_the_end_of_a_chain() -> None:
    a_trail(1)
    head = ChainHead.objects.get()
    for attempt in (head.save, head.delete):
        with pytest.raises(TypeError, match="only ever added to"):
            attempt()
