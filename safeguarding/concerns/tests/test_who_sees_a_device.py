"""Who sees a device in custody: its number and place, its case, or nothing at all."""

from typing import Any

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from safeguarding.concerns.models import CustodyItem
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, a_report, about, again
from .test_device_custody import fresh, offered, taken

SECRET = ("Acorns tablet", "Sam Whitlock", "Video on room tablet")


def page(n: Nursery, name: str, *ids: object) -> str:
    return n.setting.link_to(f"concerns:{name}", *ids)


def test_technical_staff_see_number_and_place_and_nothing_of_the_case(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n, a_case(n.priya, n.dana, a_report(IMAGE)))
    browser = signed_in(n.tariq, second_check=False)

    for link in (page(n, "custody"), page(n, "custody_item", item.pk)):
        shown = browser.get(link).content.decode()
        assert item.number in shown
        assert "Safe" in shown
        assert [one for one in SECRET if one in shown] == []
    assert browser.get(page(n, "police_advice", item.pk)).status_code in {302, 404}


def test_technical_staff_do_not_learn_whose_family_it_went_back_to(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    mother: dict[str, Any] = {"name": "Anna Lindqvist", "organisation": "Kit’s mother"}
    offer = offered(item, n.dana, Receiver(purpose="owner", **mother, witness=n.sam))
    links = [page(n, "custody_item", item.pk), page(n, "custody_offer", item.pk, offer.pk)]

    def shown_to(member: Member) -> str:
        return "".join(signed_in(member).get(one).content.decode() for one in links)

    assert "its owner" in shown_to(n.tariq)
    assert "Lindqvist" not in shown_to(n.tariq)
    actions.accept_handover(by=n.sam, offer=offer)
    links.append(f"{page(n, 'custody')}?show=over")
    assert "its owner since" in shown_to(n.tariq)
    assert [one for one in mother.values() if one in shown_to(n.tariq)] == []
    assert "Anna Lindqvist, Kit’s mother" in shown_to(n.dana)


def test_readers_of_the_case_see_what_it_is_after_their_second_check(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    link = page(n, "custody_item", item.pk)

    assert "Acorns tablet 1" in signed_in(n.dana).get(link).content.decode()
    assert signed_in(n.dana, second_check=False).get(link).status_code == 302


def test_a_lead_who_was_not_let_in_sees_the_number_and_not_the_case(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    case = fresh(item).case
    actions.reclassify_case(by=n.dana, case=case, record_class="C2", reason="Close.")
    shown = signed_in(n.devi).get(page(n, "custody_item", item.pk)).content.decode()

    assert item.number in shown
    assert [one for one in SECRET if one in shown] == []
    assert "Record police advice" not in shown


def test_nobody_whom_the_case_names_sees_that_there_is_a_device(sunflowers: Nursery) -> None:
    n = sunflowers
    empty = signed_in(n.tariq).get(page(n, "custody")).content
    report = a_report(WELFARE, Person("alleged", member=n.tariq))
    item = taken(n, a_case(n.priya, n.dana, report))

    browser = signed_in(n.tariq)
    shown = browser.get(page(n, "custody")).content
    assert item.number not in shown.decode()
    assert "No device here" in shown.decode()
    assert len(shown) == len(empty)
    for name in ("custody_item", "custody_label", "hand_over"):
        assert browser.get(page(n, name, item.pk)).status_code == 404


def test_naming_the_holder_later_hides_it_and_what_waits(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.sam))
    item = taken(n, case)
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.tariq))

    tariq = again(n.tariq)
    assert not CustodyItem.objects.readable_by(tariq).exists()
    assert not Clock.objects.owned_by(tariq).running().exists()
    assert not Notification.objects.readable_by(tariq).exists()
    link = page(n, "custody_offer", item.pk, offer.pk)
    assert signed_in(n.tariq).post(link, {"answer": "yes"}).status_code == 404
    assert fresh(item).now.holder == n.dana


