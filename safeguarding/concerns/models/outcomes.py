"""What became of a concern: it waits, is part of a case, or was not taken forward."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord

from ._sealing import OfSealable
from .cases import Case
from .concerns import Concern


class Undecided(SettingRecord):
    """A report that waits for a decision. Machine state: the row goes with the decision.

    So what waits is found without walking over everything that was ever decided. It begins with the report,
    at the same moment, and in that order it is found.
    """

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="undecided")

    class Meta:
        verbose_name_plural = "undecided"
        indexes = [models.Index(fields=["setting", "created_at"], name="undecided_by_time")]

    def __str__(self) -> str:
        return f"{self.concern} waits"


class Gathered(SettingRecord):
    """A concern taken into a case."""

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="gathered")
    case = models.ForeignKey(Case, models.PROTECT, related_name="gathered")
    gathered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "gathered"

    def __str__(self) -> str:
        return f"{self.concern} in {self.case}"


class NotTakenForward(OfSealable, SettingRecord):
    """A decision that a concern needs no case, with the reason: a decision not to act is a record."""

    ON = ("concern",)
    committed: ClassVar[tuple[str, ...]] = ("reasons",)

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="not_taken_forward")
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reasons = EncryptedTextField()

    class Meta:
        verbose_name_plural = "not taken forward"
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="not_taken_forward_has_reasons")
        ]

    def __str__(self) -> str:
        return f"{self.concern} not taken forward"
