"""A late step is told to its owner, to the others who lead, and without content to the manager."""

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people

from .given import IMAGE, SAID, a_case, a_report, about, filed, opened
from .test_when_nobody_answers import clock as clock
from .test_when_nobody_answers import later, reminded
from .walker import Walker


def test_a_late_step_is_told_to_its_owner_then_the_leads_then_without_content_the_manager(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    walker = Walker(sunflowers, a_case(sunflowers.priya, sunflowers.dana))
    only(walker.case, "welfare-concern/tell-parents")
    later(clock, hours=24)
    heard = [len(reminded())]
    for _ in range(3):
        later(clock, minutes=30)
        heard.append(len(reminded()))

    assert heard == [1, 2, 3, 3]
    assert reminded() == [
        ("Dana", "clock_missed"),
        ("Devi", "clock_missed"),
        ("Morgan", "lead_needs_help"),
    ]
    message = Notification.objects.get(recipient=sunflowers.morgan)
    assert message.path == sunflowers.setting.link_to("today:today")
    assert not {SAID, walker.case.title, walker.case.reference} & set(message.sentence.split("."))
    assert walker.case not in Case.objects.readable_by(sunflowers.morgan)


def test_at_once_is_chased_after_an_hour_and_not_once_it_is_done(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    walker = Walker(sunflowers, a_case(sunflowers.priya, sunflowers.dana, a_report(IMAGE)))
    walker.carry_out(walker.run.definition.by_id["refer-police"])
    only(walker.case, f"{IMAGE}/refer-police", f"{IMAGE}/refer-social-care")
    later(clock, minutes=59)
    assert reminded() == []
    later(clock, minutes=1)

    late = Notification.objects.get(kind="clock_missed")
    assert late.subject_id == Clock.objects.get(key=f"{IMAGE}/refer-social-care").pk


@pytest.mark.parametrize("report", ["about the manager", "tied to the manager"])
def test_a_case_about_the_manager_or_theirs_never_reaches_the_manager(
    sunflowers: Nursery, clock: time_machine.Traveller, report: str
) -> None:
    n = sunflowers
    if report == "about the manager":
        case = opened(n.dana, filed(n.priya, about(n.morgan)))
    else:
        people.declare_relationship(by=n.morgan, about=n.morgan, kind="relative", child=n.kit)
        case = a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))
    for _ in range(4):  # one more than there are people to tell
        later(clock, hours=24)

    assert ("Dana", "clock_missed") in reminded()
    assert not Notification.objects.filter(recipient=n.morgan).exists()
    assert case not in Case.objects.readable_by(n.morgan)


def test_an_action_from_a_review_is_chased_after_its_day(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    walker = Walker(sunflowers, a_case(sunflowers.priya, sunflowers.dana))
    walker.walk(leaving_out=True)
    later(clock, days=10)
    assert ("Priya", "clock_missed") not in reminded()
    later(clock, days=1)

    assert ("Priya", "clock_missed") in reminded()


def only(case: Case, *keys: str) -> None:
    """Leave only these clocks of a case running, so that a test hears of nothing else."""
    others = Clock.objects.running().filter(subject_id=case.pk).exclude(key__in=keys)
    others.update(stopped_at=timezone.now(), escalate_at=None)
