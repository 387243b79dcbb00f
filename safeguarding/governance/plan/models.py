"""Evaluations, what should improve, and that it was done. Each is a row of its own, written once."""

from datetime import date
from typing import Self

from django.db import models

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord

from . import permissions


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.evaluations_readable_by(member))


class Evaluation(SettingRecord):
    """Somebody looked whether practice is as the policies say: what is strong, what should improve."""

    held_on = models.DateField()
    looked_at = EncryptedTextField()
    strong = EncryptedTextField()
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "-held_on"], name="evaluations_by_day")]
        constraints = [NeverChanged(name="evaluation_is_written_once")]

    def __str__(self) -> str:
        return f"evaluation of {self.held_on}"


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.improvements_readable_by(member))

    def listed(self) -> Self:
        """The first one due first, with what a list shows."""
        return self.select_related("owner", "done__done_by", "setting").order_by("due_on", "pk")


class Improvement(SettingRecord):
    """Something on the action plan: what should change, who sees to it, by when."""

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, null=True, related_name="improvements"
    )  # none: it came up by itself
    text = EncryptedTextField()
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    due_on = models.DateField()
    planned_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "due_on"], name="improvements_by_day")]
        constraints = [NeverChanged(name="improvement_is_written_once")]

    def __str__(self) -> str:
        return f"improvement by {self.due_on}"

    @property
    def is_done(self) -> bool:
        return hasattr(self, "done")

    def is_late(self, on: date) -> bool:
        return not self.is_done and self.due_on < on


class ImprovementDone(SettingRecord):
    """It was seen to, and what came of it; or it was taken off the plan, and why."""

    improvement = models.OneToOneField(Improvement, models.PROTECT, related_name="done")
    left_out = models.BooleanField(default=False)
    note = EncryptedTextField()
    done_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "improvements done"
        constraints = [NeverChanged(name="improvement_done_is_written_once")]

    def __str__(self) -> str:
        return f"{self.improvement}, done"
