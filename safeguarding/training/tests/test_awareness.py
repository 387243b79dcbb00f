"""The plan for life online: who plans, how it went, and what the two duties show of it on any day."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.evidence import Finding
from safeguarding.notifications.models import Clock
from safeguarding.training import actions
from safeguarding.training.awareness import EVENTS, WAYS, awareness_planned
from safeguarding.training.models import Activity, Reaches
from tests.budget import MOST, queries_of
from tests.people import left, signed_in

from .test_pages import HOME, day

DAY = timedelta(days=1)
SAFER = "Safer Internet Day"


def planned(
    at: Nursery, *reaches: Reaches, days: int = 0, event: str = "", title: str = "Songs"
) -> Activity:
    on = timezone.localdate() + timedelta(days=days)
    return actions.plan_activity(
        by=at.dana, title=title, planned_for=on, reaches=reaches, event=event
    )


def shown(at: Nursery, duty: str, days: int = 0) -> Finding:
    return awareness_planned([at.setting.pk], timezone.now() + days * DAY)[duty][at.setting.pk]


def test_the_plan_shows_whom_it_reaches_and_forgets_after_a_year(sunflowers: Nursery) -> None:
    n = sunflowers
    assert shown(n, WAYS).state == "nothing yet"
    songs = planned(n, Reaches.CHILDREN, Reaches.STAFF)
    assert (shown(n, WAYS).kept, shown(n, WAYS).owed) == (2, 1)
    planned(n, Reaches.FAMILIES, days=40)

    assert shown(n, WAYS).state == "met"
    assert shown(n, WAYS, 380).state == "due"
    with time_machine.travel(timezone.now() + DAY, tick=True):
        actions.answer_activity(by=n.morgan, activity=songs, held_on=None, note="All ill.")
    assert shown(n, WAYS).state == "met", "the past still shows the past"
    assert shown(n, WAYS, 2).kept == 1


def test_an_event_is_owed_then_late_and_kept_once_somebody_says_that_it_was(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    planned(n, Reaches.STAFF)
    assert shown(n, EVENTS).state == "nothing yet", "nothing of it is part of anything wider"
    event = planned(n, Reaches.CHILDREN, event=SAFER)

    assert (shown(n, EVENTS).state, shown(n, EVENTS, 9).state) == ("due", "overdue")
    actions.answer_activity(by=n.dana, activity=event, held_on=timezone.localdate())
    found = shown(n, EVENTS, 9)
    assert (found.state, found.latest is not None) == ("met", True)


def test_it_is_asked_for_on_today_until_somebody_says_how_it_went_once(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    event = planned(n, Reaches.CHILDREN, event=SAFER, title="A day with Kit")
    clock = Clock.objects.running().get(subject_id=event.pk)
    assert clock.owner == n.dana
    assert "Kit" not in clock.text
    client = signed_in(n.wren)
    address = f"{HOME}awareness/{event.pk}/"
    assert b"Write why it did not" in client.post(address, {"held": "no"}).content
    client.post(address, {"held": "yes", **day("held_on"), "note": "They sang."})

    assert not Clock.objects.running().filter(subject_id=event.pk).exists()
    assert b"They sang." in signed_in(n.priya).get(f"{HOME}awareness/").content
    with pytest.raises(RuleBroken, match="said already"):
        actions.answer_activity(by=n.dana, activity=event, held_on=timezone.localdate())


def test_what_is_still_to_come_was_not_held_and_a_practitioner_plans_nothing(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    event = planned(n, Reaches.CHILDREN, days=3)
    with pytest.raises(RuleBroken, match="still to come"):
        actions.answer_activity(
            by=n.dana, activity=event, held_on=timezone.localdate() + timedelta(days=3)
        )
    with pytest.raises(PermissionDenied):
        actions.plan_activity(
            by=n.priya, title="x", planned_for=timezone.localdate(), reaches=[Reaches.STAFF]
        )


def test_the_plan_is_read_in_two_questions_for_two_settings(
    sunflowers: Nursery, bluebells: Nursery, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for here in (sunflowers, sunflowers, bluebells):
        planned(here, Reaches.STAFF, event=SAFER)
    with django_assert_num_queries(2):
        found = awareness_planned([sunflowers.setting.pk, bluebells.setting.pk], timezone.now())
    assert [one.owed for one in found[EVENTS].values()] == [2, 1]
    for page in ("awareness/", "awareness/plan/", "induction/items/", "induction/items/add/"):
        assert len(queries_of(signed_in(sunflowers.dana), f"{HOME}{page}")) <= MOST, page


def test_how_it_went_is_asked_of_somebody_who_is_here(sunflowers: Nursery) -> None:
    n = sunflowers
    activity = planned(n, Reaches.CHILDREN, days=3)
    left(n, n.dana)

    assert Clock.objects.running().get(subject_id=activity.pk).owner == n.devi


def test_an_answer_given_by_a_slip_is_put_right_and_the_duty_follows(sunflowers: Nursery) -> None:
    n = sunflowers
    event = planned(n, Reaches.CHILDREN, event=SAFER)
    actions.answer_activity(by=n.dana, activity=event, held_on=timezone.localdate(), note="Sung.")
    moment, client = timezone.now(), signed_in(n.wren)
    address = f"{HOME}awareness/{event.pk}/correct/"
    assert address in client.get(f"{HOME}awareness/").text
    said = {"held": "no", "note": "Moved to March.", "seen": "1"}
    assert client.post(address, said).status_code == 422, "it has to say why"

    assert client.post(address, {**said, "because": "Wrong evening."}).status_code == 302

    assert (shown(n, EVENTS).state, shown(n, WAYS).kept) == ("nothing yet", 0)
    then = awareness_planned([n.setting.pk], moment)[EVENTS][n.setting.pk]
    assert then.state == "met", "the past still shows what was said then"
    page = signed_in(n.priya).get(f"{HOME}awareness/").text
    for words in ("<del>it took place", "Sung.", "Moved to March.", "Wrong evening."):
        assert words in page
    assert client.post(address, {**said, "because": "Again."}).status_code == 422, "meanwhile"
    with pytest.raises(RuleBroken, match="Somebody has put this right"):
        right(n, planned(n, Reaches.STAFF), seen=0)


def right(n: Nursery, activity: Activity, seen: int) -> None:
    actions.correct_answer(
        by=n.dana, activity=activity, seen=seen, held_on=timezone.localdate(), because="A slip."
    )
