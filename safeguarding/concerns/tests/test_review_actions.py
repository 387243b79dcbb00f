"""What a review asks for: who is given it, what they see, and when it is done."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.notifications.models import Clock
from tests.people import signed_in

from .given import WELFARE, a_case, about, filed, opened
from .test_following_to_closure import begun
from .walker import Walker


def test_nobody_named_in_a_case_is_given_one_of_its_actions(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, opened(n.dana, filed(n.priya, about(n.sam))))
    walker.walk(leaving_out=True, until="review")
    due = timezone.localdate() + timedelta(days=7)

    with pytest.raises(RuleBroken, match="named in the case"):
        actions.review_handling(
            by=n.dana,
            case=walker.case,
            text="Well.",
            actions=[("Talk", n.sam, due)],
            step=StepRef(walker.run, "review"),
        )


def test_the_owner_of_an_action_sees_it_and_not_the_case(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.sam, n.dana))
    walker.walk(leaving_out=True)
    action = walker.case.entries.get(kind="review").actions.get()
    browser, link = signed_in(n.priya, second_check=False), n.setting.link_to
    page = browser.get(link("concerns:action", action.pk)).content.decode()

    assert "Teach it" in page
    assert walker.case.title not in page
    assert walker.case.reference not in page
    assert signed_in(n.sam).get(link("concerns:action", action.pk)).status_code == 404
    assert browser.post(link("concerns:action", action.pk), {"note": "Did."}).status_code == 302
    with pytest.raises(RuleBroken, match="already done"):
        actions.complete_action(by=n.priya, action=action, note="Again.")


def test_what_is_agreed_for_today_in_the_evening_is_not_late_at_once(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = begun(n, WELFARE)
    walker.walk(leaving_out=True, until="review")
    evening = timezone.localtime().replace(hour=18, minute=30)
    with time_machine.travel(evening, tick=True):
        today, ref = timezone.localdate(), StepRef(walker.run, "review")
        what = [("Move the shelf", n.sam, today)]
        actions.review_handling(by=n.dana, case=walker.case, text="x", actions=what, step=ref)
        clock = Clock.objects.get(key__startswith="action/", subject_id=walker.case.pk)
        assert not clock.is_overdue(timezone.now())
        assert timezone.localdate(clock.due_at) == today
