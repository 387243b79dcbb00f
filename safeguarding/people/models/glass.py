"""Breaking the glass: an hour with what is written of one child, in an emergency (rules R21, R22)."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.constraints import NeverChanged
from safeguarding.people import permissions

from .children import Child
from .members import Member
from .settings import Setting, SettingRecord

LASTS = timedelta(minutes=60)
SHORTEST_REASON = 20
MOST = 3  # within COUNTED; then nobody gives it to themselves any more
COUNTED = timedelta(days=30)


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever broke it, and whoever reviews it."""
        return self.filter(permissions.glass_readable_by(member))

    def running(self, at: datetime) -> Self:
        return self.filter(ends_at__gt=at)

    def lately(self, at: datetime) -> Self:
        """Those that count towards having done it too often."""
        return self.filter(created_at__gt=at - COUNTED)

    def to_review(self) -> Self:
        return self.filter(review__isnull=True)


class BreakGlass(SettingRecord):
    """Somebody gave themselves an hour with a child's concerns. Nothing of it can be changed later."""

    class Reason(models.TextChoices):
        IN_DANGER = "in_danger", "A child may be in danger now"
        AGENCY = "agency", "Police, social care or a hospital ask now"
        NOBODY = "nobody", "Nobody who may read it can be reached"

    member = models.ForeignKey(Member, models.PROTECT, related_name="glass")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, choices=Reason.choices)
    reason = models.TextField()
    ends_at = models.DateTimeField()

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "break glass"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("created_at")), name="glass_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="glass_has_a_reason"),
            NeverChanged(name="glass_is_written_once"),
        ]
        indexes = [models.Index(fields=["member", "-ends_at"], name="glass_by_person")]

    def __str__(self) -> str:
        return f"{self.member} for {self.child}"

    @property
    def is_running(self) -> bool:
        return self.ends_at > timezone.now()

    @property
    def is_reviewed(self) -> bool:
        return hasattr(self, "review")

    @classmethod
    def opened_to(cls, member: Member, at: datetime) -> list[UUID]:
        """The children whose concerns are open to a member for the hour."""
        return list(
            cls.objects.running(at).filter(member=member.pk).values_list("child", flat=True)
        )

    @classmethod
    def waiting_in(cls, setting: Setting) -> "models.QuerySet[BreakGlass]":
        """Those of a setting that nobody has reviewed, the oldest first."""
        rows = cls.objects.to_review().filter(setting=setting)
        return rows.select_related("member__user", "child").order_by("created_at")


class BreakGlassReview(SettingRecord):
    """Somebody else looked at why, and at what was read."""

    glass = models.OneToOneField(BreakGlass, models.PROTECT, related_name="review")
    reviewed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    was_right = models.BooleanField()
    note = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="glass_review_says_why"),
            NeverChanged(name="glass_review_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.glass}, reviewed"
