"""What a setting put in place of a rule's own value."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models

from foundation.models import Record


class LocalRuleQuerySet(models.QuerySet["LocalRule"]):
    def standing_in(self, *settings: UUID) -> Self:
        """Those of these settings that were not taken back; the newest of each rule comes last."""
        here = self.filter(setting_id__in=settings, taken_back=None)
        return here.order_by("starts", "created_at")

    def begun(self, on: date) -> Self:
        return self.filter(starts__lte=on)

    def to_come(self, on: date) -> Self:
        return self.filter(starts__gt=on)


class LocalRule(Record):
    """A setting's own value for a rule, from a day on. A later one takes its place; none is edited.

    The value is written as in the rule files: "24 hours". It names the setting and whoever set it by
    id, since this part of the house knows nothing of settings and people.
    """

    setting_id = models.UUIDField()
    set_by = models.UUIDField()
    rule_id = models.CharField(max_length=60)
    value = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    starts = models.DateField()

    objects = LocalRuleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting_id", "rule_id", "-starts"], name="local_rules")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.value}"


class TakenBack(Record):
    """A setting's own value that was taken back before its first day: it never counts."""

    setting_id = models.UUIDField()
    rule = models.OneToOneField(LocalRule, models.PROTECT, related_name="taken_back")

    class Meta:
        verbose_name_plural = "taken back"

    def __str__(self) -> str:
        return f"{self.rule} taken back"
