"""A case that shows that a policy should change. Only who may read the case hears that one did."""

from uuid import uuid4

from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.concerns.models import Case, PolicyPrompt
from safeguarding.concerns.permissions import may_read_this_case
from safeguarding.people.models import Member
from safeguarding.policies.models import Policy
from safeguarding.policies.permissions import WRITERS
from safeguarding.policies.reviews.actions import prompt_review
from safeguarding.policies.reviews.models import Why
from safeguarding.policies.reviews.touching import holding

FILTER_FAILED = "filtering-breach"
FAILED_DUTY = "OSP-7-FILT-05b"  # the policy that says what is done when something gets through
NEVER = "Ask for this review on the page of the reviews, without naming the case."


def prompt_if_filter_failed(case: Case) -> None:
    """Once a case about the filter ends, the policy that speaks of it is to be looked at."""
    if case.record_class == "C3" or not any(
        run.definition_id == FILTER_FAILED and not run.set_aside for run in case.runs
    ):
        return
    for policy in holding(case.setting_id, FAILED_DUTY):
        prompt_policy(case, policy)


def prompt_policy(case: Case, policy: Policy) -> None:
    """Put it before those who lead and may read the case, once for a case and a policy. Never of C3."""
    if case.record_class == "C3":
        raise RuleBroken(NEVER)
    if PolicyPrompt.objects.filter(case=case, policy=policy).exists():
        return
    request = prompt_review(
        by=System("review prompts", case.setting_id),
        policy=policy,
        why=Why.OTHER if case.leaves_no_mark else Why.CONCERN,
        prompt=f"case/{uuid4()}",  # of our own: nothing in it leads to the case
        only_for=_who_may_know(case),
    )
    PolicyPrompt.objects.create(setting=case.setting, case=case, policy=policy, request=request)


def _who_may_know(case: Case) -> list[Member]:
    who = case.setting.holding(WRITERS, timezone.localdate())
    return [one for one in who if may_read_this_case(one, case)]
