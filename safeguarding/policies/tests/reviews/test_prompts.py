"""What prompts a look at a policy by itself: guidance that was superseded, and technical changes."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.law.library import guidance
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.policies.actions import Part
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import ReviewRequest, TechnicalChange, Why
from safeguarding.policies.reviews.tasks import begin_due_reviews
from tests.people import signed_in

from .given import DAY, adopted, opened

CITES = [
    Part("1", "Guidance", "We follow Keeping children safe in education 2024, and KCSIE 2024.")
]


def deciding(at: Nursery) -> list[Clock]:
    return list(Clock.objects.running().filter(setting=at.setting, subject_kind="policy_prompt"))


def cited(at: Nursery, on: date) -> Policy:
    """A policy in force that names an edition that was superseded in September 2025."""
    return adopted(at, on, parts=CITES).policy


def test_guidance_prompts_a_look_on_its_day_and_once_for_a_policy(sunflowers: Nursery) -> None:
    n, changed = sunflowers, guidance()["kcsie"].in_force_from
    assert changed
    with time_machine.travel(timezone.now().replace(year=2025, month=8, day=30)):
        policy = cited(n, timezone.localdate())
        begin_due_reviews.call()
        assert not ReviewRequest.objects.exists(), "the edition that it names still rules"
    begin_due_reviews.call()
    begin_due_reviews.call()

    [asked] = ReviewRequest.objects.all()
    assert (asked.policy, asked.why, asked.asked_by) == (policy, Why.GUIDANCE, None)
    [clock] = deciding(n)
    assert (clock.owner, clock.rule_id) == (n.dana, "policy.after-incident")
    told = {one.recipient for one in Notification.objects.filter(kind="review_prompted")}
    assert told == {n.dana, n.devi, n.morgan, n.wren}
    page = signed_in(n.wren).get(clock.path).content.decode()
    assert "Nobody: it was prompted by itself" in page
    assert "We have not read the source itself" in page, "what is not verified says so"


def test_a_person_says_why_there_is_no_review_and_it_is_not_asked_again(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    cited(n, timezone.localdate())
    begin_due_reviews.call()
    asked = ReviewRequest.objects.get()
    actions.refuse_review(by=n.morgan, request=asked, reason="The new text is on its way.")
    begin_due_reviews.call()

    assert not deciding(n)
    assert [one.decision.reason for one in ReviewRequest.objects.all()] == [
        "The new text is on its way."
    ]


def test_a_prompt_nobody_decides_is_told_to_the_others_who_lead(sunflowers: Nursery) -> None:
    n = sunflowers
    cited(n, timezone.localdate())
    begin_due_reviews.call()
    late = deciding(n)[0].due_at
    for days in (0, 4, 8):
        with time_machine.travel(late + (days * DAY) + DAY / 24):
            escalate_missed.call()

    told = Notification.objects.filter(kind="review_late", about_id=ReviewRequest.objects.get().pk)
    assert {one.recipient for one in told} == {n.dana, n.devi, n.morgan, n.wren}


def test_a_technical_change_prompts_a_look_that_a_review_decides(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    browser, address = signed_in(n.tariq), n.setting.link_to("policies:technical_change")
    today = timezone.localdate()
    day = {"day": today.day, "month": today.month, "year": today.year}
    sent = {f"changed_on_{part}": str(number) for part, number in day.items()}
    sent |= {"kind": "devices", "text": "Four new tablets."}
    assert browser.post(address, sent).status_code == 302

    [asked] = ReviewRequest.objects.all()
    assert (asked.why, asked.policy) == (Why.TECHNICAL, policy)
    page = signed_in(n.dana).get(n.setting.link_to("policies:review_request", asked.pk))
    assert "Four new tablets." in page.content.decode()
    review = opened(n, policy)
    assert asked.decision.review == review
    assert not deciding(n)


def test_a_change_to_come_and_one_by_a_parent_are_refused(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, kind = sunflowers, TechnicalChange.Kind.FILTER
    tomorrow = timezone.localdate() + DAY
    with pytest.raises(RuleBroken, match="once it has changed"):
        actions.note_technical_change(by=n.tariq, kind=kind, changed_on=tomorrow, text="Soon.")
    with pytest.raises(PermissionDenied):
        actions.note_technical_change(
            by=n.pat, kind=kind, changed_on=timezone.localdate(), text="A filter."
        )
    assert not TechnicalChange.objects.exists()
