"""What needs doing now: each thing with by when, and where to do it."""

from dataclasses import dataclass
from datetime import datetime

from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people.models import Member

MOST = 50


@dataclass(frozen=True)
class Item:
    """One thing to do."""

    text: str
    href: str
    due: datetime | None = None
    rule: str = ""
    is_urgent: bool = False

    @property
    def rule_shown(self) -> dict[str, str]:
        return {"text": self.rule}


def to_do(member: Member) -> list[Item]:
    """A member's own things, most urgent first: what is late, what is due, then what was told."""
    clocks = Clock.objects.owned_by(member).running().order_by("due_at")[:MOST]
    due = [Item(one.text, one.path, one.due_at, one.rule_text) for one in clocks]
    paths = {item.href for item in due}
    told = [item for item in _told(member) if item.href not in paths]
    urgent = [item for item in told if item.is_urgent]
    return [*urgent, *due, *(item for item in told if not item.is_urgent)]


def _told(member: Member) -> list[Item]:
    unseen = Notification.objects.readable_by(member).unseen().order_by("-created_at")[:MOST]
    return [Item(one.sentence, one.open_path, is_urgent=one.is_urgent) for one in unseen]


def undelivered(member: Member) -> list[Delivery]:
    """Mails that could not be delivered, for those who can do something about it."""
    rows = Delivery.objects.readable_by(member).given_up()
    return list(rows.select_related("notification__recipient__user").order_by("-given_up_at")[:10])
