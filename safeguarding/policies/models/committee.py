"""Asking the committee to adopt a version, and what they said. What is in force is an `Adoption`."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, RoleHeld, SettingRecord
from safeguarding.policies import permissions

from .policies import PolicyVersion


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def open(self) -> Self:
        """Those that nobody refused or took back, and whose version is not adopted yet, nor a newer one."""
        ended = Q(answers__answer__in=(ProposalAnswer.Kind.NO, ProposalAnswer.Kind.WITHDRAWN))
        waiting = self.filter(~_newer_adopted(), version__adoption__isnull=True)
        return waiting.exclude(ended)

    def with_people(self, on: date) -> Self:
        """With who proposed it, who is to answer (and may, on a day), and who did. Three queries."""
        rows = self.select_related("proposed_by__user", "version__written_by__user")
        named = NamedApprover.objects.select_related("member__user").with_posts(on)
        answered = ProposalAnswer.objects.select_related("answered_by__user")
        rows = rows.annotate(is_overtaken=_newer_adopted())
        return rows.prefetch_related(Prefetch("approvers", named), Prefetch("answers", answered))


def _newer_adopted() -> Exists:
    """Whether a newer version of the same policy was adopted: an older one is not adopted after it."""
    newer = PolicyVersion.objects.filter(
        policy=OuterRef("version__policy"),
        number__gt=OuterRef("version__number"),
        adoption__isnull=False,
    )
    return Exists(newer)


class Proposal(SettingRecord):
    """Somebody asks for a version to be adopted: exactly the text with this digest."""

    is_overtaken: bool  # put here by `with_people`

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
        """Whether it still waits: asked of one that was fetched `with_people`."""
        ends = {ProposalAnswer.Kind.NO, ProposalAnswer.Kind.WITHDRAWN}
        over = self.version.is_adopted or self.is_overtaken
        return not over and not any(one.answer in ends for one in self.answers.all())

    @property
    def waits_for(self) -> list[Member]:
        """Those named who have not said anything yet, and may still."""
        return [one.member for one in self._silent if one.may_adopt]

    @property
    def missing(self) -> list[Member]:
        """Those named who have not said anything, and are not on the committee any more."""
        return [one.member for one in self._silent if not one.may_adopt]

    @property
    def _silent(self) -> "list[NamedApprover]":
        said = {one.answered_by_id for one in self.answers.all()}
        return [one for one in self.approvers.all() if one.member_id not in said]


class NamedApproverQuerySet(models.QuerySet["NamedApprover"]):
    def with_posts(self, on: date) -> Self:
        """Each with `may_adopt`: whether they are on the committee on a day."""
        return self.annotate(may_adopt=_on_the_committee(on))

    def missing(self, on: date) -> Self:
        """Those whose yes is waited for, and who are not on the committee any more on a day."""
        return self._waited_for().filter(~_on_the_committee(on))

    def silent(self, on: date) -> Self:
        """Those whose yes is waited for, and who may say it on a day."""
        return self._waited_for().filter(_on_the_committee(on))

    def _waited_for(self) -> Self:
        said = ProposalAnswer.objects.filter(
            proposal=OuterRef("proposal"), answered_by=OuterRef("member")
        )
        return self.filter(~Exists(said), proposal__in=Proposal.objects.open())


def _on_the_committee(on: date) -> Exists:
    posts = RoleHeld.objects.current(on).filter(role__in=sorted(permissions.ADOPTERS))
    return Exists(posts.filter(member=OuterRef("member"), member__user__is_active=True))


class NamedApprover(SettingRecord):
    """One of those who must all say yes."""

    may_adopt: bool  # put here by `with_posts`

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approvers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = NamedApproverQuerySet.as_manager()

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
                fields=["setting", "proposal", "answered_by"],
                condition=~Q(answer="withdrawn"),  # who said yes may take the question back as well
                name="one_answer_of_a_person",
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
