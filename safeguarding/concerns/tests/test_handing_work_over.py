"""A lead hands cases, clocks and reports to another, who says yes; never to whom a case names."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern, WorkHandover
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member, RoleHeld
from tests.people import signed_in

from .given import GROOMING, WELFARE, a_case, a_report, about, again, filed


def offered(
    n: Nursery, *cases: Case, reports: tuple[Concern, ...] = (), **changes: Any
) -> WorkHandover:
    notes = dict.fromkeys(cases, "Ring her mother first.")
    said = {"by": n.dana, "to": n.devi, "reason": "Away from Monday."}
    return actions.hand_work_over(cases=notes, reports=reports, **{**said, **changes})


def clocks_of(member: Member, case: Case) -> int:
    return Clock.objects.running().filter(owner=member, subject_id=case.pk).count()


def test_nothing_changes_hands_before_the_other_has_said_yes(sunflowers: Nursery) -> None:
    n = sunflowers
    case, concern = a_case(n.priya, n.dana, a_report(GROOMING)), filed(n.sam)
    owed = clocks_of(n.dana, case)
    assert owed
    handover = offered(n, case, reports=(concern,))
    assert clocks_of(n.devi, case) == 0

    actions.take_work(by=n.devi, handover=handover)

    assert (clocks_of(n.dana, case), clocks_of(n.devi, case)) == (0, owed)
    mine = Clock.objects.running().filter(subject_id=concern.pk)
    assert {clock.owner for clock in mine} == {n.devi}
    assert case in Case.objects.led_by(again(n.devi))
    assert "Ring her mother first." in case.entries.filter(kind="access").latest("created_at").text
    assert Notification.objects.filter(kind="work_taken", recipient=n.dana).exists()


def test_whoever_leaves_reads_closely_guarded_cases_no_longer(sunflowers: Nursery) -> None:
    n = sunflowers
    stays, goes = (a_case(n.priya, n.dana, a_report(GROOMING)) for _ in range(2))
    actions.take_work(by=n.devi, handover=offered(n, goes, stops_reading=True))
    actions.take_work(by=n.devi, handover=offered(n, stays))

    assert goes not in Case.objects.readable_by(again(n.dana))
    assert stays in Case.objects.readable_by(again(n.dana))
    assert {goes, stays} <= set(Case.objects.led_by(again(n.devi)))


def test_a_case_that_names_the_receiver_stays_and_they_learn_nothing_of_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.isla)
    plain = a_case(n.priya, n.dana)
    allegation = a_case(n.priya, n.dana, about(n.devi))
    tied = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.isla)))
    browser = signed_in(n.dana)
    page = n.setting.link_to("concerns:hand_work_over")
    boxes = {f"case-{case.pk}": "on" for case in (plain, allegation, tied)}
    form = {"to": str(n.devi.pk), "reason": "Away.", **boxes}
    answer = browser.post(page, form, follow=True).content.decode()

    assert "could not be handed to this person and stays with you" in answer
    assert "tied" not in answer
    handover = WorkHandover.objects.get()
    assert [row.case for row in handover.cases.all()] == [plain]
    link = n.setting.link_to("concerns:work_handover", handover.pk)
    shown = signed_in(n.devi).get(link).content.decode()
    for case in (allegation, tied):
        assert case.reference not in shown
    actions.take_work(by=n.devi, handover=handover)
    assert clocks_of(n.devi, allegation) == clocks_of(n.devi, tied) == 0
    assert clocks_of(n.dana, allegation)


def test_when_nothing_at_all_can_go_it_says_so_and_makes_no_handover(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.devi))
    with pytest.raises(RuleBroken, match="Everything stays with you"):
        offered(n, case, reports=(filed(n.priya, about(n.devi)),))

    assert not WorkHandover.objects.exists()
    assert not Notification.objects.filter(kind="work_offered").exists()


def test_named_between_the_offer_and_the_yes_they_get_nothing_of_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.sam))
    handover = offered(n, case)
    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.devi))
    link = n.setting.link_to("concerns:work_handover", handover.pk)
    assert case.reference not in signed_in(n.devi).get(link).content.decode()

    actions.take_work(by=n.devi, handover=handover)

    assert clocks_of(n.devi, case) == 0
    assert not case.need_to_know.filter(member=n.devi).exists()
    assert clocks_of(n.dana, case)


def test_only_leads_hand_work_to_leads_and_only_the_receiver_takes_it(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    for by, to in ((n.morgan, n.devi), (n.dana, n.morgan), (n.dana, n.dana)):
        with pytest.raises(PermissionDenied):
            offered(n, case, by=by, to=to)
    with pytest.raises(PermissionDenied):
        offered(n, case, to=bluebells.dana)
    handover = offered(n, case)
    for other in (n.dana, n.morgan, bluebells.devi):
        with pytest.raises(PermissionDenied):
            actions.take_work(by=other, handover=handover)
    link = n.setting.link_to("concerns:work_handover", handover.pk)
    assert signed_in(n.morgan).get(link).status_code == 404
    assert signed_in(n.morgan).get(n.setting.link_to("concerns:hand_work_over")).status_code == 404


def test_it_is_taken_or_left_once(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    handover = offered(n, case)
    link = n.setting.link_to("concerns:work_handover", handover.pk)
    browser = signed_in(n.devi)
    assert browser.post(link, {"reason": ""}).status_code == 422
    assert browser.post(link, {"reason": "I am away as well."}).status_code == 302
    with pytest.raises(RuleBroken, match="settled already"):
        actions.take_work(by=n.devi, handover=handover)
    assert clocks_of(n.devi, case) == 0

    second = offered(n, case)
    link = n.setting.link_to("concerns:work_handover", second.pk)
    assert browser.post(f"{link}taken/").status_code == 302
    assert clocks_of(n.devi, case)


def test_the_page_shows_what_there_is_with_the_next_deadline(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    other = a_case(n.priya, n.devi, a_report(GROOMING))
    for reporter in (n.sam, n.wren):
        filed(reporter)
    shown = signed_in(n.dana).get(n.setting.link_to("concerns:hand_work_over")).content.decode()

    assert "You have" in shown
    assert case.reference in shown
    assert "Next due" in shown
    assert "2 reports nobody has decided on yet" in shown
    assert other.pk != case.pk


def test_whoever_was_taken_off_a_list_lets_nobody_in_by_an_old_offer(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.sam))
    waiting = offered(n, case)
    place = case.need_to_know.get(member=n.dana)
    actions.end_need_to_know(by=n.morgan, case=case, granted=place, reason="Close to Sam.")

    actions.take_work(by=n.devi, handover=waiting)

    assert case not in Case.objects.readable_by(again(n.devi))
    assert clocks_of(n.devi, case) == 0


def test_what_somebody_offered_before_they_left_is_taken_after_their_last_day(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    waiting = offered(n, case, stops_reading=True)
    RoleHeld.objects.filter(member=n.dana).update(ends=timezone.localdate())

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=True):
        actions.take_work(by=n.devi, handover=waiting)

    assert case in Case.objects.led_by(again(n.devi))


def test_whoever_is_a_lead_no_more_reads_nothing_of_an_offer_that_waits(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    waiting = offered(n, a_case(n.priya, n.dana, a_report(GROOMING)))
    page = n.setting.link_to("concerns:work_handover", waiting.pk)
    assert "Ring her mother first." in signed_in(n.devi).get(page).content.decode()
    RoleHeld.objects.filter(member=n.devi, role="deputy").update(ends=timezone.localdate())

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        assert "Ring her mother first." not in signed_in(n.devi).get(page).content.decode()
