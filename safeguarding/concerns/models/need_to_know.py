"""Who is let into a case, by whom, why and until when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from safeguarding.people.models import Member, SettingRecord

from ._sealing import OfSealable
from .cases import Case


class NeedToKnowQuerySet(KeyedQuerySet["NeedToKnow"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever reads a case sees who else does."""
        rows = self.filter(case__in=Case.objects.readable_by(member))
        return rows.read_with(member.keyring)

    def current(self, on: date) -> Self:
        """In force on a day: not run out, not ended."""
        in_time = Q(until__isnull=True) | Q(until__gte=on)
        return self.filter(in_time, ended__isnull=True)


class NeedToKnow(OfSealable, SettingRecord):
    """Someone is let into a case: by whom, why, and until when (rule R5)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="need_to_know")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    # Empty where nobody did: a rule let them in, because somebody who led may no longer read it.
    granted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True, blank=True)

    objects = NeedToKnowQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "need to know"
        indexes = [models.Index(fields=["member", "case"], name="need_to_know_by_person")]

    def __str__(self) -> str:
        return f"{self.member} on {self.case}"

    @property
    def is_current(self) -> bool:
        in_time = self.until is None or self.until >= timezone.localdate()
        return in_time and not hasattr(self, "ended")


class NeedToKnowEnded(OfSealable, SettingRecord):
    """Someone no longer needs to know. It counts from the next request."""

    ON = ("need_to_know.case",)

    need_to_know = models.OneToOneField(NeedToKnow, models.PROTECT, related_name="ended")
    ended_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    shut_out = models.BooleanField(
        default=False
    )  # by what names them or theirs; else somebody ended it
    reason = EncryptedTextField()

    def __str__(self) -> str:
        return f"{self.need_to_know} ended"
