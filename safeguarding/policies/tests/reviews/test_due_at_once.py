"""Two workers look for reviews that come due at one moment: each is asked for once, and said once."""

import pytest
from django.utils import timezone

from demo.cast import Nursery, open_nursery
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.notifications.models import Clock, Notification
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import ReviewRequest
from tests.at_once import in_the_moment_of

from .given import adopted
from .test_prompts import CITES

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def cycle(n: Nursery) -> System:
    return System("review cycle", n.setting.pk)


def test_a_policy_of_which_the_day_has_come_is_asked_for_once() -> None:
    n = open_nursery("Sunflowers")
    adopted(n, timezone.localdate().replace(year=2020))

    def begin() -> int:
        return actions.begin_due(by=cycle(n), setting=n.setting)

    with in_the_moment_of(begin) as met:
        assert begin() == 1

    assert met == []
    assert Clock.objects.running().filter(key="review").count() == 1
    assert Entry.objects.filter(event="review.due").count() == 1


def test_a_policy_that_cites_what_was_superseded_is_prompted_once() -> None:
    n = open_nursery("Sunflowers")
    adopted(n, timezone.localdate(), parts=CITES)

    def prompt() -> int:
        return actions.prompt_for_guidance(by=cycle(n), setting=n.setting)

    with in_the_moment_of(prompt) as met:
        assert prompt() == 1

    assert met == []
    assert ReviewRequest.objects.count() == 1
    told = Notification.objects.filter(kind="review_prompted").values_list("recipient", flat=True)
    assert len(set(told)) == len(told)
    assert Entry.objects.filter(event="review.guidance_changed").count() == 1
