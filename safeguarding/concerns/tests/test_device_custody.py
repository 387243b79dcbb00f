"""A device in custody: two people for each hand-over, no gap, and only the police end a quarantine."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.evidence import Finding, findings
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, Receiver
from safeguarding.concerns.models import Case, CustodyItem, Handover, Offer
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people import actions as people
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, a_report, about

POLICE = {"officer": "PC Hall", "force": "Kent Police", "reference": "P-2291"}
OUTSIDE: dict[str, Any] = {"name": "PC Hall", "organisation": "Kent Police", "number": "10442"}


def taken(n: Nursery, case: Case | None = None, **changes: Any) -> CustodyItem:
    """A tablet that Dana took into custody."""
    case = case or a_case(n.priya, n.dana)
    device = Device("Acorns tablet 1", "ours", "Sam Whitlock")
    return actions.take_into_custody(
        by=n.dana, case=case, device=device, place="Safe", seal="S 1", **changes
    )


def offered(item: CustodyItem, by: Any, receiver: Receiver, **changes: Any) -> Offer:
    return actions.offer_handover(by=by, item=item, receiver=receiver, place="Cupboard", **changes)


def fresh(item: CustodyItem) -> CustodyItem:
    return CustodyItem.objects.get(pk=item.pk)


def advised(n: Nursery, item: CustodyItem) -> None:
    actions.lift_quarantine(
        by=n.dana, item=item, **POLICE, advised_at=timezone.now(), advice="Give it back."
    )


def test_it_stays_with_the_giver_until_the_receiver_says_yes(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    assert fresh(item).now.holder == n.dana
    for other in (n.dana, n.devi, n.sam):
        with pytest.raises(PermissionDenied):
            actions.accept_handover(by=other, offer=offer)

    actions.accept_handover(by=n.tariq, offer=offer)

    log = fresh(item).log
    assert [row.keeper for row in log] == ["Dana Okafor", "Tariq Mansour"]
    assert log[0].ended_at == log[1].began_at
    with pytest.raises(PermissionDenied):
        offered(fresh(item), n.dana, Receiver(to=n.devi))


def test_an_offer_is_answered_once_and_there_is_one_at_a_time(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    with pytest.raises(RuleBroken, match="already waits"):
        offered(fresh(item), n.dana, Receiver(to=n.devi))
    actions.close_offer(by=n.tariq, offer=offer, reason="The seal is broken.")
    with pytest.raises(RuleBroken, match="answered this already"):
        actions.accept_handover(by=n.tariq, offer=offer)

    assert fresh(item).now.holder == n.dana
    assert offered(fresh(item), n.dana, Receiver(to=n.devi)).is_open


def test_nobody_hands_over_to_themselves_nor_to_whom_the_case_names(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("alleged", member=n.tariq)))
    item = taken(n, case)
    for to in (n.dana, n.tariq, n.pat, None):
        with pytest.raises(RuleBroken, match="second person"):
            offered(item, n.dana, Receiver(to=to))
    with pytest.raises(RuleBroken, match="second person"):
        offered(item, n.dana, Receiver(purpose="police", **OUTSIDE, witness=n.dana))


def test_the_police_take_it_with_a_witness_of_ours(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n, quarantine=True)
    offer = offered(item, n.dana, Receiver(purpose="police", **OUTSIDE, witness=n.sam))
    assert fresh(item).is_in_custody
    browser = signed_in(n.sam)
    link = n.setting.link_to("concerns:custody_offer", item.pk, offer.pk)
    shown = browser.get(link).content.decode()
    assert "PC Hall, 10442, Kent Police" in shown
    assert "Acorns tablet" not in shown

    assert browser.post(link, {"answer": "yes"}).status_code == 302

    now = fresh(item)
    assert now.now.keeper == "PC Hall, 10442, Kent Police"
    assert [end.kind for end in now.ends.all()] == ["police"]
    assert "PC Hall" not in browser.get(link).content.decode(), "nothing is left for a witness"
    with pytest.raises(RuleBroken, match="no longer in our custody"):
        actions.keep_on(
            by=n.dana, item=item, reason="x", look_again_on=timezone.localdate() + timedelta(3)
        )


def test_only_recorded_police_advice_ends_a_quarantine(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(IMAGE))
    item = taken(n, case)
    assert fresh(item).is_quarantined, "in a case about pictures always"
    mother = Receiver(purpose="owner", name="Ms Lund", organisation="Her mother", witness=n.sam)
    with pytest.raises(RuleBroken, match="until the police advise"):
        offered(item, n.dana, mother)
    with pytest.raises(RuleBroken, match="until the police advise"):
        nothing = {**POLICE, "reference": " "}
        actions.lift_quarantine(
            by=n.dana, item=item, **nothing, advised_at=timezone.now(), advice="Yes."
        )
    with pytest.raises(PermissionDenied):
        actions.lift_quarantine(
            by=n.tariq, item=item, **POLICE, advised_at=timezone.now(), advice="Yes."
        )

    advised(n, item)
    actions.accept_handover(by=n.sam, offer=offered(fresh(item), n.dana, mother))

    assert [end.kind for end in fresh(item).ends.all()] == ["owner"]


def test_a_step_of_a_procedure_that_says_so_quarantines(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report("child-sexual-exploitation"))
    run = case.runs.get()
    item = taken(n, case, step=actions.StepRef(run, "secure-device"))

    assert fresh(item).is_quarantined
    assert not fresh(taken(n)).is_quarantined
    outcome = case.entries.get(kind="custody").outcome
    assert outcome is not None
    assert outcome.step == "secure-device"


def test_an_unconfirmed_hand_over_is_chased_from_one_to_the_next(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    clock = Clock.objects.owned_by(n.tariq).running().get()
    assert clock.path == n.setting.link_to("concerns:custody_offer", item.pk, offer.pk)
    for minutes in (61, 92, 123):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
            escalate_missed.call()
    told = Notification.objects.filter(kind="handover_waits").order_by("created_at")
    assert [one.recipient for one in told[:2]] == [n.tariq, n.dana]

    actions.accept_handover(by=n.tariq, offer=offer)
    assert not Clock.objects.running().filter(subject_id=item.pk).exists()


def test_a_case_closes_only_when_its_devices_are_accounted_for(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    case = fresh(item).case
    says = f"custody number {item.number}"
    assert any(says in one for one in case.still_to_do())

    actions.keep_on(
        by=n.dana,
        item=item,
        reason="The police asked us to.",
        look_again_on=timezone.localdate() + timedelta(days=20),
    )

    assert not any(says in one for one in case.still_to_do())
    assert Clock.objects.running().filter(key=f"kept/{item.pk}", owner=n.dana).exists()


def test_where_whoever_has_it_cannot_act_a_lead_does_with_the_reason(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    actions.accept_handover(by=n.tariq, offer=offered(item, n.dana, Receiver(to=n.tariq)))
    with pytest.raises(PermissionDenied):
        offered(fresh(item), n.dana, Receiver(to=n.devi), why="He is at lunch.")
    role = n.tariq.roles_held.get()
    people.end_role(by=n.morgan, held=role, reason="Left.")

    with pytest.raises(RuleBroken, match="why whoever has it"):
        offered(fresh(item), n.dana, Receiver(to=n.devi))
    offer = offered(fresh(item), n.dana, Receiver(to=n.devi), why="He has left.")
    actions.accept_handover(by=n.devi, offer=offer)
    assert fresh(item).now.holder == n.devi


def test_evidence_shows_a_hand_over_that_waits_and_nothing_of_closely_guarded_cases(
    sunflowers: Nursery,
) -> None:
    n = sunflowers

    def shown(at: Any) -> Finding:
        return findings([n.setting.pk], at)["OSP-11-SVH-04"][n.setting.pk]

    item = taken(n)
    assert shown(timezone.now()).state == "met"
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    now = timezone.now()
    assert shown(now).state == "due"
    assert shown(now + timedelta(hours=2)).state == "overdue"
    actions.accept_handover(by=n.tariq, offer=offer)
    assert shown(timezone.now()).state == "met"
    before = findings([n.setting.pk], now + timedelta(hours=9))["OSP-11-SVH-04"]
    hidden = taken(n, a_case(n.priya, n.dana, about(n.sam)))
    offered(hidden, n.dana, Receiver(to=n.tariq))
    assert findings([n.setting.pk], now + timedelta(hours=9))["OSP-11-SVH-04"] == before


def a_row(item: CustodyItem, **changes: Any) -> Handover:
    """The next time of custody, as an action would write it, but for what the test changes."""
    n = item.now
    offer = Offer.objects.filter(item=item, accepted=None).latest("created_at")
    row = {
        "setting": item.setting,
        "item": item,
        "number": n.number + 1,
        "follows": n.number,
        "follows_from": n.began_at,
        "began_at": n.began_at + timedelta(hours=1),
        "offer": offer,
        "holder": offer.to,
        "place": "Cupboard",
    }
    return Handover(**{**row, **changes})


WRONG: dict[str, dict[str, Any]] = {
    "it begins before the one before": {"began_at": timezone.now() - timedelta(days=1)},
    "a number is left out": {"number": 3, "follows": 2},
    "the one before began at another moment": {"follows_from": timezone.now() - timedelta(days=9)},
    "a second first": {"number": 1, "follows": None, "follows_from": None, "offer": None},
    "it follows nothing": {"follows": None, "follows_from": None},
    "nobody has it": {"holder": None},
    "nobody offered it": {"offer": None},
}


@pytest.mark.parametrize("what", WRONG)
def test_the_database_holds_no_gap_and_no_overlap(sunflowers: Nursery, what: str) -> None:
    item = taken(sunflowers)
    offered(item, sunflowers.dana, Receiver(to=sunflowers.tariq))
    with transaction.atomic():
        a_row(fresh(item)).save()
        connection.check_constraints()
        transaction.set_rollback(True)

    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(fresh(item), **WRONG[what]).save()
        connection.check_constraints()


def test_the_database_lets_two_not_follow_the_same_one(sunflowers: Nursery) -> None:
    item = taken(sunflowers)
    offered(item, sunflowers.dana, Receiver(to=sunflowers.tariq))
    a_row(fresh(item)).save()
    Offer.objects.create(
        setting=item.setting,
        item=item,
        offered_by=sunflowers.tariq,
        purpose="keep",
        to=sunflowers.devi,
        place="Elsewhere",
    )
    first = fresh(item).log[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(fresh(item), number=2, follows=1, follows_from=first.began_at).save()


def test_the_database_keeps_a_log_to_one_device(sunflowers: Nursery) -> None:
    n = sunflowers
    other = taken(n)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        item = taken(n)
        offered(item, n.dana, Receiver(to=n.tariq))

    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(fresh(item), follows_from=other.now.began_at).save()
        connection.check_constraints()
