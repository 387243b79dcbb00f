"""A chain of many entries, and how long it takes to verify."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from safeguarding.audit import keyring, triggers
from safeguarding.audit.chain import GENESIS, VERSION, next_link
from safeguarding.audit.models import ChainHead
from safeguarding.audit.trail import _INSERT, _row

from .filling import say

SETTING = UUID("10000000-0000-4000-8000-000000000001")
SUBJECTS = 500  # records that come up again and again
AT_ONCE = 5_000
EVENTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("case.read", "concerns.Case", {}),
    ("chronology.read", "concerns.Case", {"entries": 30}),
    ("entry.written", "concerns.Case", {"entry": "", "kind": "note"}),
    ("concern.read", "concerns.Concern", {}),
    ("step.done", "concerns.Case", {"procedure": "cyberbullying", "step": "tell-parents"}),
)
PEOPLE = [(uuid4(), name) for name in ("Dana Fox", "Priya Nair", "Zoë O'Neill", "Devi Rao")]


def fill(number: int) -> None:
    """So many entries as the product writes them, in bulk: the triggers sleep meanwhile."""
    say(f"Filling a chain of {number:,} entries …")
    triggers.remove(connection)
    with transaction.atomic(), connection.cursor() as cursor:
        rows: list[list[Any]] = []
        for row in _rows(number):
            rows.append(row)
            if len(rows) == AT_ONCE:
                cursor.executemany(_INSERT, rows)
                rows.clear()
        cursor.executemany(_INSERT, rows)
    triggers.install(connection)


def _rows(number: int) -> Iterator[list[Any]]:
    """The entries as their columns hold them; last, the end of the chain is written."""
    key, link = keyring.current(), GENESIS
    subjects = [uuid4() for _ in range(SUBJECTS)]
    began = timezone.now() - timedelta(days=365 * 5)
    for seq in range(1, number + 1):
        said = _said(seq, subjects[seq * 7 % SUBJECTS]) | {"key_id": key.id}
        said["at"] = began + timedelta(seconds=97 * seq, microseconds=seq * 7919 % 10**6)
        prev, link = link, next_link(link, said)
        yield _row(said, prev, link)
    ChainHead.objects.create(setting_id=SETTING, seq=number, link=link)


def _said(seq: int, subject: UUID) -> dict[str, Any]:
    event, kind, details = EVENTS[seq % len(EVENTS)]
    actor, name = PEOPLE[seq // 20 % len(PEOPLE)]
    return {
        "v": VERSION,
        "id": uuid4(),
        "setting_id": SETTING,
        "seq": seq,
        "event": event,
        "outcome": "allow",
        "commitment": "",
        "actor_id": actor,
        "actor_name": name,
        "subject_type": kind,
        "subject_id": subject,
        "details": {**details, "entry": str(uuid4())} if "entry" in details else details,
    }
