"""A policy that is being brought in: looked at beside its source, and put right, before it is a version."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from safeguarding.people.models import Member, SettingRecord
from safeguarding.policies import permissions

from .policies import Policy


class DraftQuerySet(models.QuerySet["Draft"]):
    def readable_by(self, member: Member) -> Self:
        """For those who write policies here: one may begin and another go on."""
        return self.filter(permissions.drafts_readable_by(member))

    def forgotten(self, at: datetime) -> Self:
        """Those that nobody came back for: as long as somebody goes on with one, it is kept."""
        return self.exclude(states__created_at__gte=at - Draft.KEEP)


class Draft(SettingRecord):
    """What was read from a file. It goes when it is saved, thrown away, or 60 days after its last change."""

    KEEP = timedelta(days=60)

    title = models.CharField(max_length=200)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="drafts")
    kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)  # of the file, which is not kept itself
    source = models.JSONField()  # its lines, in order
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.title}, being brought in"

    def is_forgotten(self, at: datetime) -> bool:
        """Whether nobody came back for it in all the time it is kept."""
        return Draft.objects.filter(pk=self.pk).forgotten(at).exists()


class DraftState(SettingRecord):
    """The clauses as somebody left them. The newest counts; the one before brings the last change back."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="states")
    number = models.PositiveIntegerField()
    pieces = models.JSONField()
    left_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "draft", "number"], name="one_draft_state_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft}, {self.number}"
