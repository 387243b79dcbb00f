"""What was taken in from the drop."""

from typing import Self

from django.db import models

from safeguarding.concerns.models import Concern
from safeguarding.people.models import Member, SettingRecord


class TakenInQuerySet(models.QuerySet["TakenIn"]):
    def readable_by(self, member: Member) -> Self:
        """With the report it became, and by nobody else."""
        return self.filter(concern__in=Concern.objects.readable_by(member))


class TakenIn(SettingRecord):
    """A report that was sent while the records were closed: when it was sent, and when it was taken in."""

    drop_id = models.CharField(max_length=32)
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    objects = TakenInQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "taken in"
        constraints = [
            models.UniqueConstraint(fields=["setting", "drop_id"], name="a_drop_is_taken_in_once")
        ]

    def __str__(self) -> str:
        return f"{self.concern}, sent while the records were closed"
