"""Being let into a case, for a time, and being let go from it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people import actions as people
from tests.people import signed_in

from .given import (
    GROOMING,
    IMAGE,
    WELFARE,
    a_case,
    a_report,
    about,
    again,
    filed,
    leave_alone,
    opened,
)


def test_let_in_they_read_it_on_their_next_request_and_ended_no_more(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana)
    page, browser = n.setting.link_to("concerns:case", case.pk), signed_in(n.priya)
    assert browser.get(page).status_code == 404

    granted = actions.let_know(by=n.dana, case=case, member=n.priya, reason="her key person")
    assert browser.get(page).status_code == 200

    actions.end_need_to_know(by=n.dana, case=case, granted=granted, reason="no longer")
    assert browser.get(page).status_code == 404


def test_whoever_is_shut_out_while_they_write_has_their_words_back(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana, a_report(WELFARE, Person("harmed", child=n.kit)))
    form, browser = n.setting.link_to("concerns:work", case.pk, "entry"), signed_in(n.devi)
    assert browser.get(form).status_code == 200
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.kit)
    answer = browser.post(form, {"text": "He told me in the sandpit."})

    assert answer.status_code == 404
    assert '<p class="govuk-body hr-words">He told me in the sandpit.</p>' in answer.text


def test_it_runs_out_by_itself_after_its_last_day(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana)
    today = timezone.localdate()
    actions.let_know(by=n.dana, case=case, member=n.priya, reason="cover", until=today)

    assert case in Case.objects.readable_by(n.priya)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert case not in Case.objects.readable_by(n.priya)


def test_a_manager_told_because_nobody_opened_it_may_read_a_childs_report(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    with time_machine.travel(timezone.now(), tick=False) as clock:
        concern = filed(n.priya)
        assert concern not in Concern.objects.readable_by(n.morgan)
        for _ in range(3):
            clock.shift(timedelta(hours=1, minutes=1))
            escalate_missed.call()
        assert concern in Concern.objects.readable_by(n.morgan)
        assert concern not in Concern.objects.readable_by(n.cleo)


def test_the_committee_lead_reads_an_allegation_she_is_let_into_and_no_childs_case(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    allegation = opened(n.dana, filed(n.priya, about(n.sam)), let_know=[n.cleo])
    assert allegation in Case.objects.readable_by(n.cleo)

    with pytest.raises(RuleBroken, match="do not let them read"):
        actions.let_know(by=n.dana, case=a_case(n.priya, n.dana), member=n.cleo, reason="to know")


@pytest.mark.parametrize(("kind", "who"), [(GROOMING, "priya"), (IMAGE, "wren"), (IMAGE, "tariq")])
def test_nobody_is_let_into_what_their_role_may_not_read(
    sunflowers: Nursery, kind: str, who: str
) -> None:
    n = sunflowers
    member = n.people[who]
    case = a_case(n.sam, n.dana, a_report(kind))
    for let in (
        lambda: actions.let_know(by=n.dana, case=case, member=member, reason="to know"),
        lambda: opened(n.dana, filed(n.sam, a_report(kind)), let_know=[member]),
    ):
        with pytest.raises(RuleBroken, match="do not let them read"):
            let()
    assert not Notification.objects.filter(recipient=member).exists()


def test_nobody_named_or_tied_is_let_in(sunflowers: Nursery) -> None:
    n = sunflowers
    people.declare_relationship(by=n.devi, about=n.devi, kind="close", other_member=n.sam)
    case = opened(n.dana, filed(n.priya, about(n.sam)))

    with pytest.raises(RuleBroken, match="tied to someone"):
        actions.let_know(by=n.dana, case=case, member=n.devi, reason="cover")
    with pytest.raises(RuleBroken, match="tied to someone"):
        opened(n.dana, filed(n.priya, about(n.sam)), let_know=[n.devi])


def test_nobody_of_another_setting_is_let_in(sunflowers: Nursery, bluebells: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)

    with pytest.raises(RuleBroken, match="of this setting"):
        actions.let_know(by=sunflowers.dana, case=case, member=bluebells.dana, reason="help")


def test_nobody_is_on_the_list_twice_nor_until_yesterday(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana)
    actions.let_know(by=n.dana, case=case, member=n.priya, reason="her key person")

    with pytest.raises(RuleBroken, match="already on the list"):
        actions.let_know(by=n.dana, case=case, member=n.priya, reason="again")
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(RuleBroken, match="That day is over"):
        actions.let_know(by=n.dana, case=case, member=n.wren, reason="cover", until=yesterday)


def test_the_form_offers_nobody_who_is_on_the_list(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana)
    granted = actions.let_know(by=n.dana, case=case, member=n.priya, reason="her key person")

    def offered() -> set[str]:
        page = signed_in(n.dana).get(n.setting.link_to("concerns:let_know", case.pk)).text
        return set(re.findall(r'<option value="([^"]+)"', page))

    before = offered()
    assert not {str(n.dana.pk), str(n.priya.pk)} & before
    assert str(n.sam.pk) in before
    actions.end_need_to_know(by=n.dana, case=case, granted=granted, reason="no longer")
    assert offered() - before == {str(n.priya.pk)}


def test_the_last_who_leads_a_case_cannot_be_ended(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana, a_report(IMAGE))
    first, second = case.need_to_know.order_by("member__name")
    actions.end_need_to_know(by=n.dana, case=case, granted=second, reason="on leave")

    with pytest.raises(RuleBroken, match="Somebody must be left"):
        actions.end_need_to_know(by=n.dana, case=case, granted=first, reason="on leave")
    assert case in Case.objects.led_by(n.dana)


def test_only_the_lead_lets_others_into_a_childs_case(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    for who in ["devi", "morgan", "priya", "cleo", "tariq", "pat"]:
        with subtests.test(who):
            n = sunflowers
            case = a_case(n.sam, n.dana)

            with pytest.raises(PermissionDenied):
                actions.let_know(by=n.people[who], case=case, member=n.wren, reason="to know")


def test_whoever_is_on_the_list_twice_leaves_it_at_once(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    leave_alone(n.dana, case)
    soon = timezone.localdate() + timedelta(days=3)
    actions.let_know(by=n.dana, case=case, member=n.devi, reason="Cover.", until=soon)
    offer = actions.hand_work_over(by=n.dana, to=n.devi, cases={case: ""}, reports=[], reason="x")
    actions.take_work(by=n.devi, handover=offer)

    first = case.need_to_know.get(member=n.devi, until=soon)
    actions.end_need_to_know(by=n.dana, case=case, granted=first, reason="Back again.")

    assert case not in Case.objects.readable_by(again(n.devi))
    said = case.entries.filter(kind="access").latest("created_at").text
    assert said == "Devi Sharma no longer reads this case: Back again."


def test_of_whoever_reads_it_by_their_role_it_is_not_said_that_they_do_not(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    actions.let_know(by=n.dana, case=case, member=n.devi, reason="She was there.")
    granted = case.need_to_know.get(member=n.devi)
    actions.end_need_to_know(by=n.dana, case=case, granted=granted, reason="Not needed.")

    assert case in Case.objects.readable_by(again(n.devi))
    assert "still reads" in case.entries.filter(kind="access").latest("created_at").text


def test_whoever_is_let_in_again_hears_of_it_again(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    leave_alone(n.dana, case)
    told = Notification.objects.filter(kind="let_into_case", recipient=n.devi)
    before = told.count()
    for time in (1, 2):
        granted = actions.let_know(by=n.dana, case=case, member=n.devi, reason="Cover.")
        actions.end_need_to_know(by=n.dana, case=case, granted=granted, reason="Over.")
        assert told.count() == before + time
