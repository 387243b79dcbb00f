"""Whoever has a device leaves, or comes to be named: those who lead hear, and somebody takes it over."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from safeguarding.concerns.models import CustodyItem
from safeguarding.concerns.report import Person
from safeguarding.concerns.tasks import hand_on_what_ran_out
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from tests.people import signed_in

from .given import a_case, about, again
from .test_device_custody import fresh, offered, taken


def leaves(n: Nursery, who: Member) -> None:
    for held in who.roles_held.all():
        ending = people.end_role(by=n.morgan, held=held, reason="Left.")
        if not ending.counts:
            people.confirm_end(by=n.cleo, ending=ending)


def with_tariq(n: Nursery, item: CustodyItem) -> CustodyItem:
    actions.accept_handover(by=n.tariq, offer=offered(item, n.dana, Receiver(to=n.tariq)))
    return item


def clock_of(item: CustodyItem) -> Clock | None:
    return Clock.objects.running().filter(key=f"holder/{item.pk}").first()


def told_of(item: CustodyItem) -> set[Member]:
    rows = Notification.objects.filter(kind="device_left", about_id=item.pk)
    return {row.recipient for row in rows}


def test_whoever_leads_hears_that_it_is_with_somebody_who_left(sunflowers: Nursery) -> None:
    n = sunflowers
    item = with_tariq(n, taken(n))

    leaves(n, n.tariq)

    clock = clock_of(item)
    assert clock
    assert clock.owner in told_of(item)
    assert told_of(item) == {n.dana, n.devi}
    page = signed_in(clock.owner).get(clock.path).content.decode()
    assert "Hand it over for somebody who no longer can" in page


def test_whoever_leads_hears_that_it_is_with_somebody_now_named(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.sam))
    item = with_tariq(n, taken(n, case))

    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.tariq))

    clock = clock_of(item)
    assert clock
    assert clock.owner == n.dana
    assert n.dana in told_of(item)
    assert n.tariq not in told_of(item)


def test_it_is_over_once_somebody_who_is_here_has_it(sunflowers: Nursery) -> None:
    n = sunflowers
    item = with_tariq(n, taken(n))
    leaves(n, n.tariq)
    leaves(n, n.priya)
    assert Clock.objects.running().filter(key=f"holder/{item.pk}").count() == 1, "told once"

    offer = offered(fresh(item), n.dana, Receiver(to=n.devi), why="He has left.")
    actions.accept_handover(by=n.devi, offer=offer)

    assert clock_of(item) is None


def test_whoever_leads_hears_again_when_the_next_who_has_it_leaves(sunflowers: Nursery) -> None:
    n = sunflowers
    item = with_tariq(n, taken(n))
    leaves(n, n.tariq)
    offer = offered(fresh(item), n.dana, Receiver(to=n.devi), why="He has left.")
    actions.accept_handover(by=n.devi, offer=offer)
    before = list(Notification.objects.values_list("pk", flat=True))

    leaves(n, n.devi)

    new = Notification.objects.exclude(pk__in=before).filter(kind="device_left")
    assert {one.recipient for one in new} == {n.dana}


def test_it_is_over_when_it_was_destroyed_or_they_came_back(sunflowers: Nursery) -> None:
    n = sunflowers
    gone, back = with_tariq(n, taken(n)), with_tariq(n, taken(n))
    leaves(n, n.tariq)
    actions.record_destroyed(by=n.dana, item=gone, officer="PC Hall", reference="1", text="x")
    assert clock_of(gone) is None
    assert clock_of(back)

    people.grant_role(by=n.morgan, to=n.tariq, role=Role.PRACTITIONER)

    assert clock_of(back) is None


def test_whoever_leads_hears_also_where_a_role_ran_out_by_its_day(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    leaves(n, n.tariq)
    until = timezone.localdate() + timedelta(days=1)
    people.grant_role(by=n.morgan, to=n.tariq, role=Role.TECHNICAL, ends=until)
    item = taken(n)
    tariq = again(n.tariq)
    actions.accept_handover(by=tariq, offer=offered(item, n.dana, Receiver(to=tariq)))
    hand_on_what_ran_out.call()
    assert clock_of(item) is None

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        for _ in range(2):
            hand_on_what_ran_out.call()

    assert clock_of(item)
    assert told_of(item) == {n.dana, n.devi}
    assert Line.objects.filter(event="custody.left_behind", subject_id=item.pk).count() == 1


def test_nobody_takes_one_who_may_not_keep_one_any_more(sunflowers: Nursery) -> None:
    n = sunflowers
    people.grant_role(by=n.morgan, to=n.sam, role=Role.TECHNICAL)
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=again(n.sam)))
    role = n.sam.roles_held.get(role=Role.TECHNICAL)
    people.end_role(by=n.morgan, held=role, reason="Other work.")

    with pytest.raises(RuleBroken, match="any more"):
        actions.accept_handover(by=again(n.sam), offer=offer)

    actions.close_offer(by=again(n.sam), offer=offer, reason="I keep no devices now.")
    assert fresh(item).now.holder == n.dana


def test_whoever_helps_technically_can_give_it_away_also_once_nobody_of_the_list_is_here(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    item = with_tariq(n, taken(n, case))
    assert [one.member for one in case.need_to_know.all()] == [n.dana]
    leaves(n, n.dana)

    form = {"purpose": "keep", "to": str(n.devi.pk), "place": "Cupboard"}
    answer = signed_in(n.tariq).post(n.setting.link_to("concerns:hand_over", item.pk), form)

    assert answer.status_code == 302
    offer = fresh(item).offer
    assert offer
    assert offer.to == n.devi
