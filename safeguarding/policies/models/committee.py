"""Asking the committee to adopt a version, and what they said. What is in force is an `Adoption`."""

from typing import Self

from django.db import models
from django.db.models import Prefetch, Q

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, SettingRecord
from safeguarding.policies import permissions

from .policies import PolicyVersion


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def open(self) -> Self:
        """Those that nobody refused or took back, and whose version is not adopted yet."""
        ended = Q(answers__answer__in=(ProposalAnswer.Kind.NO, ProposalAnswer.Kind.WITHDRAWN))
        return self.filter(version__adoption__isnull=True).exclude(ended)

    def with_people(self) -> Self:
        """With who proposed it, who is to answer and who did. Three queries."""
        rows = self.select_related("proposed_by__user", "version__written_by__user")
        named = NamedApprover.objects.select_related("member__user")
        answered = ProposalAnswer.objects.select_related("answered_by__user")
        return rows.prefetch_related(Prefetch("approvers", named), Prefetch("answers", answered))


class Proposal(SettingRecord):
    """Somebody asks for a version to be adopted: exactly the text with this digest."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="proposals")
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=1000, blank=True)
    proposed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [NeverChanged(name="proposal_is_written_once")]

    def __str__(self) -> str:
        return f"{self.version}, proposed"

    @property
    def is_open(self) -> bool:
        """Whether it still waits: asked of answers that were fetched with it."""
        ends = {ProposalAnswer.Kind.NO, ProposalAnswer.Kind.WITHDRAWN}
        return not self.version.is_adopted and not any(o.answer in ends for o in self.answers.all())

    @property
    def waits_for(self) -> list[Member]:
        """Those named who have not said anything yet."""
        said = {one.answered_by_id for one in self.answers.all()}
        return [one.member for one in self.approvers.all() if one.member_id not in said]


class NamedApprover(SettingRecord):
    """One of those who must all say yes."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approvers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "proposal", "member"], name="an_approver_is_named_once"
            ),
            NeverChanged(name="named_approver_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}, asked about {self.proposal}"


class ProposalAnswer(SettingRecord):
    """What one of them said, about the text they had before them."""

    class Kind(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "Not yet"
        WITHDRAWN = "withdrawn", "Taken back"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=Kind.choices)
    answered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "proposal", "answered_by"], name="one_answer_of_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(answer="no", reason=""), name="a_not_yet_has_a_reason"
            ),
            NeverChanged(name="proposal_answer_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_answer_display()}"


class AcceptedLoss(SettingRecord):
    """Somebody saw that a version no longer has, or has changed, a clause that a duty needs, and says why."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="accepted_losses")
    duty_id = models.CharField(max_length=40)
    clause_number = models.CharField(max_length=20)
    moved_to = models.CharField(max_length=20, blank=True)  # the clause that holds the duty instead
    reason = models.CharField(max_length=1000, blank=True)
    accepted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "version", "duty_id", "clause_number"],
                name="a_loss_is_accepted_once",
            ),
            models.CheckConstraint(
                condition=~Q(reason="", moved_to=""), name="an_accepted_loss_says_why_or_where"
            ),
            NeverChanged(name="accepted_loss_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} in {self.version}, accepted"
