"""A case may prompt a look at a policy by itself. Only who may read the case learns that one did."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions._prompting import prompt_if_filter_failed, prompt_policy
from safeguarding.concerns.models import Case, Involvement, PolicyPrompt
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people.models import Member
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews.evidence import requests_decided
from safeguarding.policies.reviews.models import ReviewRequest
from safeguarding.policies.tests.reviews.given import adopted, opened
from tests.people import signed_in
from tests.standing import built_once

from .test_following_to_closure import begun
from .walker import Walker


@built_once
def policy(sunflowers: Nursery) -> Policy:
    return adopted(sunflowers, timezone.localdate()).policy


def failed(at: Nursery) -> Walker:
    """A case of a filter that failed."""
    return begun(at, "filtering-breach", "correction-holds")


def counted(at: Nursery) -> tuple[int, int]:
    """What the board counts of requests: decided, and waiting."""
    found = requests_decided([at.setting.pk], timezone.now())["OSP-3-02"][at.setting.pk]
    return found.kept, found.owed


def seen_by(member: Member) -> int:
    return ReviewRequest.objects.readable_by(member).count()


def test_a_breach_of_the_filter_that_ends_prompts_a_look_for_who_may_read_it(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, walker = sunflowers, failed(sunflowers)
    walker.walk(leaving_out=True)
    case = walker.case
    actions.close_case(by=n.dana, case=case, outcome="The filter holds again.")

    [asked] = ReviewRequest.objects.all()
    assert (asked.policy, asked.why, asked.reason, asked.is_close) == (policy, "concern", "", True)
    assert str(case.pk) not in str(asked.__dict__)
    told = {one.recipient for one in Notification.objects.filter(kind="review_prompted")}
    knows, knows_not = n.dana, n.wren
    assert knows in told
    assert knows_not not in told
    assert seen_by(knows) == 1
    assert [seen_by(one) for one in (knows_not, n.tariq, n.cleo, n.priya)] == [0, 0, 0, 0]
    path = n.setting.link_to("policies:review_request", asked.pk)
    assert signed_in(knows).get(path).status_code == 200
    assert signed_in(knows_not).get(path).status_code == 404
    assert "Prompted by itself" not in (
        signed_in(knows_not).get(n.setting.link_to("policies:reviews")).content.decode()
    )


def test_no_figure_tells_of_it_before_a_review_was_begun(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    prompt_if_filter_failed(failed(n).case)
    assert counted(n) == (0, 0)
    opened(n, policy)
    assert counted(n) == (1, 0)


def test_whoever_comes_to_be_named_in_the_case_sees_no_trace_of_the_prompt(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, case = sunflowers, failed(sunflowers).case
    prompt_if_filter_failed(case)
    assert Clock.objects.owned_by(n.dana).running().filter(subject_kind="policy_prompt").exists()
    Involvement.objects.create(
        setting=n.setting, case=case, part="alleged", member=n.dana, added_by=n.morgan
    )

    assert seen_by(n.dana) == 0
    mine = Clock.objects.owned_by(n.dana).running().filter(subject_kind="policy_prompt")
    assert not mine.exists()
    assert not Notification.objects.readable_by(n.dana).filter(kind="review_prompted").exists()


def test_a_review_of_the_handling_prompts_once_and_an_allegation_never(
    sunflowers: Nursery, policy: Policy
) -> None:
    case = failed(sunflowers).case
    prompt_policy(case, policy)
    prompt_if_filter_failed(case)
    assert PolicyPrompt.objects.count() == 1, "the case ends: this policy was prompted already"

    Case.objects.filter(pk=case.pk).update(record_class="C3")
    adult = Case.objects.get(pk=case.pk)
    with pytest.raises(RuleBroken, match="without naming the case"):
        prompt_policy(adult, policy)
