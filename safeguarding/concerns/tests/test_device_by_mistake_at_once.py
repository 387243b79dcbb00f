"""A device is said to be a mistake in the moment in which it changes hands: one of the two is refused."""

import pytest

from demo.cast import open_nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from safeguarding.concerns.models import CustodyEnd
from tests.at_once import in_the_moment_of

from .test_device_custody import fresh, offered, taken

WHY = "It was not handed in."
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_device_that_changes_hands_while_the_yes_comes_stays_in_custody() -> None:
    n = open_nursery("Sunflowers")
    item = taken(n)
    asked = actions.ask_to_end_custody(by=n.dana, item=item, reason=WHY)
    offer = offered(item, n.dana, Receiver(to=n.tariq))

    with in_the_moment_of(lambda: approve(by=n.devi, approval=asked, seen=asked.digest)) as met:
        actions.accept_handover(by=n.tariq, offer=offer)

    assert [type(one) for one in met] == [RuleBroken]
    assert fresh(item).is_in_custody
    assert fresh(item).now.holder == n.tariq


def test_a_device_is_not_handed_on_in_the_moment_of_the_yes() -> None:
    n = open_nursery("Sunflowers")
    item = taken(n)
    asked = actions.ask_to_end_custody(by=n.dana, item=item, reason=WHY)
    offer = offered(item, n.dana, Receiver(to=n.tariq))

    with in_the_moment_of(lambda: actions.accept_handover(by=n.tariq, offer=offer)) as met:
        approve(by=n.devi, approval=asked, seen=asked.digest)

    assert [type(one) for one in met] == [RuleBroken]
    assert len(fresh(item).log) == 1
    assert CustodyEnd.objects.get(item=item).kind == "never"


def test_of_two_records_of_one_device_one_stays() -> None:
    n = open_nursery("Sunflowers")
    first = taken(n)
    second = taken(n, first.case)
    one = actions.ask_to_end_custody(by=n.dana, item=first, reason=WHY, same_as=second)
    other = actions.ask_to_end_custody(by=n.dana, item=second, reason=WHY, same_as=first)

    with in_the_moment_of(lambda: approve(by=n.devi, approval=other, seen=other.digest)) as met:
        approve(by=n.devi, approval=one, seen=one.digest)

    assert [type(one) for one in met] == [RuleBroken]
    assert [fresh(first).is_in_custody, fresh(second).is_in_custody] == [False, True]
