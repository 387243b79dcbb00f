"""Starting and stopping clocks, always inside the transaction of what starts or stops them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from safeguarding.people.models import Member

from .models import Clock


@dataclass(frozen=True)
class Due:
    """A moment by which something is owed, the rule that says so, and when to chase if not then."""

    at: datetime
    rule_id: str = ""
    rule_text: str = ""
    chase_at: datetime | None = None


def start_clock(
    *,
    owner: Member,
    subject: tuple[str, UUID],
    key: str,
    text: str,
    path: str,
    started_at: datetime,
    due: Due,
) -> Clock:
    """Set a clock running for its owner. One already running for the same thing is kept as it is."""
    clock, _ = Clock.objects.get_or_create(
        setting_id=owner.setting_id,
        subject_id=subject[1],
        key=key,
        stopped_at=None,
        defaults={
            "subject_kind": subject[0],
            "owner": owner,
            "text": text,
            "path": path,
            "rule_id": due.rule_id,
            "rule_text": due.rule_text,
            "started_at": started_at,
            "due_at": due.at,
            "overdue_at": due.chase_at or due.at,
            "escalate_at": due.chase_at or due.at,
        },
    )
    return clock


def stop_clocks(*, setting_id: UUID, subject_id: UUID, key: str | None = None) -> int:
    """Stop the clocks of a subject, or the one with a key. Returns how many were running."""
    running = Clock.objects.running().filter(setting_id=setting_id, subject_id=subject_id)
    if key is not None:
        running = running.filter(key=key)
    return running.update(stopped_at=timezone.now(), escalate_at=None)
