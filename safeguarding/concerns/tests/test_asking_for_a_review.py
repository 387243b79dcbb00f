"""A case that ends may ask for a look at a policy, without a word about the case."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.notifications.models import Notification
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews.models import ReviewRequest
from safeguarding.policies.tests.reviews.given import adopted
from tests.people import signed_in
from tests.standing import built_once

from .test_following_to_closure import begun

QUESTION = "Should a policy be looked at because of this?"


@built_once
def policy(sunflowers: Nursery) -> Policy:
    return adopted(sunflowers, timezone.localdate()).policy


@built_once
def case(sunflowers: Nursery) -> Case:
    """A case with nothing left to do."""
    walker = begun(sunflowers, "welfare-concern")
    walker.walk(leaving_out=True)
    return walker.case


def test_whoever_closes_an_ordinary_case_may_ask_and_nothing_of_it_goes_along(
    sunflowers: Nursery, case: Case, policy: Policy
) -> None:
    n = sunflowers
    dana, close = signed_in(n.dana), n.setting.link_to("concerns:close", case.pk)
    assert QUESTION in dana.get(close).content.decode()
    sent = {"outcome": "The child is safe.", "policy": str(policy.pk)}
    assert dana.post(close, sent).status_code == 302

    [asked] = ReviewRequest.objects.all()
    assert (asked.policy, asked.why, asked.reason) == (policy, "concern", "")
    assert str(case.pk) not in str(asked.__dict__)
    told = Notification.objects.get(kind="review_asked_for", recipient=n.morgan)
    assert told.about_id == asked.pk


def test_no_question_and_no_request_where_a_case_must_leave_no_mark(
    sunflowers: Nursery, case: Case, policy: Policy
) -> None:
    n = sunflowers
    Case.objects.filter(pk=case.pk).update(record_class="C2")
    close = n.setting.link_to("concerns:close", case.pk)
    assert QUESTION not in signed_in(n.dana).get(close).content.decode()
    again = Case.objects.get(pk=case.pk)
    with pytest.raises(RuleBroken, match="without naming the case"):
        actions.close_case(by=n.dana, case=again, outcome="Over.", policy=policy)

    assert again.is_open
    assert not ReviewRequest.objects.exists()
