"""Those who told us something without an account, and when the form rests."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Self

from django.db import models

from foundation.encrypted import EncryptedTextField
from foundation.keyrings import Unreadable
from safeguarding.concerns.models import Concern, OfSealable
from safeguarding.people.models import Member, Setting, SettingRecord

from . import receipts
from .told import Identity


class TellerQuerySet(models.QuerySet["Teller"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever may read the report may read who sent it, and nobody else."""
        return self.filter(concern__in=Concern.objects.readable_by(member))

    def with_receipt(self, setting: Setting, code: str) -> Self:
        """Whoever holds this code. The same one question to the database for any code at all."""
        return self.filter(setting=setting, receipt=receipts.mark_of(setting, code))


class Teller(SettingRecord):
    """Somebody who told us something without an account. We know them by their receipt alone."""

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="teller")
    receipt = models.CharField(max_length=64)  # a keyed digest of the code, never the code

    objects = TellerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "receipt"], name="one_teller_a_receipt")
        ]

    def __str__(self) -> str:
        return f"whoever sent {self.concern}"


class SaidToBe(OfSealable, SettingRecord):
    """Who somebody said they are and how to reach them, sealed as their report is (rule R17)."""

    ON = ("teller.concern",)

    teller = models.ForeignKey(Teller, models.PROTECT, related_name="said_to_be")
    said = EncryptedTextField()

    class Meta:
        verbose_name_plural = "said to be"

    def __str__(self) -> str:
        return f"who sent {self.teller.concern}, sealed"

    def seal(self, identity: Identity) -> None:
        """Put it in so that a copy of the database does not show it."""
        self.said = json.dumps(asdict(identity))

    @property
    def identity(self) -> Identity:
        said = self.said
        return Identity(said) if isinstance(said, Unreadable) else Identity(**json.loads(said))


class ToldLaterQuerySet(models.QuerySet["ToldLater"]):
    def due(self, at: datetime) -> Self:
        return self.filter(told_at__isnull=True, tell_at__lte=at)


class ToldLater(SettingRecord):
    """A report that came with many others: it is kept, and told of a little later. Machine state."""

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="+")
    tell_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = ToldLaterQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "told later"
        indexes = [
            models.Index(
                fields=["tell_at"],
                condition=models.Q(told_at__isnull=True),
                name="reports_to_tell_of",
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern}, told of later"


class PauseQuerySet(models.QuerySet["Pause"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(setting=member.setting_id)

    def standing(self) -> Self:
        """Not ended: the form rests."""
        return self.filter(ended__isnull=True)


class Pause(SettingRecord):
    """Somebody let the public form rest, and why. The page then shows who to call instead."""

    paused_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    objects = PauseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"form at {self.setting} paused"


class PauseEnded(SettingRecord):
    """The public form is open again."""

    pause = models.OneToOneField(Pause, models.PROTECT, related_name="ended")
    ended_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.pause}, open again"
