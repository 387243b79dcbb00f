"""A policy that was withdrawn is not in force any more, until the committee adopts a version anew."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.policies.evidence import policies_in_force
from safeguarding.policies.models import Policy, PolicyVersion
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import ReviewOutcome, Why
from tests.people import signed_in

from .given import DAY, adopted, all_done, drafted, ended, opened, standing


def withdrawn(at: Nursery, policy: Policy) -> None:
    review = opened(at, policy)
    all_done(at, review)
    ended(at, review, kind=ReviewOutcome.Kind.WITHDRAWN)


def in_force(at: Nursery, policy: Policy) -> PolicyVersion | None:
    return PolicyVersion.objects.filter(policy=policy).in_force().first()


def counted(at: Nursery, moment: object = None) -> tuple[int, int]:
    found = policies_in_force([at.setting.pk], moment or timezone.now())  # type: ignore[arg-type]
    shown = found["OSP-4-LEAD-02"][at.setting.pk]
    return shown.kept, shown.owed


def test_a_withdrawn_policy_is_in_force_nowhere_and_the_past_stays(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, before = sunflowers, timezone.now()
    withdrawn(n, policy)

    assert in_force(n, policy) is None
    assert (counted(n), counted(n, before)) == ((0, 0), (1, 1))
    with pytest.raises(RuleBroken, match="was withdrawn"):
        opened(n, policy)


def test_pages_say_that_it_was_withdrawn(
    sunflowers: Nursery, policy: Policy, version: PolicyVersion
) -> None:
    n = sunflowers
    withdrawn(n, policy)
    client = signed_in(n.sam)

    for page in ("/policies/", f"/policies/{policy.pk}/", f"/policies/versions/{version.pk}/"):
        shown = client.get(f"/at/sunflowers{page}")
        assert shown.status_code == 200, page
        assert "ithdrawn" in shown.text, page
        assert "In force" not in shown.text, page


def test_nobody_is_offered_to_look_at_it_again(sunflowers: Nursery, policy: Policy) -> None:
    n = sunflowers
    review = opened(n, policy)
    asked = actions.ask_for_review(by=n.sam, policy=policy, why=Why.OTHER, reason="New tablets.")
    all_done(n, review)
    ended(n, review, kind=ReviewOutcome.Kind.WITHDRAWN)

    page = signed_in(n.dana).get(n.setting.link_to("policies:review_request", asked.pk))
    assert "Begin a review" not in page.text
    assert "was withdrawn since" in page.text
    page = signed_in(n.sam).get(n.setting.link_to("policies:ask_for_review"))
    assert str(policy.pk) not in page.text


def test_a_version_adopted_afterwards_brings_it_back_also_of_an_earlier_meeting(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    withdrawn(n, policy)
    new = adopted(n, timezone.localdate() - 7 * DAY, policy)

    assert in_force(n, policy) == new
    assert not standing(n).withdrawn
    assert standing(n).due_on is not None


def test_a_draft_begun_since_does_not_hide_that_it_was_withdrawn(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    withdrawn(n, policy)
    drafted(n, policy)

    page = signed_in(n.sam).get(f"/at/sunflowers/policies/{policy.pk}/")

    assert "the policy was withdrawn" in page.text
    assert "has not adopted one yet" not in page.text
