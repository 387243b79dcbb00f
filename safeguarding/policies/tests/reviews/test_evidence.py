"""What reviews show of the duties to look at policies again, now and in the past."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.evidence import Finding
from safeguarding.audit.trail import System
from safeguarding.policies.models import DutyAdoption, Policy
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.evidence import (
    everyone_heard,
    looked_at_in_time,
    requests_decided,
)
from safeguarding.policies.reviews.models import ReviewTask, Voice, Why

from .given import DAY, all_done, ended, opened, task_of


def state(at: Nursery, duty: str, moment: datetime | None = None) -> str:
    functions = (looked_at_in_time, requests_decided, everyone_heard)
    found = [one([at.setting.pk], moment or timezone.now()) for one in functions]
    return next(one[duty][at.setting.pk].state for one in found if duty in one)


def test_a_policy_is_looked_at_in_time_then_due_then_overdue(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, now = sunflowers, timezone.now()
    states = [state(n, "OSP-3-01", now + days * DAY) for days in (0, 40, 80)]

    assert states == ["met", "due", "overdue"]
    assert state(n, "OSP-3-01", now - 400 * DAY) == "nothing yet"


def test_a_review_meets_the_duty_again_and_the_past_stays_the_past(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    with time_machine.travel(timezone.now() + 80 * DAY, tick=True):
        late = timezone.now()
        review = opened(n, policy)
        all_done(n, review)
        ended(n, review)

        assert state(n, "OSP-3-01") == "met"
        assert state(n, "OSP-3-01", late) == "overdue"


def test_a_duty_taken_on_under_another_policy_does_not_move_with_this_one(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    other = Policy.objects.create(setting=n.setting, slug="phones")
    DutyAdoption.objects.create(
        setting=n.setting, duty_id="MTSM-4.1", policy=other, adopted_by=n.dana
    )
    assert state(n, "MTSM-4.1") == "nothing yet"
    assert state(n, "OSP-3-01") == "met"


def test_a_request_is_owed_then_late_until_somebody_decides(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    asked = actions.ask_for_review(by=n.sam, policy=policy, why=Why.TECHNICAL, reason="A filter.")
    now = timezone.now()
    assert state(n, "OSP-3-02") == "due"
    assert state(n, "OSP-3-02", now + 40 * DAY) == "overdue"
    actions.refuse_review(by=n.dana, request=asked, reason="It is covered.")

    assert state(n, "OSP-3-02") == "met"
    assert state(n, "OSP-3-02", now) == "due"


def test_what_few_may_know_of_moves_no_figure_of_the_days_before_it_led_to_a_review(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, by = sunflowers, System("a case ended", sunflowers.setting.pk)
    actions.prompt_review(
        by=by, policy=policy, why=Why.INCIDENT, prompt="case/1", only_for=[n.dana]
    )
    before = timezone.now()
    assert state(n, "OSP-3-02", before) == "nothing yet"
    opened(n, policy)

    assert state(n, "OSP-3-02") == "met"
    assert state(n, "OSP-3-02", before) == "nothing yet"


@pytest.mark.parametrize(("left_out", "after"), [(False, "met"), (True, "nothing yet")])
def test_children_count_as_heard_only_when_they_were(
    *, left_out: bool, after: str, sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    duty = "OSP-4-LEARN-02"
    review = opened(n, policy)
    assert state(n, duty) == "due"
    assert state(n, duty, timezone.now() + timedelta(days=20)) == "overdue"
    actions.write_down(
        by=n.priya,
        review=review,
        whose=Voice.Whose.CHILDREN,
        how=Voice.How.PLAY,
        people=4,
        text="We want to choose.",
    )
    task = task_of(review, ReviewTask.Kind.CHILDREN)
    actions.do_task(by=n.dana, task=task, note="Circle time.", left_out=left_out)

    assert state(n, duty) == after


def test_who_was_heard_counts_from_the_end_of_that_review(
    sunflowers: Nursery, policy: Policy
) -> None:
    n, duty = sunflowers, "OSP-4-STAFF-01"
    review = opened(n, policy)
    actions.say(by=n.sam, review=review)
    actions.do_task(by=n.dana, task=task_of(review, ReviewTask.Kind.STAFF), note="All of us.")
    all_done(n, review)
    with time_machine.travel(timezone.now() + 10 * DAY, tick=True):
        outcome = ended(n, review)

    found = everyone_heard([n.setting.pk], timezone.now() + 500 * DAY)[duty][n.setting.pk]
    assert (found.kept, found.latest) == (1, outcome.created_at)


def test_another_setting_shows_nothing_of_it(
    sunflowers: Nursery, bluebells: Nursery, policy: Policy
) -> None:
    opened(sunflowers, policy)
    there = bluebells.setting.pk
    for function in (looked_at_in_time, requests_decided, everyone_heard):
        for found in function([there], timezone.now()).values():
            assert found == {there: Finding(there)}
