"""What people may use, who gave it, and when it ended. Whether it stands is worked out: see access.py."""

from typing import Self

from django.db import models
from django.db.models import Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.agreements import permissions
from safeguarding.agreements.kinds import KINDS, AccessKind
from safeguarding.approvals.models import Approval
from safeguarding.people.models import Member, SettingRecord


class GrantQuerySet(models.QuerySet["Grant"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.grants_readable_by(member))

    def open(self) -> Self:
        """Those that nothing has ended."""
        return self.filter(ended__isnull=True)

    def not_over(self) -> Self:
        """Those that nothing has ended, and those that are not switched off yet in the world."""
        return self.filter(Q(ended__isnull=True) | Q(ended__switched_off__isnull=True))


class Grant(SettingRecord):
    """Somebody was given access to something."""

    kind = models.CharField(max_length=30)
    what = models.CharField(max_length=120, blank=True)  # which one: Laptop 2, our page
    member = models.ForeignKey(Member, models.PROTECT, related_name="grants")
    given_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    note = EncryptedTextField(blank=True)
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="grant")

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "kind"], name="grants_by_kind")]
        constraints = [NeverChanged(name="grant_is_written_once")]

    def __str__(self) -> str:
        return f"{self.title} for {self.member}"

    @property
    def of_kind(self) -> AccessKind:
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        return f"{self.of_kind.title}: {self.what}" if self.what else self.of_kind.title


class GrantEndedQuerySet(models.QuerySet["GrantEnded"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.ends_readable_by(member))


class GrantEnded(SettingRecord):
    """An access ended: by somebody, or because what it rests on is gone."""

    class Why(models.TextChoices):
        BY_HAND = "by_hand", "Somebody ended it"
        AGREEMENT = "agreement", "The agreement is not signed, or no longer"
        ROLE = "role", "The role it rests on has ended"
        TRAINING = "training", "Training that it needs is not up to date"
        CARE = "care", "They no longer care for a child here"

    grant = models.OneToOneField(Grant, models.PROTECT, related_name="ended")
    why = models.CharField(max_length=10, choices=Why.choices)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note = EncryptedTextField(blank=True)

    objects = GrantEndedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "grants ended"
        constraints = [NeverChanged(name="grant_ended_is_written_once")]

    def __str__(self) -> str:
        return f"{self.grant}, ended"


class SwitchedOff(SettingRecord):
    """Somebody did in the world what the end of an access asks for: changed the code, took it back."""

    ended = models.OneToOneField(GrantEnded, models.PROTECT, related_name="switched_off")
    done_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    note = EncryptedTextField(blank=True)

    class Meta:
        verbose_name_plural = "switched off"
        constraints = [NeverChanged(name="switched_off_is_written_once")]

    def __str__(self) -> str:
        return f"{self.ended}, switched off"
