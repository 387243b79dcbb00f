"""Rows on their way into the database, many at a time."""

import random
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import seals
from safeguarding.concerns.models import Case, Concern
from safeguarding.notifications.models import Delivery, Notification
from safeguarding.people.models import Member

BEGAN = time.monotonic()
YEARS = 5
SETTLED = 0  # how the id of a settled row begins
WORDS = "What was noticed and said in the room, in about as many words as people write. " * 4


def say(words: str) -> None:
    """A line of progress, apart from the figures."""
    sys.stderr.write(f"{time.monotonic() - BEGAN:5.0f} s  {words}\n")
    sys.stderr.flush()


@dataclass
class Filling:
    """Rows on their way into the database, in the order in which they refer to each other."""

    nursery: Nursery
    concerns: int
    chance: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    cases: int = 0
    entries_left: float = 0.0
    case: Case | None = None
    moment: datetime = field(default_factory=timezone.now)
    is_settled: bool = False

    def add(self, model: type[models.Model], **values: Any) -> Any:
        given = {"created_at": self.moment, **values}
        row = model(id=self.id(), setting_id=self.nursery.setting.pk, **given)
        self.rows.setdefault(model, []).append(row)
        return row

    def id(self) -> UUID:
        """Of what is settled, it begins in a way by which copies.py finds it."""
        number = self.chance.getrandbits(127)
        return UUID(int=number >> 31 if self.is_settled else number | 1 << 127, version=4)

    def store(self) -> None:
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)
        self.rows.clear()


def sealed(record: Case | Concern) -> None:
    """What is about an adult has a key of its own, sealed to those who may read it."""
    if record.record_class == seals.SEALED:
        seals.keep(record, *seals.begin(record))


def message(
    filling: Filling, to: Member, kind: str, about: UUID, path: str, *, at: datetime, seen: bool
) -> None:
    message = filling.add(
        Notification,
        recipient=to,
        kind=kind,
        subject_id=about,
        about_id=about,
        path=path,
        created_at=at,
        seen_at=at if seen else None,
    )
    filling.add(
        Delivery, notification=message, attempts=1, sent_at=at, next_try_at=at, created_at=at
    )
