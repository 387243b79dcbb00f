"""What runs out is told before, once for each stage; what has run out is owed by a clock."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.trail import System
from safeguarding.law.calendar import LONDON
from safeguarding.law.values import Value
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people import actions as people
from safeguarding.people.models import Member, RoleTakenEarly
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry
from safeguarding.today.items import to_do
from safeguarding.training import actions
from safeguarding.training.asked import counts_until
from safeguarding.training.models import Reminder
from safeguarding.training.permissions import REMINDS
from safeguarding.training.tasks import look_after_training

from .given import all_learnt, talk

YEAR = Value.parse("1 year")


def told(member: Member) -> Counter[str]:
    kinds = Notification.objects.filter(recipient=member).values_list("kind", flat=True)
    return Counter(one for one in kinds if one.startswith("training"))


def a_day(until: date, before: int) -> None:
    """The morning of a day so many before a last one; the worker twice, as after a power cut."""
    with time_machine.travel(datetime.combine(until - timedelta(days=before), time(9), LONDON)):
        look_after_training.call()
        look_after_training.call()


def test_a_person_is_told_once_at_each_stage_and_those_who_watch_near_the_end(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    all_learnt(n, but=n.priya)
    every = ["safeguarding", "online-safety", "reporting", "filtering", "social-media"]
    talk(n, *every, to=n.priya, days_ago=100)
    until = counts_until(YEAR, timezone.localdate() - timedelta(days=100))
    for before, priya, morgan in (
        (61, 0, 0),
        (60, 1, 0),
        (59, 1, 0),
        (30, 2, 0),
        (7, 3, 1),
        (0, 3, 1),
        (-1, 4, 2),
    ):
        a_day(until, before)
        assert sum(told(n.priya).values()) == priya, before
        assert told(n.morgan)["training_runs_out_here"] == morgan, before
    assert told(n.priya) == {"training_runs_out": 3, "training_out_of_date": 1}
    assert told(n.sam) == {}


def test_after_a_long_holiday_only_the_last_stage_is_told(sunflowers: Nursery) -> None:
    n = sunflowers
    talk(n, "online-safety", to=n.vic, days_ago=300)
    a_day(counts_until(YEAR, timezone.localdate() - timedelta(days=300)), 3)
    assert list(Reminder.objects.values_list("days_before", flat=True)) == [7]


@pytest.mark.once
def test_a_worker_stopped_before_the_commit_leaves_neither_reminder_nor_message(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    talk(n, "online-safety", to=n.vic, days_ago=360)
    by = System(REMINDS, n.setting.pk)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        assert actions.remind(by=by, setting=n.setting) == 1
        raise KeyboardInterrupt
    assert not Reminder.objects.exists()
    assert told(n.vic) == {}
    assert actions.remind(by=by, setting=n.setting) == 1
    assert told(n.vic) == {"training_runs_out": 1}


def test_out_of_date_training_is_on_today_for_its_person_and_those_who_watch(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    all_learnt(n)
    assert not Clock.objects.running().exists()
    with time_machine.travel(timezone.now() + timedelta(days=367)):
        look_after_training.call()
        now = timezone.now()

        def paths(member: Member) -> list[str]:
            return [one.href for one in to_do(member, now, checked=True) if one.due]

        assert paths(n.priya) == ["/at/sunflowers/training/mine/"]
        assert "/at/sunflowers/training/?state=missing" in paths(n.dana)
        assert "/at/sunflowers/training/?state=missing" in paths(n.morgan)
        assert paths(n.pat) == []

        escalate_missed.call()
        every = ["safeguarding-update", "online-safety", "reporting", "filtering", "social-media"]
        talk(n, *every, to=n.priya)
        assert paths(n.priya) == []


def test_nobody_is_pressed_before_the_first_training_is_written_down(sunflowers: Nursery) -> None:
    look_after_training.call()
    assert not Clock.objects.running().exists()


def test_a_lead_without_the_course_is_not_locked_out_but_answered_for(sunflowers: Nursery) -> None:
    n = sunflowers
    held = people.grant_role(by=n.morgan, to=n.priya, role=Role.LEAD)
    people.confirm_role(by=n.cleo, held=held, despite=in_a_hurry())

    early = RoleTakenEarly.objects.get()
    assert early.missing == ["Leading on safeguarding"]
    clock = Clock.objects.running().get(subject_kind="early_role")
    assert clock.owner == n.priya
    with time_machine.travel(clock.due_at + timedelta(minutes=1)):
        escalate_missed.call()
        late = Notification.objects.filter(kind="early_role_late")
        assert {one.recipient.name.split()[0] for one in late} == {"Dana", "Devi", "Morgan", "Cleo"}
        talk(n, "safeguarding-lead", to=n.priya)
        assert not Clock.objects.running().filter(subject_kind="early_role").exists()


def test_whoever_has_the_course_becomes_lead_as_before(sunflowers: Nursery) -> None:
    n = sunflowers
    talk(n, "safeguarding-lead", to=n.priya)
    held = people.grant_role(by=n.morgan, to=n.priya, role=Role.LEAD)
    people.confirm_role(by=n.cleo, held=held)
    assert not RoleTakenEarly.objects.exists()
