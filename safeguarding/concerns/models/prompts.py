"""That a case prompted a look at a policy. The policy's side keeps no trace of the case."""

from django.db import models

from foundation.constraints import NeverChanged
from safeguarding.people.models import SettingRecord
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews.models import ReviewRequest

from .cases import Case


class PolicyPrompt(SettingRecord):
    """What became of a case prompts a look at a policy: whoever may read the case may know of it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="policy_prompts")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+")
    request = models.OneToOneField(ReviewRequest, models.PROTECT, related_name="of_a_case")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "case", "policy"], name="a_case_prompts_a_policy_once"
            ),
            NeverChanged(name="policy_prompt_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"a look at {self.policy}"
