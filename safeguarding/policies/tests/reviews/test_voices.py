"""Who is asked what they think, and how it is written down."""

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import (
    Review,
    ReviewTask,
    Voice,
)

from .given import DAY, all_done, opened, task_of


def test_everyone_who_works_here_and_parents_are_asked_once(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    review = opened(n, policy)
    asked = Notification.objects.filter(kind="review_views_wanted", subject_id=review.pk)
    waiting = Clock.objects.running().filter(subject_id=review.pk, key__startswith="voice/")
    everyone = set(n.people.values()) - {n.dana}

    assert {one.recipient for one in asked} == everyone
    assert {one.owner for one in waiting} == everyone
    actions.say(by=n.pat, review=review)
    assert n.pat not in {one.owner for one in waiting.all()}


def test_whoever_does_not_answer_is_reminded_once_and_nobody_else_hears_of_it(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    review = opened(n, policy)
    all_done(n, review)
    with time_machine.travel(timezone.now() + 20 * DAY, tick=True):
        escalate_missed.call()
    with time_machine.travel(timezone.now() + 29 * DAY, tick=True):
        escalate_missed.call()
    told = Notification.objects.filter(kind="review_views_last")

    assert told.count() == len(n.people) - 1
    assert not Notification.objects.filter(kind="review_late").exists()


def test_hearing_a_group_is_done_once_somebody_of_it_was_heard(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    review = opened(n, policy)
    task = task_of(review, ReviewTask.Kind.CHILDREN)
    with pytest.raises(RuleBroken, match="Nobody of this group"):
        actions.do_task(by=n.dana, task=task, note="Done.")
    actions.write_down(
        by=n.priya,
        review=review,
        whose=Voice.Whose.CHILDREN,
        how=Voice.How.PLAY,
        people=6,
        text="Tablets are for looking together.",
    )
    assert actions.do_task(by=n.dana, task=task, note="Done.").done_by == n.dana


def by_a_child(n: Nursery, review: Review, text: str) -> Voice:
    whose, how = Voice.Whose.CHILDREN, Voice.How.TALK
    return actions.write_down(by=n.priya, review=review, whose=whose, how=how, people=1, text=text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kit likes the song.", "Kit"),
        ("noor said so", "Noor"),
        ("NOOR’S song", "Noor"),
        ("No\u00ador and Noor_R", "Noor"),
        ("kit lindqvist said so", "Kit Lindqvist"),
    ],
)
def test_a_childs_name_is_never_written_down(
    sunflowers: Nursery, policy: Policy, text: str, name: str
) -> None:
    n = sunflowers
    review = opened(n, policy)
    with pytest.raises(RuleBroken, match=f"“{name}” is the name of a child"):
        by_a_child(n, review, text)


def test_a_word_that_is_a_name_as_well_may_be_written(sunflowers: Nursery, policy: Policy) -> None:
    n = sunflowers
    review = opened(n, policy)

    assert by_a_child(n, review, "The kitchen is noisy, and we want a first-aid kit.").people == 1
