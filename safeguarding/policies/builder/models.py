"""What a setting answered when it built a policy, each time anew; the newest row is where the next begins."""

from typing import Self

from django.db import models

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, SettingRecord
from safeguarding.policies import permissions

from .given import Given


class PolicyAnswersQuerySet(models.QuerySet["PolicyAnswers"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def newest(self) -> Given:
        """Where the next build begins: the answers given last, for whichever policy."""
        row = self.order_by("-created_at").first()
        return Given.read(row.answers) if row else Given()


class PolicyAnswers(SettingRecord):
    """All answers as they were after one page, or when a version was built from them."""

    text_id = models.CharField(max_length=60)
    answers = models.JSONField()
    answered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    version = models.OneToOneField(
        "policies.PolicyVersion", models.PROTECT, null=True, related_name="answers"
    )

    objects = PolicyAnswersQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "-created_at"], name="answers_by_setting")]
        constraints = [NeverChanged(name="policy_answers_are_written_once")]

    def __str__(self) -> str:
        return f"Answers for {self.text_id}"
