"""The sheets that open the backups, that each was read back, and each restore on another computer."""

from typing import Self

from django.db import models

from foundation.constraints import NeverChanged
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


class SheetQuerySet(models.QuerySet["BackupSheet"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def unread(self) -> Self:
        """Those that nobody has typed back from the paper."""
        return self.filter(read_back__isnull=True)


class BackupSheet(SettingRecord):
    """One of the two papers that open the backups: its name, and who keeps it. Its secret is on it alone."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=8)
    kept_by = models.CharField(max_length=200)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "name"], name="one_sheet_a_name"),
            NeverChanged(name="sheet_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"backup sheet {self.number}, {self.name}"


class SheetRead(SettingRecord):
    """Somebody typed the words from the paper, and they were those that open the backups."""

    sheet = models.OneToOneField(BackupSheet, models.PROTECT, related_name="read_back")
    read_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opened_one = models.BooleanField()  # also a backup that lay there

    class Meta:
        verbose_name_plural = "sheets read"

    def __str__(self) -> str:
        return f"{self.sheet}, read back"
