"""Who is away, and until when: so that what cannot wait goes first to somebody who is there."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet

from foundation.prepared import prepared
from safeguarding.people import permissions

from .members import Member
from .settings import Setting, SettingRecord


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def readable_by(self, member: Member) -> Self:
        """One's own; leads, managers and the committee lead see everybody's."""
        return self.filter(permissions.absences_readable_by(member))

    def current(self, on: date) -> Self:
        """Absences that a day falls into, and that nobody has ended."""
        return self.filter(starts__lte=on, ends__gte=on, ended__isnull=True)

    def to_come(self, on: date) -> Self:
        """Those that a day falls into or that lie ahead, the first one first."""
        rows = self.filter(ends__gte=on, ended__isnull=True).select_related(
            "member__user", "recorded_by__user"
        )
        return rows.order_by("starts", "created_at")


class Absence(SettingRecord):
    """Somebody is away from a day to a day. They are not told first; they may read as before."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="absences")
    starts = models.DateField()
    ends = models.DateField()
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="absence_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["setting", "ends"], name="absences_by_setting")]

    def __str__(self) -> str:
        return f"{self.member} away"

    @classmethod
    def away_from(cls, setting: Setting, on: date) -> frozenset[UUID]:
        """The ids of the members of a setting who are away on a day. One query."""
        return frozenset(member for (member,) in _AWAY(setting.pk, on))


def _away(setting: UUID, on: date) -> QuerySet[Absence, tuple[UUID]]:
    return Absence.objects.current(on).filter(setting=setting).values_list("member_id")


_AWAY = prepared(_away)  # asked whenever somebody is told of something


class AbsenceEnded(SettingRecord):
    """Somebody is back before the day that was written down, or never was away."""

    absence = models.OneToOneField(Absence, models.PROTECT, related_name="ended")
    ended_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.absence}, back"
