"""What was given out on paper: of what, to whom, why, and by whom."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.encrypted import EncryptedJSONField, EncryptedTextField
from safeguarding.approvals.models import Approval
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import permissions
from safeguarding.people.models import Child, Member, SettingRecord

from ._sealing import OfSealable
from .cases import Case
from .concerns import Concern


class PaperCopyQuerySet(models.QuerySet["PaperCopy"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever reads something that stands on a paper sees that there is such a paper."""
        parts = PaperCopyPart.objects.filter(copy=OuterRef("pk"))
        cases = Case.objects.filter(permissions.cases_with(member, "R"))
        concerns = Concern.objects.filter(permissions.concerns_readable_by(member))
        readable = Exists(parts.filter(case__in=cases)) | Exists(parts.filter(concern__in=concerns))
        return self.filter(readable, setting=member.setting_id)

    def made_by(self, member: Member) -> Self:
        """The papers a member asked for."""
        return self.filter(made_by=member.pk)

    def holding(self, case: Case | UUID) -> Self:
        """Papers on which something of a case stands, also of a report that was taken into it later."""
        parts = PaperCopyPart.objects.filter(copy=OuterRef("pk"))
        reports = Exists(parts.filter(concern__gathered__case=case))
        return self.filter(Exists(parts.filter(case=case)) | reports).to_be_listed()

    def to_be_listed(self) -> Self:
        """The newest first, with who made them, and whether anybody ever took them."""
        taken = Line.objects.filter(
            setting_id=OuterRef("setting"), subject_id=OuterRef("pk"), event="paper.taken"
        )
        rows = self.annotate(was_taken=Exists(taken)).select_related("made_by__user")
        return rows.order_by("-created_at")


class PaperCopy(OfSealable, SettingRecord):
    """A case, or the file of one child, made into a paper for one recipient and one purpose.

    The words are not kept again here: the digest says whether a paper holds what was printed.
    """

    was_taken: bool  # known after `to_be_listed`

    code = models.CharField(max_length=12)  # stands on each page
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    recipient = EncryptedTextField()
    purpose = EncryptedTextField()
    digest = models.CharField(max_length=64)
    hidden = EncryptedJSONField(default=list)  # the words that were blacked out
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # What another person said yes to: this recipient, this purpose and this content.
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="paper")

    objects = PaperCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "paper copies"
        constraints = [
            models.UniqueConstraint(fields=["setting", "code"], name="one_paper_of_a_code"),
            models.CheckConstraint(
                condition=Q(case__isnull=True) ^ Q(child__isnull=True), name="paper_of_one_thing"
            ),
            models.CheckConstraint(
                condition=~Q(recipient="") & ~Q(purpose=""), name="paper_says_for_whom_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Copy {self.code}"


class PaperCopyPart(SettingRecord):
    """A case, or a report that is in none, of which something stands on a paper."""

    copy = models.ForeignKey(PaperCopy, models.PROTECT, related_name="parts")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True) ^ Q(concern__isnull=True),
                name="paper_holds_part_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case or self.concern} on {self.copy}"
