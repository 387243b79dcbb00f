"""Whose a clock is once somebody has left, or has another post: each app says so for its own kinds."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from safeguarding.people.models import Absence, Member, RoleHeld, Setting
from safeguarding.people.models.members import MemberQuerySet

from .models import Clock

# Who owes it now: its owner, as long as they may do it. None: it was only about them, and is over.
Owes = Callable[[Clock], Member | None]

OWES: dict[str, Owes] = {}


def owed_by(subject_kind: str) -> Callable[[Owes], Owes]:
    """Register who owes clocks about this kind of thing, whoever owned them until now."""

    def register(function: Owes) -> Owes:
        OWES[subject_kind] = function
        return function

    return register


def whose_role_ran_out(setting: Setting) -> MemberQuerySet:
    """Those who owe something here and hold no role, or had one that ran out by its day."""
    today = timezone.localdate()
    theirs = RoleHeld.objects.filter(member=OuterRef("pk"))
    gone = ~Q(Exists(theirs.current(today))) | Q(Exists(theirs.filter(ends__lt=today)))
    owing = Clock.objects.running().filter(setting=setting).values("owner")
    return setting.members.filter(gone, pk__in=owing)


def who_is_away(setting: Setting) -> MemberQuerySet:
    """Those who owe something here and are away today, also where that was written down long before."""
    away = Absence.away_from(setting, timezone.localdate())
    owing = Clock.objects.running().filter(setting=setting, owner__in=away).values("owner")
    return setting.members.filter(pk__in=owing)


def put_right(clock: Clock) -> bool:
    """Give a clock to whoever owes it now, who hears first if it is late; or stop it. False: as it was."""
    owner = OWES[clock.subject_kind](clock)
    if owner is not None and owner.pk == clock.owner_id:
        return False
    row = Clock.objects.filter(pk=clock.pk)
    if owner is None:
        row.update(stopped_at=timezone.now(), escalate_at=None)
    else:
        row.update(owner=owner, rung=0, escalate_at=clock.overdue_at)
    return True