def test_a_technical_giver_learns_nothing_from_whom_they_may_choose(sunflowers: Nursery) -> None:
    """A deputy who is shut out, and one who was only never let in, are both just not in the list."""
    n = sunflowers
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.isla)
    pages = []
    for child in (n.isla, n.kit):
        case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=child)))
        item = taken(n, case)
        actions.accept_handover(by=n.tariq, offer=offered(item, n.dana, Receiver(to=n.tariq)))
        shown = signed_in(n.tariq).get(page(n, "hand_over", item.pk)).content.decode()
        pages.append("Devi Sharma" in shown)
        assert "Dana Okafor" in shown

    assert pages == [False, False]


@pytest.mark.parametrize("name", ["sam", "pat", "omar", "cleo", "vic"])
def test_others_see_no_devices_at_all(sunflowers: Nursery, name: str) -> None:
    item = taken(sunflowers)
    browser = signed_in(sunflowers.people[name])

    assert browser.get(page(sunflowers, "custody_item", item.pk)).status_code == 404
    assert item.number not in browser.get(page(sunflowers, "custody")).content.decode()


def test_a_manager_sees_only_what_they_were_let_into_or_have(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    assert fresh(item) not in CustodyItem.objects.readable_by(n.morgan)
    actions.accept_handover(by=n.morgan, offer=offered(item, n.dana, Receiver(to=n.morgan)))
    assert fresh(item) in CustodyItem.objects.readable_by(n.morgan)
    actions.accept_handover(by=n.dana, offer=offered(fresh(item), n.morgan, Receiver(to=n.dana)))
    assert fresh(item) not in CustodyItem.objects.readable_by(n.morgan)


def test_another_settings_lead_finds_no_device(sunflowers: Nursery, bluebells: Nursery) -> None:
    item = taken(sunflowers)
    link = bluebells.setting.link_to("concerns:custody_item", item.pk)

    assert signed_in(bluebells.dana).get(link).status_code == 404


def test_the_label_says_the_number_and_nothing_else_of_it(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    shown = signed_in(n.tariq).get(page(n, "custody_label", item.pk)).content.decode()

    assert item.number in shown
    assert [one for one in (*SECRET, "S 1") if one in shown] == []


def test_no_page_of_a_device_offers_to_open_it(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    shown = signed_in(n.dana).get(page(n, "custody_item", item.pk)).content.decode()
    buttons = shown.split("There is no button here")[1].split("</section>")[1]

    assert "it may" not in buttons
    for word in ("Switch", "Unlock", "Browse", "Look through"):
        assert word not in buttons


def test_the_pages_of_a_device_record_what_its_actions_do(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n, quarantine=True)
    browser, today = signed_in(n.dana), timezone.localdate()
    police = {"officer": "PC Hall", "reference": "P-1"}
    when = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    later = {f"look_again_on_{part}": getattr(today, part) for part in ("day", "month")}
    sent = {
        "police_advice": {**police, "force": "Kent Police", "advice": "Keep it.", **when},
        "keep_on": {"reason": "Asked to.", **later, "look_again_on_year": today.year + 1},
        "destroyed": {**police, "text": "By them."},
    }
    for name, form in sent.items():
        assert browser.post(page(n, name, item.pk), {}).status_code == 422
        assert browser.post(page(n, name, item.pk), form).status_code == 302, name

    shown = browser.get(page(n, "custody_item", item.pk)).content.decode()
    for words in ("Keep it.", "Asked to.", "By them.", "Ended by the police"):
        assert words in shown


def test_the_step_form_takes_a_device_into_custody(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report("child-sexual-exploitation"))
    run = case.runs.get()
    link = page(n, "step", case.pk, run.pk, "secure-device")
    browser = signed_in(n.dana)
    assert browser.post(link, {"what": "Acorns tablet 1"}).status_code == 422
    today = timezone.localdate()
    said = {"what": "Acorns tablet 1", "whose": "ours", "taken_from": "Sam", "place": "Safe"}
    when = {"on_day": today.day, "on_month": today.month, "on_year": today.year}

    assert browser.post(link, said | when).status_code == 302
    item = CustodyItem.objects.get()
    assert item.number in browser.get(page(n, "case", case.pk)).content.decode()
