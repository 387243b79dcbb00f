"""What stands in a calendar: each app says which of its dates may, and in which general words.

A calendar lies on telephones and with companies. So nothing that a person typed comes into it, nothing of
a report or a case, and no name of anybody: only the words registered here, the setting and the day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member

MOST = 200
BACK = timedelta(days=60)  # how long what is late stays


@dataclass(frozen=True)
class Entry:
    """One day in somebody's calendar. `key` is the same each time, so that a change moves it."""

    key: str
    day: date
    words: str
    path: str
    changed: datetime


Entries = Callable[[Member], Iterable[Entry]]

_registered: list[Entries] = []
_clocks: dict[str, str] = {}
CONFIDENTIAL = frozenset({"concern", "case", "custody", "glass"})  # never, whoever asks


def in_calendar(function: Entries) -> Entries:
    """Register dates of a member that may stand in their calendar."""
    _registered.append(function)
    return function


def shows_clocks(subject_kind: str, words: str) -> None:
    """Let clocks about this kind of thing stand in their owner's calendar, in these words alone."""
    if subject_kind in CONFIDENTIAL:
        raise ValueError(f"What is due on a {subject_kind} never stands in a calendar.")
    _clocks[subject_kind] = words


def entries_of(member: Member) -> list[Entry]:
    """Everything that may stand in a member's calendar, the earliest first."""
    since = timezone.localdate() - BACK
    found = [one for function in _registered for one in function(member)]
    found += _due(member)
    return sorted((one for one in found if one.day >= since), key=lambda one: (one.day, one.key))[
        :MOST
    ]


def _due(member: Member) -> Iterable[Entry]:
    """The member's own running clocks of the kinds that may be shown, one a day of a page. One query."""
    seen = set()
    clocks = Clock.objects.owned_by(member).running().filter(subject_kind__in=_clocks)
    for pk, kind, due, path, began in clocks.order_by("due_at").values_list(
        "pk", "subject_kind", "due_at", "path", "created_at"
    )[:MOST]:
        day = timezone.localdate(due)
        if (day, path) not in seen:
            seen.add((day, path))
            yield Entry(_key(pk), day, _clocks[kind], path, began)


def _key(pk: UUID) -> str:
    return f"clock-{pk}"
