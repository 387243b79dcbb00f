"""The roles people hold. Power over cases is given and ended by two people (ADR 0019)."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from foundation.errors import RuleBroken
from foundation.moments import say_date
from safeguarding.people.roles import CONFIRMS, FOUR_EYES, TEMPORARY, Role

from .settings import SettingRecord

if TYPE_CHECKING:
    from .members import Member

WAITS = timedelta(days=14)  # nobody confirmed it in this time: ask again
LONG_AGO, FAR_AHEAD = timedelta(days=60 * 365), timedelta(days=5 * 365)  # else the year is a slip
When = tuple[date, datetime]  # a day, and the moment since which something can have been asked for


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    def readable_by(self, member: "Member") -> Self:
        """Whoever may see a member's page sees the roles on it."""
        return self.filter(member__in=type(member).objects.readable_by(member))

    def current(self, on: date, known_at: datetime | None = None) -> Self:
        """Roles in force on a day: started, not run out, confirmed if need be, not ended early.

        `known_at` leaves out what was confirmed or ended after that moment.
        """
        open_ended = Q(ends__isnull=True) | Q(ends__gte=on)
        confirmed = _confirmed(known_at)
        needs_nobody = Q(granted_by__isnull=True) | ~Q(role__in=sorted(FOUR_EYES))
        ended = _ended_so_far() if known_at is None else _ended(known_at)
        return self.filter(open_ended, needs_nobody | confirmed, ~ended, starts__lte=on)

    def waiting(self, at: datetime) -> Self:
        """Roles that one person gave and no second one has confirmed yet."""
        return self._waiting(timezone.localdate(at), at - WAITS)

    def _waiting(self, on: date, since: datetime) -> Self:
        return self.unconfirmed(since).filter(Q(ends__isnull=True) | Q(ends__gte=on))

    def unconfirmed(self, since: datetime) -> Self:
        """Roles that one person gave after a moment, and that no second one has confirmed."""
        return self.filter(
            role__in=sorted(FOUR_EYES),
            granted_by__isnull=False,
            confirmed__isnull=True,
            endings__isnull=True,
            created_at__gt=since,
        )

    def to_confirm(self, member: "Member", when: When | None = None) -> Self:
        """Roles that wait for a second person, and that this member may confirm. Oldest first."""
        if not member.roles & CONFIRMS:
            return self.none()
        rows = self._waiting(*(when or _now())).filter(setting=member.setting_id)
        rows = rows.exclude(granted_by=member.pk).exclude(member=member.pk)
        return rows.select_related("member__user", "granted_by__user").order_by("created_at")


class RoleHeld(SettingRecord):
    """A role somebody holds, from a day, perhaps to a day."""

    member = models.ForeignKey("people.Member", models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=30, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey("people.Member", models.PROTECT, null=True, related_name="+")

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(TEMPORARY)) | Q(ends__isnull=False),
                name="temporary_role_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["setting", "role"], name="role_by_setting")]

    def __str__(self) -> str:
        return self.get_role_display()

    @staticmethod
    def check_dates(role: Role, starts: date, ends: date | None) -> None:
        """Refuse a volunteer without a last day, a role that ends before it starts, and a slip in a year."""
        if ends is None and role in TEMPORARY:
            raise RuleBroken(
                f"{role.label} is a role for a time: write the day it ends. "
                "You can give it again then."
            )
        if ends is not None and ends < starts:
            raise RuleBroken("The last day of a role cannot be before its first day.")
        if not -LONG_AGO < starts - timezone.localdate() < FAR_AHEAD:
            raise RuleBroken(
                f"Check the year: a role that begins on {say_date(starts)} is out of reach. "
                "Nothing was changed."
            )

    @property
    def needs_a_second_person(self) -> bool:
        """Whether it counts only once somebody else has confirmed it."""
        return self.granted_by_id is not None and self.role in FOUR_EYES

    @property
    def is_confirmed(self) -> bool:
        return not self.needs_a_second_person or hasattr(self, "confirmed")


class RoleConfirmed(SettingRecord):
    """A second person said that a role was rightly given.

    `confirmed_by` is empty where nobody else here could: see ADR 0019.
    """

    role_held = models.OneToOneField(RoleHeld, models.PROTECT, related_name="confirmed")
    confirmed_by = models.ForeignKey("people.Member", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.role_held} confirmed"


