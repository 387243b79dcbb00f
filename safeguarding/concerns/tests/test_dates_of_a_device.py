"""Days that stand on the record of a device in custody: neither before it came nor never to come."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from tests.people import signed_in

from .given import day, url
from .test_device_custody import POLICE, fresh, offered, taken


def test_police_advice_from_before_it_came_lifts_no_quarantine(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n, quarantine=True)
    said = {**POLICE, "advice": "Give it back."}
    link = url(n, "police_advice", item.pk)

    answer = signed_in(n.dana).post(link, said | day(days=-1))

    assert answer.status_code == 422
    assert "before the device came to us" in answer.content.decode()
    assert fresh(item).is_quarantined
    assert signed_in(n.dana).post(link, said | day()).status_code == 302
    assert not fresh(item).is_quarantined


def test_a_kept_device_is_looked_at_again_within_a_year(sunflowers: Nursery) -> None:
    n = sunflowers
    item, today = taken(n), timezone.localdate()
    with pytest.raises(RuleBroken, match="within a year"):
        actions.keep_on(
            by=n.dana, item=item, reason="Police.", look_again_on=today + timedelta(days=400)
        )

    actions.keep_on(by=n.dana, item=item, reason="Police.", look_again_on=today + timedelta(365))


def test_a_case_is_not_closed_over_a_device_whose_day_to_look_again_is_over(
    sunflowers: Nursery,
) -> None:
    """Nobody would be reminded of it any more."""
    n = sunflowers
    item = taken(n)
    case, soon = item.of_case.case, timezone.localdate() + timedelta(days=3)
    actions.keep_on(by=n.dana, item=item, reason="Police.", look_again_on=soon)
    assert case.devices_unaccounted_for() == []

    with time_machine.travel(timezone.now() + timedelta(days=4), tick=True):
        assert case.devices_unaccounted_for() == [item.number]
        anew = soon + timedelta(days=30)
        actions.keep_on(by=n.dana, item=item, reason="They still ask.", look_again_on=anew)
        assert case.devices_unaccounted_for() == []


def test_it_changes_hands_also_where_the_clock_of_the_computer_was_put_back(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=n.tariq))

    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=True):
        actions.accept_handover(by=n.tariq, offer=offer)

    log = fresh(item).log
    assert [one.keeper for one in log] == ["Dana Okafor", "Tariq Mansour"]
    assert log[1].began_at == log[0].began_at
