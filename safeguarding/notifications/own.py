"""What somebody has to see and to do: asked whenever they look at their day, so put together once."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from foundation.prepared import filled_up, prepared
from safeguarding.people.models import Member
from safeguarding.people.somebody import Somebody, ids_of, shape_of

from .models import Clock, Delivery, Notification, may_see_undelivered

MOST, MOST_MAILS = 50, 10
_TIMES = ("started_at", "due_at", "overdue_at", "stopped_at")
_SAID = ("setting", "subject_kind", "text", "path", "rule_text", *_TIMES)  # what a clock says


def _unseen(member: UUID, setting: UUID, *tied: UUID, members: int) -> QuerySet[Notification]:
    who = Somebody.with_ties(member, setting, tied, members)
    return Notification.objects.readable_by(who).unseen().order_by("-created_at")[:MOST]


def _running(member: UUID, setting: UUID, *tied: UUID, members: int) -> QuerySet[Clock]:
    who = Somebody.with_ties(member, setting, tied, members)
    rows = Clock.objects.owned_by(who).running().order_by("due_at", "created_at")
    return rows.only(*_SAID)[:MOST]


def _undelivered(
    member: UUID, setting: UUID, on: date, *tied: UUID, members: int
) -> QuerySet[Delivery]:
    who = Somebody.with_ties(member, setting, tied, members)
    rows = Delivery.objects.not_kept_from(who).to_be_told_in_person(on)
    return rows.select_related("notification__recipient__user").order_by("-given_up_at")[
        :MOST_MAILS
    ]


def _unseen_of(
    member: UUID, setting: UUID, *others: UUID, subjects: int, members: int
) -> QuerySet[Notification, tuple[UUID]]:
    who = Somebody.with_ties(member, setting, others[subjects:], members)
    mine = Notification.objects.readable_by(who).unseen()
    return mine.filter(subject_id__in=others[:subjects]).values_list("pk")


_UNTIED = [{"members": 0}]
_UNSEEN = prepared(_unseen, examples=_UNTIED)
_UNSEEN_OF = prepared(_unseen_of, examples=[{"subjects": 0, "members": 0}])
_RUNNING = prepared(_running, examples=_UNTIED)
_UNDELIVERED = prepared(_undelivered, examples=_UNTIED)


def unseen(member: Member) -> list[Notification]:
    """Messages the member has not opened, the newest first. One query."""
    return _UNSEEN(*ids_of(member), **shape_of(member))


def unseen_of(member: Member, subjects: Sequence[UUID]) -> QuerySet[Notification]:
    """Messages about these that the member has not opened."""
    asked, (member_id, setting, *tied) = filled_up(subjects), ids_of(member)
    of = {"subjects": len(asked), **shape_of(member)}
    ids = _UNSEEN_OF.within(member_id, setting, *asked, *tied, **of)
    return Notification.objects.filter(pk__in=ids)


def running(member: Member) -> list[Clock]:
    """The member's clocks that run, by when they are due. One query."""
    return _RUNNING(*ids_of(member), **shape_of(member))


def undelivered(member: Member) -> list[Delivery]:
    """Mails that could not be delivered, for those who can do something about it. One query."""
    if not may_see_undelivered(member):
        return []
    mine, setting, *tied = ids_of(member)
    return _UNDELIVERED(mine, setting, timezone.localdate(), *tied, **shape_of(member))
