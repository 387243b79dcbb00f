"""A device that was described wrongly is put right beside what was written first, which never changes."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, Receiver
from safeguarding.concerns.models import CustodyItem
from safeguarding.concerns.papers.case import content_of
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import url
from .test_device_custody import OUTSIDE, taken

FAIRPHONE_5 = Device("Fairphone 5", "child", "Sam Whitlock")
WHY = "The name on the back was misread."
PHONE = Device("Fairphone 4", "child", "Sam Whitlock", owner="Kit Lindqvist")


def described(n: Nursery, item: CustodyItem, device: Device = PHONE, seal: str = "") -> None:
    actions.describe_device(by=n.dana, item=item, device=device, reason=WHY, seal=seal)


def test_its_page_says_what_it_is_and_what_was_written_first(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    dana, address = signed_in(n.dana), url(n, "describe_device", item.pk)
    assert address in dana.get(url(n, "custody_item", item.pk)).text
    assert "Acorns tablet 1" in dana.get(address).text
    said = {"what": PHONE.what, "whose": "child", "owner": PHONE.owner, "taken_from": "Sam"}
    assert dana.post(address, said).status_code == 422

    assert dana.post(address, {**said, "reason": WHY, "seal": "S 2"}).status_code == 302

    shown = dana.get(url(n, "custody_item", item.pk)).text
    for words in (
        WHY,
        "Fairphone 4",
        "A child’s: Kit Lindqvist",
        "First written: <del>Acorns",
        "S 2",
    ):
        assert words in shown
    assert "<del>Acorns tablet 1</del> (put right since" in dana.get(item.case.path).text
    assert CustodyItem.objects.get(pk=item.pk).what == "Acorns tablet 1"
    for page in (url(n, "custody_item", item.pk), item.case.path):
        assert len(queries_of(dana, page)) <= MOST, page


def test_whoever_does_not_read_the_case_sees_the_seal_alone(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    described(n, item, seal="S 2")
    shown = signed_in(n.tariq).get(url(n, "custody_item", item.pk)).text
    assert "S 2" in shown
    for words in ("Fairphone", "Kit", "Acorns", WHY):
        assert words not in shown
    assert signed_in(n.tariq).get(url(n, "describe_device", item.pk)).status_code == 403


def test_the_paper_says_it_beside_the_first(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    described(n, item)
    described(n, item, Device("Fairphone 5", "child", "Sam Whitlock", owner="Kit Lindqvist"))
    items = content_of(item.case)["items"]
    first = next(one for one in items if ["Device", "Acorns tablet 1"] in one["lines"])
    said = [one for one in items if one["corrects"] == first["number"]]
    assert [one["number"] for one in said] == first["corrected_by"]
    assert said[0]["lines"] == [
        ["Custody number", item.number],
        ["Device", "Fairphone 4"],
        ["Whose", "A child’s"],
        ["Owner", "Kit Lindqvist"],
    ]
    assert said[1]["lines"] == [["Custody number", item.number], ["Device", "Fairphone 5"]]


def test_who_may_and_what_it_has_to_say(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    with pytest.raises(PermissionDenied):
        actions.describe_device(by=n.tariq, item=item, device=PHONE, reason=WHY)
    with pytest.raises(RuleBroken, match="Say why"):
        actions.describe_device(by=n.dana, item=item, device=PHONE, reason=" ")
    with pytest.raises(RuleBroken, match="nothing else than before"):
        described(n, item, Device("Acorns tablet 1", "ours", "Sam Whitlock"))
    described(n, item, seal="S 2")
    described(n, item, FAIRPHONE_5)
    assert "<del>S 1</del> S 2" in signed_in(n.dana).get(url(n, "custody_item", item.pk)).text


def test_a_seal_that_was_put_right_is_that_of_its_bag_and_of_no_later_one(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    item = taken(n)
    described(n, item, seal="S 2")
    pages = (url(n, "custody_item", item.pk), url(n, "custody"), item.case.path)
    tariq, dana = signed_in(n.tariq), signed_in(n.dana)
    for page in pages:
        assert "seal <del>S 1</del>" in dana.get(page).text, page
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        offer = actions.offer_handover(
            by=n.dana, item=item, receiver=Receiver(to=n.tariq), place="Cupboard", seal="S 9"
        )
        actions.accept_handover(by=n.tariq, offer=offer)
        actions.describe_device(by=n.devi, item=item, device=FAIRPHONE_5, reason=WHY)

    shown = " ".join(tariq.get(pages[0]).text.split())
    assert "Safe, seal <del>S 1</del> S 2 (put right on" in shown
    assert "by Dana Okafor)" in shown, "she put the seal right, not who described it last"
    assert "Cupboard, seal S 9</p>" in shown
    for page in pages[1:]:
        assert "seal S 9 ·" in dana.get(page).text, page
        assert len(queries_of(dana, page)) <= MOST, page


def test_also_of_a_device_the_police_have(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    police = Receiver(purpose="police", witness=n.sam, **OUTSIDE)
    offer = actions.offer_handover(by=n.dana, item=item, receiver=police, place="Station")
    actions.accept_handover(by=n.sam, offer=offer)
    described(n, CustodyItem.objects.get(pk=item.pk))
    assert CustodyItem.objects.get(pk=item.pk).described.what == "Fairphone 4"
