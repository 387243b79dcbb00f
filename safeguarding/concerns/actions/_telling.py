"""Telling people of a report, and seeing that somebody who may decide on it owes it. Only actions use it."""

from safeguarding.concerns import routing
from safeguarding.concerns.deadlines import due_by_rule
from safeguarding.concerns.models import Concern, Recipient
from safeguarding.notifications.clocks import start_clock
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member

OWED = {"read": "Read a new report", "decide": "Decide what becomes of a report"}


def tell(concern: Concern, members: list[Member], why: str) -> None:
    """Tell these people of a report: from now they may read it, and the first of them owes what is due."""
    Recipient.objects.bulk_create(
        [
            Recipient(setting=concern.setting, concern=concern, member=member, why=why)
            for member in members
        ],
        ignore_conflicts=True,
    )
    path = concern.setting.link_to("concerns:concern", concern.pk)
    urgent = concern.in_danger_now
    notify("concern_reported", members, subject_id=concern.pk, path=path, urgent=urgent)
    if members:
        _start_clocks(concern, routing.owner_among(concern, members), path)


def hand_over(concern: Concern, heir: Member) -> None:
    """Let somebody else owe what is due on a report."""
    running = Clock.objects.running().filter(setting=concern.setting_id, subject_id=concern.pk)
    running.update(owner=heir)


def _start_clocks(concern: Concern, owner: Member, path: str) -> None:
    for key, text in OWED.items():
        start_clock(
            owner=owner,
            subject=("concern", concern.pk),
            key=key,
            text=text,
            path=path,
            started_at=concern.created_at,
            due=due_by_rule(f"report.{key}", concern.created_at, concern.setting),
        )
