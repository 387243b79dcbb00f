"""That somebody restored a backup on another computer, and how it went. Each time is a row."""

from typing import Self

from django.db import models

from safeguarding.backups import permissions
from safeguarding.people.models import Member, SettingRecord


class DrillQuerySet(models.QuerySet["RestoreDrill"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))


class RestoreDrill(SettingRecord):
    """A backup was restored elsewhere with a sheet out of an envelope, to see that it can be done."""

    class Sheet(models.TextChoices):
        FIRST = "1", "Sheet 1"
        SECOND = "2", "Sheet 2"
        BOTH = "both", "Both, one after the other"

    done_on = models.DateField()
    sheet = models.CharField(max_length=4, choices=Sheet.choices)
    went_well = models.BooleanField()
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = DrillQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "-done_on"], name="drills_by_day")]

    def __str__(self) -> str:
        return f"restored on {self.done_on}"
