"""What needs doing now: each thing with by when, and where to do it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from foundation.jobs.models import DeadJob
from foundation.templatetags.hedgerow import outside
from safeguarding.concerns.models import Case
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.people.second_factor import needs_second_factor

MOST = 50


@dataclass(frozen=True)
class Item:
    """One thing to do."""

    text: str
    href: str
    due: datetime | None = None
    rule: str = ""
    is_urgent: bool = False
    is_now: bool = False

    @property
    def rule_shown(self) -> dict[str, str] | None:
        return {"text": self.rule} if self.rule else None


@dataclass(frozen=True)
class Task:
    """Something to set up once."""

    title: str
    text: str
    href: str
    action: str


def to_do(member: Member, at: datetime) -> list[Item]:
    """A member's own things, most urgent first: what is late, what is due, then what was told."""
    unseen = Notification.objects.readable_by(member).unseen()
    unseen = unseen.exclude(subject_id__in=_not_theirs(member)).order_by("-created_at")
    messages = list(unseen[:MOST])
    urgent = {message.path for message in messages if message.is_urgent}
    due = _due(member, at, urgent)
    told = _told(messages, already={item.href for item in due})
    return sorted([*due, *told], key=lambda item: not item.is_urgent)


def _due(member: Member, at: datetime, urgent: Collection[str]) -> list[Item]:
    """The member's running clocks; of several on one page, only the one that comes first."""
    running = Clock.objects.owned_by(member).running()
    clocks = running.exclude(subject_id__in=_not_theirs(member)).order_by("due_at")[:MOST]
    first: dict[str, Item] = {}
    for one in clocks:
        now = one.is_immediate and not one.is_overdue(at)
        first.setdefault(
            one.path, Item(one.text, one.path, one.due_at, one.rule_text, one.path in urgent, now)
        )
    return list(first.values())


def _told(messages: list[Notification], *, already: Collection[str]) -> list[Item]:
    """Messages nobody has opened yet, but for those that lead where a clock leads already."""
    return [
        Item(one.sentence, one.open_path, is_urgent=one.is_urgent)
        for one in messages
        if one.path not in already
    ]


def _not_theirs(member: Member) -> QuerySet[Case, UUID]:
    """Cases that have come to name the member or theirs: nothing of them is shown (rule R15)."""
    return Case.objects.naming(member).values_list("pk", flat=True)


def to_set_up(member: Member) -> list[Task]:
    """What the member still has to set up before they can do their part."""
    if not needs_second_factor(member.user, member):
        return []
    why = "Reports and cases open only after it. It takes two minutes with your telephone."
    return [Task("Set up your second check", why, outside("mfa_index"), "Set it up now")]


def stopped(member: Member) -> bool:
    """Whether a job has failed for good, told to those who can do something about it."""
    able = member.is_lead or bool(member.roles & {Role.MANAGER, Role.TECHNICAL})
    return able and DeadJob.objects.waiting().exists()


def undelivered(member: Member) -> list[Delivery]:
    """Mails that could not be delivered, for those who can do something about it."""
    rows = Delivery.objects.readable_by(member).given_up()
    return list(rows.select_related("notification__recipient__user").order_by("-given_up_at")[:10])
