"""What became of a concern: it waits, is part of a case, was taken out of one, or was not taken forward."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.constraints import NeverChanged
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
    """A concern is part of a case now. The row goes when it is taken out: `TakenOut` says it was there."""

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="gathered")
    case = models.ForeignKey(Case, models.PROTECT, related_name="gathered")
    gathered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "gathered"

    def __str__(self) -> str:
        return f"{self.concern} in {self.case}"


class TakenOut(OfSealable, SettingRecord):
    """A concern was taken out of a case it did not belong in, and why. Since then it waited anew."""

    committed: ClassVar[tuple[str, ...]] = ("reasons",)

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="taken_out")
    case = models.ForeignKey(Case, models.PROTECT, related_name="taken_out")
    # What stood in the row that went: who took it into the case, and when.
    gathered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    gathered_at = models.DateTimeField()
    taken_out_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reasons = EncryptedTextField()

    class Meta:
        verbose_name_plural = "taken out"
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="taken_out_has_reasons"),
            NeverChanged(name="taken_out_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.concern} taken out of {self.case}"


class NotTakenForward(OfSealable, SettingRecord):
    """A decision that a concern needs no case, with the reason: a decision not to act is a record.

    Where the concern became part of a case after all, and was taken out of it, it waits for another
    decision: this one is then of `before`.
    """

    ON = ("concern", "before")
    committed: ClassVar[tuple[str, ...]] = ("reasons",)

    concern = models.OneToOneField(
        Concern, models.PROTECT, null=True, related_name="not_taken_forward"
    )
    before = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="put_aside_before")
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reasons = EncryptedTextField()

    class Meta:
        verbose_name_plural = "not taken forward"
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="not_taken_forward_has_reasons"),
            models.CheckConstraint(
                condition=Q(concern__isnull=True) ^ Q(before__isnull=True),
                name="not_taken_forward_is_of_one_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern or self.before} not taken forward"
