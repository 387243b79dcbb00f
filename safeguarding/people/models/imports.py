"""A list brought in from another program: the text, sealed, until it is done, and what came of it."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from safeguarding.people import permissions

from .members import Member
from .settings import SettingRecord


class ImportQuerySet(models.QuerySet["Import"]):
    def readable_by(self, member: Member) -> Self:
        """One's own only: nobody else reads what somebody uploaded."""
        return self.filter(permissions.imports_readable_by(member))

    def open(self, at: datetime) -> Self:
        """Those whose text is still kept and that are not done yet."""
        return self.filter(done__isnull=True, text__created_at__gte=at - ImportText.KEEP)


class Import(SettingRecord):
    """Somebody began to bring in a list of children or of staff. It holds no word of the list."""

    class Kind(models.TextChoices):
        CHILDREN = "children", "Children, families and rooms"
        STAFF = "staff", "Staff"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    started_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "started_by"], name="import_by_member")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.created_at:%d %B %Y}"

    @property
    def is_done(self) -> bool:
        return hasattr(self, "done")

    @property
    def is_open(self) -> bool:
        """Whether it can still be looked at and done."""
        kept = getattr(self, "text", None)
        return not self.is_done and kept is not None and not kept.is_old


class ImportTextQuerySet(models.QuerySet["ImportText"]):
    def forgotten(self, at: datetime) -> Self:
        """Lists that nobody came back for."""
        return self.filter(created_at__lt=at - ImportText.KEEP)


class ImportText(SettingRecord):
    """The list itself, sealed for whoever brought it. It goes once it is done, or after a day."""

    KEEP = timedelta(hours=24)

    of = models.OneToOneField(Import, models.CASCADE, related_name="text")
    sealed = models.BinaryField()

    objects = ImportTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"the text of {self.of}"

    @property
    def is_old(self) -> bool:
        return self.created_at < timezone.now() - self.KEEP


class ImportColumnsQuerySet(models.QuerySet["ImportColumns"]):
    def remembered(self, at: Import, headings: str) -> Self:
        """What was chosen here for the same headings before, newest first."""
        same = self.filter(setting=at.setting_id, headings=headings, of__kind=at.kind)
        return same.order_by("-created_at")


class ImportColumns(SettingRecord):
    """What somebody said each column is. The newest counts, and is offered again next time."""

    of = models.ForeignKey(Import, models.PROTECT, related_name="columns")
    headings = models.CharField(max_length=64)  # a keyed hash: headings may turn out to be names
    fields = models.JSONField()
    day_first = models.BooleanField(default=True)

    objects = ImportColumnsQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "headings"], name="columns_by_headings")]

    def __str__(self) -> str:
        return f"the columns of {self.of}"


class ImportAsked(SettingRecord):
    """Somebody saw what would change and asked for exactly that (`plan`), in the background."""

    LATE = timedelta(minutes=10)

    class Stage(models.TextChoices):
        WAITING = "waiting", "Waiting for its turn"
        SAVING = "saving", "Saving everything at once"

    of = models.ForeignKey(Import, models.PROTECT, related_name="asked")
    plan = models.CharField(max_length=64)
    # How far it is: the one thing here that changes, for the page that waits.
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.WAITING)
    lines = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.of}, asked for"

    @property
    def is_late(self) -> bool:
        return self.created_at < timezone.now() - self.LATE


class ImportStopped(SettingRecord):
    """What was asked for was not done, and why. Nothing of it was saved."""

    asked = models.OneToOneField(ImportAsked, models.PROTECT, related_name="stopped")
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.asked}, stopped"


class ImportDone(SettingRecord):
    """The list is in, whole. How much of it was new."""

    of = models.OneToOneField(Import, models.PROTECT, related_name="done")
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    stayed = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.of}, done"
