"""Who keeps proof of where the record stood: mailboxes outside, sheets of paper, files."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from safeguarding.audit.models import Checkpoint
from safeguarding.people.models import Member, SettingRecord
from safeguarding.people.roles import Role

from .permissions import may_verify


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever may check the record sees where its proof is sent."""
        here = self.filter(setting=member.setting_id)
        return here if may_verify(member) else here.none()

    def current(self) -> Self:
        return self.filter(removed__isnull=True)


class Mailbox(SettingRecord):
    """A mailbox outside the setting that proof is sent to, such as the local authority's."""

    name = models.CharField(max_length=120)
    email = models.EmailField()
    named_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.name


class MailboxRemovedQuerySet(models.QuerySet["MailboxRemoved"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever may check the record sees where its proof no longer goes."""
        here = self.filter(setting=member.setting_id)
        return here if may_verify(member) else here.none()


class MailboxRemoved(SettingRecord):
    """Proof is no longer sent there."""

    mailbox = models.OneToOneField(Mailbox, models.PROTECT, related_name="removed")
    removed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = MailboxRemovedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.mailbox} removed"


class AnchorQuerySet(models.QuerySet["Anchor"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever may check the record sees who keeps proof of it."""
        here = self.filter(setting=member.setting_id)
        return here if may_verify(member) else here.none()

    def handed_out(self) -> Self:
        return self.filter(handed_at__isnull=False)

    def waiting(self, now: datetime) -> Self:
        return self.filter(handed_at__isnull=True, given_up_at__isnull=True, next_try_at__lte=now)


class Anchor(SettingRecord):
    """A checkpoint that was handed to somebody. The last four fields are machine state, for mails."""

    class How(models.TextChoices):
        MAIL = "mail", "by mail"
        SHEET = "sheet", "on paper"
        FILE = "file", "as a file"

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="+")
    how = models.CharField(max_length=5, choices=How.choices)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, related_name="anchors")
    handed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(mailbox__isnull=True),
                name="anchor_has_one_keeper",
            )
        ]
        indexes = [
            models.Index(fields=["setting", "-handed_at"], name="anchors_by_time"),
            models.Index(
                fields=["next_try_at"],
                condition=Q(handed_at__isnull=True, given_up_at__isnull=True),
                name="anchors_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint} {self.get_how_display()} to {self.keeper}"

    def is_wanted(self) -> bool:
        """Whether its mail should still go: the mailbox stands, the committee lead is one. One query."""
        if self.mailbox:
            return not MailboxRemoved.objects.filter(mailbox=self.mailbox).exists()
        leads = self.setting.holding([Role.COMMITTEE_LEAD], timezone.localdate())
        return self.member in leads

    @property
    def keeper(self) -> str:
        """Who has it."""
        return str(self.mailbox or self.member)

    @property
    def address(self) -> str:
        """Where its mail goes."""
        return self.mailbox.email if self.mailbox else str(self.member and self.member.user.email)
