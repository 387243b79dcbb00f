"""What the records show of the duties about learning, at any moment."""

from datetime import datetime, timedelta

import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.evidence import Finding
from safeguarding.training import actions
from safeguarding.training.evidence import (
    EVERYTHING,
    first_weeks,
    looked_into_oneself,
    points_covered,
    training_current,
)
from safeguarding.training.given import Given
from safeguarding.training.tasks import look_after_training
from tests.people import left

from .given import all_learnt, given
from .test_induction import a_new_volunteer


def now_and_in(days: int) -> tuple[datetime, datetime]:
    now = timezone.now()
    return now, now + timedelta(days=days)


def test_training_is_kept_while_it_counts_and_late_after(sunflowers: Nursery) -> None:
    n, duty = sunflowers, "OSP-5-STAFF-02a"
    before = timezone.now()
    all_learnt(n)
    now, later = now_and_in(367)

    def shown(at: datetime) -> Finding:
        return training_current([n.setting.pk], at)[duty][n.setting.pk]

    assert shown(before).state == "overdue"
    assert shown(now).state == "met"
    assert shown(later).state == "overdue"
    kept = training_current([n.setting.pk], now)
    assert kept["OSP-4-DSL-04"][n.setting.pk].kept == 4, "lead and deputy, course and update"


def test_the_points_of_a_year_are_added_up(sunflowers: Nursery) -> None:
    n, today = sunflowers, timezone.localdate()
    for day, points in (
        (today - timedelta(days=200), ["content"]),
        (today, ["contact", "conduct"]),
    ):
        said = Given("A talk", day, "talk", {"online-safety": points})
        actions.record_training(by=n.dana, given=said, present=[n.priya])
    now, later = now_and_in(200)

    def shown(at: datetime) -> Finding:
        return points_covered([n.setting.pk], at)["OSP-5-STAFF-02b"][n.setting.pk]

    assert shown(now) == Finding(n.setting.pk, kept=3, late=1)
    assert shown(later) == Finding(n.setting.pk, kept=2, late=2)


def test_what_we_expect_of_each_other_comes_back_in_several_topics(sunflowers: Nursery) -> None:
    n = sunflowers
    points = {"online-safety": ["conduct", "professional"], "social-media": ["sharing"]}
    said = Given("An evening", timezone.localdate(), "talk", points)
    actions.record_training(by=n.dana, given=said, present=[n.priya])
    now, later = now_and_in(370)
    found = {at: points_covered([n.setting.pk], at) for at in (now, later)}

    assert found[now]["OSP-6-05c"][n.setting.pk] == Finding(n.setting.pk, kept=3, late=1)
    assert found[now]["MTSM-6.1.4"][n.setting.pk].state == "met"
    assert found[later]["MTSM-6.1.4"][n.setting.pk].state == "overdue"


def test_what_people_looked_into_themselves_counts_once_confirmed(sunflowers: Nursery) -> None:
    n = sunflowers
    own = actions.record_own(by=n.priya, given=given("filtering"))

    def shown() -> int:
        found = looked_into_oneself([n.setting.pk], timezone.now())
        return found["OSP-4-STAFF-09"][n.setting.pk].kept

    assert shown() == 0
    actions.confirm_attendance(by=n.dana, attendance=own)
    assert shown() == 1


def test_first_weeks_are_owed_then_late_then_kept(sunflowers: Nursery) -> None:
    n = sunflowers
    nell = a_new_volunteer(n)
    look_after_training.call()
    induction, (now, later) = nell.inductions.get(), now_and_in(40)

    def shown(at: datetime) -> str:
        return first_weeks([n.setting.pk], at)["OSP-5-STAFF-01"][n.setting.pk].state

    assert (shown(now), shown(later)) == ("due", "overdue")
    with time_machine.travel(now + timedelta(days=1)):
        items = list(induction.items.all())
        on = timezone.localdate()
        actions.show_items(by=n.dana, induction=induction, items=items, on=on, presenter=n.dana)
        actions.sign_items(by=nell, induction=induction, items=items)
    assert (shown(now), shown(later)) == ("due", "met")
    found = first_weeks([n.setting.pk], later)[EVERYTHING][n.setting.pk]
    assert found == Finding(n.setting.pk, kept=len(items))


def test_what_who_left_was_never_shown_counts_no_more_from_that_day(sunflowers: Nursery) -> None:
    n, duty = sunflowers, "OSP-5-STAFF-01"
    nell = a_new_volunteer(n)
    look_after_training.call()

    def shown(at: datetime) -> str:
        return first_weeks([n.setting.pk], at)[duty][n.setting.pk].state

    with time_machine.travel(timezone.now() + timedelta(days=40), tick=True):
        before = timezone.now()
        assert shown(before) == "overdue"
        left(n, nell)
        assert (shown(before), shown(timezone.now())) == ("overdue", "nothing yet")
    assert shown(before - timedelta(days=39)) == "due"


def test_two_settings_ask_no_more_than_one(
    sunflowers: Nursery, bluebells: Nursery, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    all_learnt(bluebells)
    both = [sunflowers.setting.pk, bluebells.setting.pk]
    with django_assert_num_queries(5):
        found = training_current(both, timezone.now())
    assert {one.state for one in found["OSP-4-DSL-03"].values()} == {"overdue", "met"}
