"""A device that was recorded by mistake counts as in custody no more; its number and its log stay."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.evidence import findings
from safeguarding.approvals.actions import approve
from safeguarding.approvals.asked import those_asked
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver, StepRef
from safeguarding.concerns.models import Case, CustodyEnd, CustodyItem, Entry, OfferClosed
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock
from safeguarding.procedures.models import Run
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import IMAGE, a_case, a_report, agreed, ended, url
from .sealed_records import MARKER, every_value, said_of, with_key
from .sealed_records import opened as sealed
from .test_device_custody import advised, fresh, offered, taken
from .test_device_of_an_earlier_step import STEP, TABLET, run_of
from .test_device_of_an_earlier_step import case as case
from .walker import Walker

WHY = "It was written down, and then not handed in."


def asked(n: Nursery, item: CustodyItem, **said: Any) -> Approval:
    return actions.ask_to_end_custody(by=n.dana, item=item, **{"reason": WHY, **said})


def by_mistake(n: Nursery, item: CustodyItem, **said: Any) -> CustodyEnd:
    agreed(asked(n, item, **said))
    return CustodyEnd.objects.get(item=item)


def status(case: Case) -> str:
    states = Run.objects.get(pk=run_of(case).pk).states()
    return next(one.status for one in states if one.step.id == STEP)


def counted(n: Nursery, at: Any) -> int:
    return findings([n.setting.pk], at)["OSP-11-SVH-04"][n.setting.pk].kept


def test_its_page_asks_a_second_person_who_learns_its_number_alone(
    sunflowers: Nursery, case: Case
) -> None:
    n, item = sunflowers, CustodyItem.objects.get()
    others = [taken(n, case), taken(n)]
    browser, page = signed_in(n.dana), url(n, "device_by_mistake", item.pk)
    assert all(one.number in browser.get(page).text for one in others)
    assert page in browser.get(item.path).text
    assert len(queries_of(browser, page)) <= MOST
    assert browser.post(page, {"reason": ""}).status_code == 422
    waits = browser.post(page, {"reason": WHY})["Location"]
    assert "It waits for a second person" in browser.get(page).text
    assert len(queries_of(browser, page)) <= MOST
    shown = signed_in(n.cleo).get(waits).text
    assert item.number in shown
    assert "Safe" in shown
    assert TABLET.what not in shown
    assert fresh(item).is_in_custody, "nothing changes before the yes"


def test_one_that_never_came_is_in_custody_no_more_and_its_step_is_owed_again(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    there = CustodyItem.objects.get()
    ref = StepRef(run_of(case), STEP)
    item = actions.take_into_custody(by=n.dana, case=case, device=TABLET, place="Safe", step=ref)
    assert status(case) == "done"
    entry = case.entries.filter(outcome__step=STEP).get()
    page = signed_in(n.dana).get(url(n, "recorded_in_error", case.pk, entry.pk)).text
    assert url(n, "device_by_mistake", item.pk) in page

    by_mistake(n, item)

    assert not fresh(item).is_in_custody
    assert status(case) == "open"
    assert case.devices_unaccounted_for() == [there.number]


def test_what_was_said_to_be_one_that_never_came_settles_no_step_either(
    sunflowers: Nursery, case: Case
) -> None:
    n, there = sunflowers, CustodyItem.objects.get()
    ref = StepRef(run_of(case), STEP)
    first = actions.take_into_custody(by=n.dana, case=case, device=TABLET, place="Safe", step=ref)
    by_mistake(n, first, same_as=there)
    assert status(case) == "done"

    approval = asked(n, there)
    shown = signed_in(n.cleo).get(approval.get_absolute_url()).text
    assert f"{there.number} and {first.number}" in shown
    agreed(approval)

    assert status(case) == "open"


def test_it_says_so_everywhere_and_to_whom_it_may_concern(sunflowers: Nursery, case: Case) -> None:
    n, item = sunflowers, CustodyItem.objects.get()
    end = by_mistake(n, item)
    assert [len(fresh(item).log), end.second] == [1, n.cleo]
    browser = signed_in(n.dana)
    for page in (item.path, url(n, "chronology", case.pk)):
        assert WHY in browser.get(page).text
        assert len(queries_of(browser, page)) <= MOST, page
    assert "<del>" in browser.get(url(n, "chronology", case.pk)).text
    on_its_case = browser.get(case.path).text
    assert "Recorded by mistake" in on_its_case
    assert "No longer here" not in on_its_case
    technical = signed_in(n.tariq).get(item.path).text
    assert "Never in our custody" in technical
    assert WHY not in technical
    assert item.number not in signed_in(n.tariq).get(url(n, "custody")).text
    page = url(n, "device_by_mistake", item.pk)
    assert "no longer in our custody" in browser.get(page).text
    with pytest.raises(RuleBroken, match="no longer in our custody"):
        asked(n, item)


def test_what_was_recorded_twice_keeps_its_steps_and_hands_its_quarantine_on(
    sunflowers: Nursery,
) -> None:
    n, case = sunflowers, a_case(sunflowers.priya, sunflowers.dana)
    item, again = taken(n, case), taken(n, case, quarantine=True)
    before = timezone.now()
    end = by_mistake(n, again, same_as=item)
    assert (counted(n, before), counted(n, timezone.now())) == (2, 1)
    assert (end.kind, end.same_as) == ("twice", item)
    assert fresh(item).is_quarantined
    with pytest.raises(RuleBroken, match="quarantine until the police"):
        offered(
            fresh(item),
            n.dana,
            Receiver(purpose="owner", witness=n.sam, name="A", organisation="B"),
        )
    assert item.number in signed_in(n.dana).get(again.path).text
    assert not case.entries.filter(kind=Entry.Kind.IN_ERROR).exists()
    said = case.entries.filter(kind=Entry.Kind.CORRECTION).get()
    assert item.number in said.text
    with pytest.raises(RuleBroken, match="not recorded by mistake itself"):
        asked(n, fresh(item), same_as=fresh(again))


def test_a_quarantine_that_was_passed_by_is_not_forgotten(sunflowers: Nursery) -> None:
    n, case = sunflowers, a_case(sunflowers.priya, sunflowers.dana)
    item, again = taken(n, case), taken(n, case, quarantine=True)
    back = Receiver(purpose="owner", witness=n.sam, name="Ms Ray", organisation="The mother")
    actions.accept_handover(by=n.sam, offer=offered(item, n.dana, back))
    with pytest.raises(RuleBroken, match="went back to its owner"):
        asked(n, again, same_as=fresh(item))
    advised(n, fresh(again))
    by_mistake(n, fresh(again), same_as=fresh(item))


def test_one_on_the_wrong_case_goes_on_under_its_other_number_and_names_no_case(
    sunflowers: Nursery,
) -> None:
    n, image = sunflowers, a_report(IMAGE, Person("harmed", child=sunflowers.kit))
    wrong, right = a_case(n.sam, n.dana, image), a_case(n.priya, n.dana)
    item, there = taken(n, wrong), taken(n, right)
    assert (item.is_quarantined, there.is_quarantined) == (True, False)
    page = url(n, "device_by_mistake", item.pk)
    assert there.number in signed_in(n.dana).get(page).text
    approval = asked(n, item, same_as=there)
    shown = signed_in(those_asked(approval)[0]).get(approval.get_absolute_url()).text
    assert "show you that device and this one" in shown, "the number alone would not help them"
    assert there.number not in shown
    agreed(approval)
    assert fresh(there).is_quarantined
    assert "In quarantine from now" in signed_in(n.dana).get(url(n, "chronology", right.pk)).text
    its_page = signed_in(n.dana).get(item.path).text
    assert url(n, "destroyed", item.pk) not in its_page
    assert "Only recorded police advice ends it" not in its_page
    assert there.number not in signed_in(n.dana).get(url(n, "chronology", wrong.pk)).text
    with pytest.raises(PermissionDenied):
        actions.ask_to_end_custody(by=n.tariq, item=there, reason=WHY)


def test_what_changed_hands_was_with_us(sunflowers: Nursery) -> None:
    n, item = sunflowers, taken(sunflowers)
    actions.accept_handover(by=n.tariq, offer=offered(item, n.dana, Receiver(to=n.tariq)))
    with pytest.raises(RuleBroken, match="it was with us"):
        asked(n, fresh(item))
    assert "it was with us" in signed_in(n.dana).get(url(n, "device_by_mistake", item.pk)).text


def test_nothing_is_done_where_it_changed_since_it_was_asked(sunflowers: Nursery) -> None:
    n, case = sunflowers, a_case(sunflowers.priya, sunflowers.dana)
    item, other = taken(n, case), taken(n, case)
    approval, moved = asked(n, item), asked(n, other)
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    actions.accept_handover(by=n.devi, offer=offered(other, n.dana, Receiver(to=n.devi)))
    with pytest.raises(RuleBroken, match="it was with us"):
        agreed(moved)
    agreed(approval)
    assert OfferClosed.objects.get().offer == offer
    assert not Clock.objects.running().filter(subject_id=item.pk).exists()
    with pytest.raises(RuleBroken, match="no longer in our custody"):
        actions.accept_handover(by=n.tariq, offer=offer)


def test_one_alone_ends_nothing_and_a_closed_case_is_reopened_first(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    item = taken(n, walker.case)
    approval = asked(n, item)
    with pytest.raises(RuleBroken, match="nobody has said yes"):
        actions.end_custody_by_mistake(by=n.dana, item=item, reason=WHY, approval=approval)
    here = {"setting": n.setting, "item": item, "kind": "never", "text": WHY, "recorded_by": n.dana}
    for second in (None, n.dana):
        with pytest.raises(IntegrityError), transaction.atomic():
            CustodyEnd.objects.create(**here, second=second)
    with pytest.raises(RuleBroken, match="cannot be closed yet"):
        ended(n.dana, walker.case)
    agreed(approval)
    ended(n.dana, walker.case)


def test_in_a_sealed_case_the_reason_stands_in_no_table(sunflowers: Nursery) -> None:
    n = sunflowers
    morgan = with_key(n.morgan)
    dana = with_key(n.dana)
    case = sealed(dana, said_of(n.sam, n.priya))
    read = Case.objects.readable_by(dana).select_related("setting").get(pk=case.pk)
    item = actions.take_into_custody(by=dana, case=read, device=TABLET, place="Safe")
    approval = actions.ask_to_end_custody(by=dana, item=fresh(item), reason=MARKER + " twice")

    approve(by=morgan, approval=approval, seen=approval.digest)

    assert not fresh(item).is_in_custody
    assert case.entries.filter(kind=Entry.Kind.IN_ERROR).count() == 1
    assert not any(MARKER + " twice" in one for one in every_value())