class RoleTakenEarly(SettingRecord):
    """A role counts although something that should come first is missing: why, and until when."""

    role_held = models.OneToOneField(RoleHeld, models.PROTECT, related_name="taken_early")
    reason = EncryptedTextField()
    by_when = models.DateField()
    missing = models.JSONField()  # names of what was missing, as they were called that day
    accepted_by = models.ForeignKey("people.Member", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "roles taken early"
        constraints = [NeverChanged(name="role_taken_early_is_written_once")]

    def __str__(self) -> str:
        return f"{self.role_held}, taken early"


class RoleEndedQuerySet(models.QuerySet["RoleEnded"]):
    def readable_by(self, member: "Member") -> Self:
        """Whoever may see a role sees that its end was asked for."""
        return self.filter(role_held__in=RoleHeld.objects.readable_by(member))

    def counting(self, known_at: datetime | None = None) -> Self:
        """Endings that need no second person, or have one; up to a moment, when one is given."""
        alone = (
            Q(ended_by__isnull=True)
            | Q(ended_by=F("role_held__member"))
            | ~Q(role_held__role__in=sorted(FOUR_EYES))
        )
        if known_at is not None:
            alone &= Q(created_at__lte=known_at)
        return self.filter(alone | _confirmed(known_at))

    def waiting(self, at: datetime) -> Self:
        """Endings that one person asked for and no second one has confirmed yet."""
        return self._waiting(timezone.localdate(at), at - WAITS)

    def _waiting(self, on: date, since: datetime) -> Self:
        in_force = RoleHeld.objects.current(on)
        return self.unconfirmed(since).filter(role_held__in=in_force.values("pk"))

    def unconfirmed(self, since: datetime) -> Self:
        """Endings asked for after a moment, that no second person has confirmed."""
        return self.filter(confirmed__isnull=True, created_at__gt=since)

    def to_confirm(self, member: "Member", when: When | None = None) -> Self:
        """Endings that wait for a second person, and that this member may confirm. Oldest first."""
        if not member.roles & CONFIRMS:
            return self.none()
        rows = self._waiting(*(when or _now())).filter(setting=member.setting_id)
        rows = rows.exclude(ended_by=member.pk).exclude(role_held__member=member.pk)
        return rows.select_related("role_held__member__user", "ended_by__user").order_by(
            "created_at"
        )


class RoleEnded(SettingRecord):
    """Somebody ended a role before its last day.

    Giving up one's own counts from that moment, and so does the end of a role that opens no case.
    Any other waits for a second person, and counts from then.
    """

    role_held = models.ForeignKey(RoleHeld, models.PROTECT, related_name="endings")
    ended_by = models.ForeignKey("people.Member", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)

    objects = RoleEndedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.role_held} ended"

    @property
    def counts(self) -> bool:
        """Whether the role is over: nobody else was needed, or somebody else has confirmed it."""
        own = self.ended_by_id in {None, self.role_held.member_id}
        return own or self.role_held.role not in FOUR_EYES or hasattr(self, "confirmed")

    @property
    def has_lapsed(self) -> bool:
        """Whether nobody confirmed it in time: then it may be asked for again."""
        return not self.counts and self.created_at <= timezone.now() - WAITS


class RoleEndConfirmed(SettingRecord):
    """A second person said that a role was rightly ended. `confirmed_by` as in RoleConfirmed."""

    ending = models.OneToOneField(RoleEnded, models.PROTECT, related_name="confirmed")
    confirmed_by = models.ForeignKey("people.Member", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.ending}, confirmed"


def _now() -> When:
    at = timezone.now()
    return timezone.localdate(at), at - WAITS


def ever_worked_here(member: str) -> Exists:
    """For a query: whether this member ever held a role but that of a parent or carer, ended or not."""
    rows = RoleHeld.objects.filter(member=OuterRef(member)).exclude(role=Role.PARENT)
    counts = Q(granted_by__isnull=True) | ~Q(role__in=sorted(FOUR_EYES)) | _confirmed(None)
    return Exists(rows.filter(counts))


def _ended(known_at: datetime | None) -> Exists:
    return Exists(RoleEnded.objects.counting(known_at).filter(role_held=OuterRef("pk")))


@cache
def _ended_so_far() -> Exists:
    """Put together once: it is part of every question about who holds what."""
    return _ended(None)


def _confirmed(known_at: datetime | None) -> Q:
    if known_at is None:
        return Q(confirmed__isnull=False)
    return Q(confirmed__created_at__lte=known_at)
