"""An offered hand-over of a device comes to an end, whoever has gone meanwhile, and loses no words."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from safeguarding.concerns.models import CustodyItem, Offer
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people import held
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import WELFARE, a_case, a_report, about, again, url
from .test_device_custody import OUTSIDE, fresh, offered, taken
from .test_device_left_behind import leaves

MOTHER: dict[str, Any] = {"name": "Anna Lindqvist", "organisation": "Kit’s mother"}


def seen_by_sam(n: Nursery, item: CustodyItem) -> Offer:
    return offered(item, n.dana, Receiver(purpose="police", **OUTSIDE, witness=n.sam))


def test_where_both_have_left_whoever_leads_takes_it_back(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    leaves(n, n.tariq)
    leaves(n, n.dana)
    devi = again(n.devi)
    browser = signed_in(devi)
    link = url(n, "custody_offer", item.pk, offer.pk)
    assert link in browser.get(url(n, "custody_item", item.pk)).content.decode()

    assert browser.post(link, {"reason": "Both have left."}).status_code == 302

    assert offered(fresh(item), devi, Receiver(to=n.morgan), why="Dana has left.").is_open


def test_nobody_else_takes_it_back_or_is_offered_to(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=n.morgan))
    with pytest.raises(PermissionDenied):
        actions.close_offer(by=n.tariq, offer=offer, reason="x")

    browser = signed_in(n.tariq)
    link = url(n, "custody_offer", item.pk, offer.pk)
    assert link not in browser.get(url(n, "custody_item", item.pk)).content.decode()
    assert "Take it back" not in browser.get(link).content.decode()


def test_no_hand_over_waits_of_a_device_that_was_destroyed(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    offer = seen_by_sam(n, item)

    actions.record_destroyed(
        by=n.dana, item=fresh(item), officer="PC Hall", reference="P-1", text="Shredded."
    )

    assert Offer.objects.get(pk=offer.pk).closed.closed_by == n.dana
    page = signed_in(n.dana).get(url(n, "custody_item", item.pk)).content.decode()
    assert "A hand-over waits" not in page
    assert not CustodyItem.objects.readable_by(n.sam).filter(pk=item.pk).exists()


@pytest.mark.parametrize("outside", [False, True])
def test_what_is_not_right_is_shown_again_where_it_was_taken_back_meanwhile(
    sunflowers: Nursery, *, outside: bool
) -> None:
    n = sunflowers
    item = taken(n)
    who = n.sam if outside else n.tariq
    offer = seen_by_sam(n, item) if outside else offered(item, n.dana, Receiver(to=n.tariq))
    browser, link = signed_in(who), url(n, "custody_offer", item.pk, offer.pk)
    assert browser.get(link).status_code == 200
    actions.close_offer(by=n.dana, offer=offer, reason="Not today.")

    answer = browser.post(link, {"answer": "no", "reason": "The seal is cut."})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "The seal is cut." in shown
    assert "answered this already" in shown
    assert ("PC Hall" in shown, "Cupboard" in shown) == (False, not outside)


def test_a_witness_who_comes_again_learns_that_it_is_on_record_and_no_more(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    item = taken(n)
    offer = seen_by_sam(n, item)
    browser, link = signed_in(n.sam), url(n, "custody_offer", item.pk, offer.pk)
    note = str(browser.get(link).content).split(f'name="{held.FIELD}" value="')[1].split('"')[0]
    form = {"answer": "yes", held.FIELD: note}
    first = browser.post(link, form)

    assert browser.post(link, form)["Location"] == first["Location"]
    for again_ in (browser.get(link), browser.post(link, {"answer": "yes"})):
        shown = again_.content.decode()
        assert "It is on record" in shown
        assert [one for one in ("PC Hall", "Cupboard", "Acorns tablet") if one in shown] == []


def test_a_witness_who_came_to_be_named_finds_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n, a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.kit))))
    offer = offered(item, n.dana, Receiver(purpose="owner", **MOTHER, witness=n.sam))
    actions.accept_handover(by=n.sam, offer=offer)
    link = url(n, "custody_offer", item.pk, offer.pk)
    assert signed_in(n.sam).get(link).status_code == 200
    people.declare_relationship(by=n.sam, about=n.sam, kind="relative", child=n.kit)

    assert Offer.objects.readable_by(again(n.sam)).count() == 0
    assert signed_in(n.sam).get(link).status_code == 404


def test_the_pages_of_an_offered_device_ask_no_more_than_others(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n, a_case(n.priya, n.dana, about(n.sam)), quarantine=True)
    offer = offered(item, n.dana, Receiver(purpose="police", **OUTSIDE, witness=n.devi))
    offered_by = signed_in(n.dana)
    links = [url(n, name, item.pk) for name in ("custody_item", "hand_over")]
    for link in [*links, url(n, "custody_offer", item.pk, offer.pk)]:
        assert len(queries_of(offered_by, link)) <= MOST, link


def test_only_who_may_hand_it_over_gets_the_form(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    link = url(n, "hand_over", item.pk)

    assert signed_in(n.dana).get(link).status_code == 200
    for other in (n.tariq, n.devi):
        assert signed_in(other).get(link).status_code == 403
