"""Starting and stopping clocks, always inside the transaction of what starts or stops them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.prepared import prepared
from safeguarding.people.models import Member

from .models import Clock


@dataclass(frozen=True)
class Due:
    """A moment by which something is owed, the rule that says so, and when to chase if not then."""

    at: datetime
    rule_id: str = ""
    rule_text: str = ""
    chase_at: datetime | None = None


@dataclass(frozen=True)
class Owed:
    """What somebody owes: by when, on which subject, and where they do it."""

    owner: Member
    subject: tuple[str, UUID]
    key: str
    text: str
    path: str
    started_at: datetime
    due: Due

    def as_columns(self) -> dict[str, Any]:
        late = self.due.chase_at or self.due.at
        return {
            "subject_kind": self.subject[0],
            "owner": self.owner,
            "text": self.text,
            "path": self.path,
            "rule_id": self.due.rule_id,
            "rule_text": self.due.rule_text,
            "started_at": self.started_at,
            "due_at": self.due.at,
            "overdue_at": late,
            "escalate_at": late,
        }


def start_clock(
    *,
    owner: Member,
    subject: tuple[str, UUID],
    key: str,
    text: str,
    path: str,
    started_at: datetime,
    due: Due,
) -> int:
    """Set a clock running for its owner. One already running for the same thing is kept: then 0."""
    return start_missing([Owed(owner, subject, key, text, path, started_at, due)])


def start_missing(several: Sequence[Owed]) -> int:
    """The same for things about one subject, at least one. Says how many began to run."""
    setting_id, subject_id = several[0].owner.setting_id, several[0].subject[1]
    running = {key for (key,) in _RUNNING(setting_id, subject_id)}
    missing = [one for one in several if one.key not in running]
    try:
        with transaction.atomic():
            start_clocks(missing)
    except IntegrityError:  # somebody else set one of them running at this moment
        same = {"setting_id": setting_id, "subject_id": subject_id, "stopped_at": None}
        rows = [
            Clock.objects.get_or_create(**same, key=one.key, defaults=one.as_columns())
            for one in missing
        ]
        return sum(is_new for _, is_new in rows)
    return len(missing)


def _running(setting: UUID, subject: UUID) -> QuerySet[Clock, tuple[str]]:
    return Clock.objects.running().filter(setting=setting, subject_id=subject).values_list("key")


_RUNNING = prepared(_running)


def start_clocks(several: Iterable[Owed]) -> None:
    """The same for things for which no clock runs: whoever calls has looked, and holds what they are of."""
    Clock.objects.bulk_create(
        Clock(
            setting_id=owed.owner.setting_id,
            subject_id=owed.subject[1],
            key=owed.key,
            **owed.as_columns(),
        )
        for owed in several
    )


def stop_clocks(*, setting_id: UUID, subject_id: UUID, key: str | None = None) -> int:
    """Stop the clocks of a subject, or the one with a key. Returns how many were running."""
    running = Clock.objects.running().filter(setting_id=setting_id, subject_id=subject_id)
    if key is not None:
        running = running.filter(key=key)
    return running.update(stopped_at=timezone.now(), escalate_at=None)
