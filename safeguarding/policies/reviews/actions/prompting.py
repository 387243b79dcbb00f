"""What prompts a look at a policy without anybody asking: guidance, a technical change, a case that ended.

A prompt is a request that nobody made. A person decides: a review, or none and why.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.law.calendar import due
from safeguarding.law.local import rule_for
from safeguarding.notifications.clocks import Due, start_clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews.models import ReviewRequest, TechnicalChange, Why
from safeguarding.policies.reviews.permissions import may_note_change
from safeguarding.policies.reviews.touching import PARTS, superseded, touched_by

from ._here import PROMPT, leaders

DECIDE_BY = "policy.after-incident"
QUESTION = "Decide whether a policy should be looked at again"


@transaction.atomic
def prompt_for_guidance(*, by: System, setting: Setting) -> int:
    """Prompt a look at each policy that cites what was superseded: once for a policy and an edition."""
    take_turn(setting.pk)
    known = set(
        ReviewRequest.objects.filter(setting=setting, why=Why.GUIDANCE)
        .exclude(prompt="")
        .values_list("policy", "prompt")
    )
    wanted = [row for row in superseded(setting.pk) if (row[0].pk, row[1]) not in known]
    for policy, edition, _ in wanted:
        prompt_review(by=by, policy=policy, why=Why.GUIDANCE, prompt=edition)
    if wanted:
        record("review.guidance_changed", setting, by=by, prompts=len(wanted))
    return len(wanted)


@transaction.atomic
def prompt_review(
    *,
    by: System,
    policy: Policy,
    why: Why,
    prompt: str,
    change: TechnicalChange | None = None,
    only_for: Collection[Member] | None = None,
) -> ReviewRequest:
    """Put before those who lead that something prompts a look at a policy, with a day to decide by.

    `only_for`: nobody else may know what prompts it. The app that holds it says for good who may: `grounds`.
    """
    request = ReviewRequest.objects.create(
        setting_id=by.setting_id,
        policy=policy,
        why=why,
        prompt=prompt,
        change=change,
        is_close=only_for is not None,
    )
    told = leaders(request.setting)
    if only_for is not None:
        told = [one for one in told if one in only_for]
    path = request.setting.link_to("policies:review_request", request.pk)
    notify("review_prompted", told, subject_id=request.pk, path=path)
    for owner in told[:1]:
        start_clock(
            owner=owner,
            subject=(PROMPT, request.pk),
            key="decide",
            text=QUESTION,
            path=path,
            started_at=request.created_at,
            due=_by_when(request),
        )
    record("review.prompted", request, by=by, policy=str(policy.pk))
    return request


@transaction.atomic
def note_technical_change(
    *, by: Member, kind: TechnicalChange.Kind, changed_on: date, text: str
) -> TechnicalChange:
    """Write down what changed technically. It prompts a look at the policies that it touches."""
    require(may_note_change, by)
    if changed_on > timezone.localdate():
        raise RuleBroken("Write it down once it has changed. What you wrote is not lost.")
    policies = touched_by(by.setting_id, PARTS[kind])
    if not policies:
        raise RuleBroken("No policy is in force here yet, so there is none to look at again.")
    change = TechnicalChange.objects.create(
        setting=by.setting, kind=kind, changed_on=changed_on, text=text, written_by=by
    )
    for policy in policies:
        prompt_review(
            by=System("technical change", by.setting_id),
            policy=policy,
            why=Why.TECHNICAL,
            prompt=f"change/{change.pk}",
            change=change,
        )
    record("review.technical_change", change, by=by, kind=kind, policies=len(policies))
    return change


def _by_when(request: ReviewRequest) -> Due:
    rule = rule_for(request.setting_id, DECIDE_BY, timezone.localdate())
    return Due(due(rule.value, request.created_at), DECIDE_BY, rule.said)
