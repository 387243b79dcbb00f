"""To whom something was referred, and what they answered."""

from typing import ClassVar, Self

from django.db import models

from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from safeguarding.people.models import Member, SettingRecord

from ._sealing import OfSealable
from .cases import Case
from .entries import Entry


class ReferralQuerySet(KeyedQuerySet["Referral"]):
    def readable_by(self, member: Member) -> Self:
        rows = self.filter(entry__case__in=Case.objects.readable_by(member))
        return rows.read_with(member.keyring)


class Referral(OfSealable, SettingRecord):
    """A referral: to whom, how, who took it, under which reference, and when an answer is due."""

    ON = ("entry.case",)

    committed: ClassVar[tuple[str, ...]] = (
        "agency",
        "route",
        "person",
        "reference",
        "reply_due",
        "entry.kind",
        "entry.happened_at",
        "entry.time_known",
        "entry.text",
        "entry.details",
    )

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="referral")
    agency_slug = models.CharField(max_length=60)
    agency = models.CharField(max_length=160)
    route = models.CharField(max_length=160)
    person = EncryptedTextField(blank=True)
    reference = EncryptedTextField(blank=True)
    reply_due = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    def __str__(self) -> str:
        return f"referral to {self.agency}"


class ReferralReply(SettingRecord):
    """What an agency answered. The words are in the entry."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="reply")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="replies")

    class Meta:
        verbose_name_plural = "referral replies"

    def __str__(self) -> str:
        return f"reply to {self.referral}"
