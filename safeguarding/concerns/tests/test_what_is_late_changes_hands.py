"""What is late already when it changes hands: whoever owes it now hears first, and then the others."""

import pytest
import time_machine

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry
from tests.people import left

from .given import a_case, filed, told
from .test_device_custody import offered, taken
from .test_late_steps import only
from .test_when_nobody_answers import clock as clock
from .test_when_nobody_answers import later, reminded
from .test_who_is_there import gone
from .walker import Walker

STEP = "welfare-concern/tell-parents"


def a_late_step(n: Nursery, clock: time_machine.Traveller) -> None:
    """Dana was told that a step of hers is late."""
    only(Walker(n, a_case(n.priya, n.dana)).case, STEP)
    later(clock, hours=24)
    assert reminded() == [("Dana", "clock_missed")]


@pytest.mark.parametrize("goes", ["leaves", "is away"])
def test_whoever_owes_a_late_step_from_now_on_is_told_before_the_manager(
    sunflowers: Nursery, clock: time_machine.Traveller, goes: str
) -> None:
    n = sunflowers
    a_late_step(n, clock)
    left(n, n.dana) if goes == "leaves" else gone(n, "dana")
    assert Clock.objects.running().get(key=STEP).owner == n.devi
    later(clock, minutes=1)

    assert ("Devi", "clock_missed") in reminded()
    assert ("Morgan", "lead_needs_help") not in reminded()


def test_a_new_lead_is_told_of_what_everybody_before_let_lie(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    n = sunflowers
    a_late_step(n, clock)
    for _ in range(3):
        later(clock, minutes=30)
    left(n, n.devi)
    held = people.grant_role(by=n.morgan, to=n.sam, role=Role.DEPUTY)
    people.confirm_role(by=n.cleo, held=held, despite=in_a_hurry())
    left(n, n.dana)
    assert Clock.objects.running().get(key=STEP).owner == n.sam
    later(clock, minutes=1)

    assert ("Sam", "clock_missed") in reminded()


def test_whoever_has_to_decide_on_a_late_report_from_now_on_is_told(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    n = sunflowers
    concern = filed(n.priya)
    actions.read_concern(by=n.dana, concern=concern)
    later(clock, hours=5)
    assert reminded() == [("Dana", "report_undecided")]
    gone(n, "dana")
    assert Clock.objects.running().get(subject_id=concern.pk, key="decide").owner == n.devi
    later(clock, minutes=1)

    assert reminded()[1:] == [("Devi", "report_undecided")]


def test_who_is_told_of_a_report_later_has_the_whole_time_to_open_it(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    """Nobody further comes to know of it meanwhile, as if nobody had opened it."""
    n = sunflowers
    concern = filed(n.priya)
    actions.read_concern(by=n.dana, concern=concern)
    later(clock, hours=2)
    gone(n, "dana")
    later(clock, minutes=59)
    assert told(concern) == {"Dana", "Devi"}
    later(clock, minutes=1)

    assert told(concern) == {"Dana", "Devi", "Morgan", "Wren"}


def test_whoever_leads_hears_of_a_hand_over_that_somebody_who_left_let_lie(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    n = sunflowers
    item = taken(n)
    offered(item, n.dana, Receiver(to=n.tariq))
    later(clock, hours=1)
    later(clock, minutes=30)
    heard = Notification.objects.filter(kind="handover_waits")
    assert {one.recipient for one in heard} == {n.tariq, n.dana}
    left(n, n.dana)
    left(n, n.tariq)
    later(clock, minutes=30)

    assert heard.filter(recipient=n.devi).exists()
