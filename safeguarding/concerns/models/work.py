"""One lead hands work to another: which cases and reports, with a word on each."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from safeguarding.people.models import Member, SettingRecord

from ._sealing import OfSealable
from .cases import Case
from .concerns import Concern


class WorkHandoverQuerySet(models.QuerySet["WorkHandover"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever gives and whoever receives."""
        here = self.filter(setting=member.setting_id)
        return here.filter(Q(given_by=member) | Q(to=member))

    def waiting(self) -> Self:
        return self.filter(taken__isnull=True, kept__isnull=True)


class WorkHandover(SettingRecord):
    """Work offered by one lead to another. Nothing changes hands before the other has said yes."""

    given_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    to = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    stops_reading = models.BooleanField()  # whoever leaves need not know any longer

    objects = WorkHandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(to=F("given_by")), name="work_goes_to_another")
        ]

    def __str__(self) -> str:
        return f"work from {self.given_by} to {self.to}"

    @property
    def is_waiting(self) -> bool:
        return not hasattr(self, "taken") and not hasattr(self, "kept")


class HandedCase(OfSealable, SettingRecord):
    """A case in a handover, with a word on it. Only one the receiver may lead."""

    handover = models.ForeignKey(WorkHandover, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    note = EncryptedTextField(blank=True)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "handover", "case"], name="a_case_once_in_a_handover"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} handed over"


class HandedReport(SettingRecord):
    """A report nobody has decided on yet, in a handover."""

    handover = models.ForeignKey(WorkHandover, models.PROTECT, related_name="reports")
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "handover", "concern"], name="a_report_once_in_a_handover"
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern} handed over"


class WorkTaken(SettingRecord):
    """The receiver said yes: from this moment the work is theirs."""

    handover = models.OneToOneField(WorkHandover, models.PROTECT, related_name="taken")

    class Meta:
        verbose_name_plural = "work taken"

    def __str__(self) -> str:
        return f"{self.handover}: taken"


class WorkKept(SettingRecord):
    """The handover was taken back, or declined: everything stays where it was."""

    handover = models.OneToOneField(WorkHandover, models.PROTECT, related_name="kept")
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    class Meta:
        verbose_name_plural = "work kept"

    def __str__(self) -> str:
        return f"{self.handover}: kept"
