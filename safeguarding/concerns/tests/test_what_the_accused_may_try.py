"""What somebody named in a report, or close to one, can see, infer or do. Each was once possible."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.evidence import findings
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern, Entry, ReviewAction
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Delivery
from safeguarding.people import actions as people
from safeguarding.people.models import Member
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
    opened,
    told,
    typed,
)


def an_action(case: Case, by: Member, owner: Member) -> ReviewAction:
    entry = Entry.objects.create(
        setting=case.setting,
        case=case,
        kind="review",
        written_by=by,
        text="x",
        happened_at=timezone.now(),
    )
    return ReviewAction.objects.create(
        setting=case.setting,
        entry=entry,
        text="Speak to Kit’s mother",
        owner=owner,
        due_on=timezone.localdate(),
    )


@pytest.mark.parametrize(
    "name", ["Dana", "Mrs Okafor", "Dana Okafor (lead)", "Okafor, Dana", "Dana  Okáfor."]
)
def test_a_name_written_nearly_right_does_not_tip_its_owner_off(
    sunflowers: Nursery, name: str
) -> None:
    person = {"who": "else", "name": name, "works_here": "on", "part": "alleged"}
    answer = signed_in(sunflowers.priya).post(
        sunflowers.setting.link_to("concerns:report"), typed(people=[person])
    )

    concern = Concern.objects.first()
    if concern is None:
        assert answer.status_code == 422
        assert "Do you mean Dana Okafor?" in answer.content.decode()
    else:
        assert "Dana" not in told(concern)


def test_a_report_about_somebody_of_a_like_name_can_be_sent(sunflowers: Nursery) -> None:
    person = {"who": "else", "name": "Dana Smith", "part": "alleged", "not_them": "on"}
    answer = signed_in(sunflowers.priya).post(
        sunflowers.setting.link_to("concerns:report"), typed(people=[person])
    )

    assert answer.status_code == 302
    assert "Dana" in told(Concern.objects.get())


def test_a_parent_is_not_told_of_their_own_child_by_somebody_without_a_list(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=n.isla)
    person = {"who": "else", "name": "Isla Byrne", "part": "harmed"}
    signed_in(n.vic).post(n.setting.link_to("concerns:report"), typed(people=[person]))

    assert "Dana" not in told(Concern.objects.get())


def test_an_owner_named_later_neither_reads_nor_completes_an_action(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    action = an_action(case, n.dana, n.tariq)
    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.tariq))

    browser = signed_in(n.tariq, second_check=False)
    link = n.setting.link_to("concerns:action", action.pk)
    assert browser.get(link).status_code == 404
    assert browser.post(link, {"note": "fine"}).status_code == 404


def test_a_stolen_password_reads_no_action_and_no_step(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(IMAGE))
    link = n.setting.link_to("concerns:action", an_action(case, n.dana, n.devi).pk)
    thief = signed_in(n.dana, second_check=False)

    assert thief.get(link).status_code == 302
    assert thief.post(link, {"note": "done"}).status_code == 302
    today = thief.get(n.setting.link_to("today:today")).content.decode()
    assert "picture" not in today
    assert "Something on a case is due" in today


def test_mails_that_did_not_arrive_tell_the_accused_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    filed(n.priya, about(n.morgan))
    Delivery.objects.update(given_up_at=timezone.now())

    page = signed_in(n.morgan).get(n.setting.link_to("today:today")).content.decode()
    assert "last tried" not in page


def test_what_one_is_shut_out_of_shows_nowhere_not_even_that_it_moves(sunflowers: Nursery) -> None:
    n = sunflowers
    filed(n.priya, about(n.sam))
    case = opened(n.dana, filed(n.priya, about(n.sam)), let_know=[n.cleo])
    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.cleo))
    people.declare_relationship(by=n.dana, about=n.dana, kind="close", other_member=n.sam)

    for member in (n.cleo, n.dana):
        browser = signed_in(member)
        for page in ("today:today", "notifications:messages"):
            shown = browser.get(n.setting.link_to(page)).content.decode()
            for words in ("new report", "becomes of a report", "was reported", "let into a case"):
                assert words not in shown, page


def test_naming_a_leader_lets_in_the_next_who_may_decide(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, a_report(GROOMING)))
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.isla)
    actions.name_person(by=n.dana, case=case, person=Person("harmed", child=n.isla))
    people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=n.isla)

    third = opened(n.dana, filed(n.priya, about(n.sam)))
    for one in (n.dana, n.devi):
        actions.name_person(by=n.morgan, case=third, person=Person("alleged", member=one))
    leaders = [m for m in n.people.values() if third in Case.objects.led_by(again(m))]
    assert len(leaders) > 1, "one reader cannot make themselves the only one"


def test_gathering_a_report_hands_over_what_the_newly_named_owed(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    actions.gather(by=n.morgan, concern=filed(n.priya, about(n.dana)), case=case)

    assert not Clock.objects.filter(owner=n.dana, subject_id=case.pk).running().exists()


def test_nobody_of_another_setting_is_let_into_a_case(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    with pytest.raises(RuleBroken):
        opened(sunflowers.dana, filed(sunflowers.priya), let_know=[bluebells.dana])


def test_figures_do_not_move_with_an_allegation(sunflowers: Nursery) -> None:
    n, at = sunflowers, timezone.now() + timedelta(hours=3)
    before = findings([n.setting.pk], at)
    filed(n.priya, about(n.dana))

    assert findings([n.setting.pk], at) == before


def test_sent_again_as_urgent_or_as_a_picture_it_is_routed_as_that(sunflowers: Nursery) -> None:
    n = sunflowers
    first = filed(n.priya, a_report(WELFARE))
    filed(n.priya, a_report(IMAGE, in_danger_now=True), key=first.key)

    assert set(Concern.objects.values_list("record_class", flat=True)) == {"C1", "C4"}
