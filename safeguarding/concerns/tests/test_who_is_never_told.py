"""Whoever a report names, or is tied to somebody it names, sees nothing of it, whatever their role."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry
from safeguarding.today.items import to_do
from tests.people import anew, signed_in

from .given import a_report, about, again, filed, opened, told, typed


def test_two_people_are_told_of_an_allegation(sunflowers: Nursery) -> None:
    assert told(filed(sunflowers.priya, about(sunflowers.sam))) == {"Dana", "Morgan"}


@pytest.mark.parametrize(
    ("accused", "hearers"),
    [
        ("dana", {"Morgan", "Devi"}),
        ("morgan", {"Dana", "Devi"}),
        ("devi", {"Dana", "Morgan"}),
        ("cleo", {"Dana", "Morgan"}),
    ],
)
def test_the_accused_is_not_told_and_two_others_are(
    sunflowers: Nursery, accused: str, hearers: set[str]
) -> None:
    member = sunflowers.people[accused]
    concern = filed(sunflowers.priya, about(member))

    assert told(concern) == hearers
    assert concern not in Concern.objects.readable_by(member)
    assert not Notification.objects.filter(recipient=member).exists()
    assert not Clock.objects.owned_by(member).exists()


def test_about_lead_and_manager_it_reaches_deputy_and_committee_lead(sunflowers: Nursery) -> None:
    n = sunflowers
    both = a_report(
        "welfare-concern", Person("alleged", member=n.dana), Person("alleged", member=n.morgan)
    )

    assert told(filed(n.priya, both)) == {"Devi", "Cleo"}


@pytest.mark.parametrize("kind", ["relative", "household", "close"])
@pytest.mark.parametrize("declared_by", ["dana", "sam"])
def test_a_tie_counts_from_either_side_once_both_stand_by_it(
    sunflowers: Nursery, kind: str, declared_by: str
) -> None:
    n = sunflowers
    one, other = (n.dana, n.sam) if declared_by == "dana" else (n.sam, n.dana)
    tie = people.declare_relationship(by=one, about=one, kind=kind, other_member=other)
    people.confirm_relationship(by=other, tie=tie)

    concern = filed(n.priya, about(n.sam))

    assert told(concern) == {"Morgan", "Devi"}
    assert concern not in Concern.objects.readable_by(n.dana)


def test_a_tie_to_somebody_else_shuts_nobody_out(sunflowers: Nursery) -> None:
    n = sunflowers
    people.declare_relationship(by=n.dana, about=n.dana, kind="close", other_member=n.vic)

    assert told(filed(n.priya, about(n.sam))) == {"Dana", "Morgan"}


def test_a_second_post_opens_nothing_to_the_accused(sunflowers: Nursery) -> None:
    n = sunflowers
    for role in (Role.LEAD, Role.COMMITTEE_LEAD):
        held = people.grant_role(by=n.morgan, to=n.sam, role=role)
        people.confirm_role(by=n.dana, held=held, despite=in_a_hurry())
    sam = again(n.sam)

    concern = filed(n.priya, about(sam))
    case = opened(n.dana, concern)

    assert "Sam" not in told(concern)
    assert concern not in Concern.objects.readable_by(sam)
    assert case not in Case.objects.readable_by(sam)


def test_an_adult_named_in_writing_instead_of_chosen_is_shut_out_too(sunflowers: Nursery) -> None:
    n = sunflowers

    person = {"who": "else", "name": "  morgan  HUGHES ", "works_here": "on", "part": "alleged"}
    answer = signed_in(n.priya).post(n.setting.link_to("concerns:report"), typed(people=[person]))

    assert answer.status_code == 302
    assert told(Concern.objects.get()) == {"Dana", "Devi"}


def test_one_who_is_named_later_is_shut_out_at_once_and_owes_nothing_on_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    assert Clock.objects.owned_by(n.dana).exists()

    actions.name_person(by=n.morgan, case=case, person=Person("alleged", member=n.dana))

    assert case not in Case.objects.readable_by(n.dana)
    assert not Clock.objects.owned_by(n.dana).running().exists()
    owed = Clock.objects.running().filter(subject_id=case.pk)
    assert {clock.owner for clock in owed} <= {n.devi, n.morgan}
    assert owed.exists()
    assert to_do(anew(n.dana), timezone.now(), checked=True) == []


def test_a_tie_declared_later_takes_the_case_off_the_page_of_today(sunflowers: Nursery) -> None:
    n = sunflowers
    opened(n.dana, filed(n.priya, about(n.sam)))
    assert to_do(n.dana, timezone.now(), checked=True)

    people.declare_relationship(by=n.dana, about=n.dana, kind="close", other_member=n.sam)

    assert to_do(anew(n.dana), timezone.now(), checked=True) == []


def test_when_naming_leaves_nobody_to_lead_the_next_who_may_is_let_in(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.morgan))

    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=n.dana))

    assert case in Case.objects.led_by(n.devi)


def test_a_report_sent_again_with_another_name_is_routed_anew(sunflowers: Nursery) -> None:
    n = sunflowers
    first = filed(n.priya)
    second = filed(n.priya, about(n.dana), key=first.key)
    filed(n.priya, about(n.dana), key=first.key)

    assert told(second) == {"Morgan", "Devi"}
    assert not first.addenda.exists()
    assert Concern.objects.count() == 2


def test_a_receipt_never_sends_the_reporter_to_the_person_it_is_about(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(
        n.priya, a_report("welfare-concern", Person("alleged", member=n.dana), told_lead="not_yet")
    )
    page = signed_in(n.priya).get(n.setting.link_to("concerns:receipt", concern.pk))

    text = page.content.decode()
    assert "Tell the safeguarding lead in person" not in text
    assert "never to the person it is about" in text
    assert all(who in text for who in ("LADO", "101", "NSPCC", "Ofsted"))
