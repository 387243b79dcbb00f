"""When a tie or a role comes to count, what somebody may no longer know of is handed on at once."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern, NeedToKnow
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from tests.people import anew

from .given import GROOMING, WELFARE, a_report, about, filed, opened, told


def owners(subject: Case | Concern) -> set[Member]:
    running = Clock.objects.running().filter(subject_id=subject.pk).select_related("owner")
    return {clock.owner for clock in running}


def confirmed_tie(n: Nursery, one: Member, other: Member) -> None:
    tie = people.declare_relationship(by=n.devi, about=one, kind="close", other_member=other)
    people.confirm_relationship(by=n.cleo, tie=tie)


def test_a_case_changes_hands_in_the_moment_a_second_person_confirms_a_tie(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    assert n.dana in owners(case)

    tie = people.declare_relationship(by=n.devi, about=n.dana, kind="close", other_member=n.sam)
    assert n.dana in owners(case), "one word about somebody else takes nothing from them"
    people.confirm_relationship(by=n.cleo, tie=tie)

    assert n.dana not in owners(case)
    assert owners(case)
    assert len([m for m in n.people.values() if case in Case.objects.led_by(anew(m))]) == 2
    let_in = NeedToKnow.objects.get(case=case, member=n.devi)
    assert let_in.granted_by is None


def test_a_waiting_report_changes_hands_and_the_next_is_told(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya, about(n.sam))
    confirmed_tie(n, n.dana, n.sam)

    assert owners(concern) == {n.morgan}
    assert told(concern) == {"Dana", "Morgan", "Devi"}
    assert not Concern.objects.readable_by(anew(n.dana)).filter(pk=concern.pk).exists()
    told_of_it = Notification.objects.filter(recipient=n.devi, subject_id=concern.pk)
    assert told_of_it.exists()


def test_ones_own_word_about_oneself_hands_over_at_once(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    case = opened(n.dana, filed(n.priya, a_report(GROOMING, Person("harmed", child=n.kit))))

    people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=n.kit)

    assert owners(concern) == {n.devi}
    assert owners(case) == {n.devi}


def test_the_end_of_a_role_hands_over_what_its_holder_owed(sunflowers: Nursery) -> None:
    n = sunflowers
    case, concern = opened(n.dana, filed(n.priya)), filed(n.priya)

    people.end_role(by=n.dana, held=n.dana.roles_held.get(), reason="Moves away.")

    assert n.dana not in owners(case) | owners(concern)
    assert owners(case) == owners(concern) == {n.devi}


def test_a_report_nobody_here_could_deal_with_reaches_the_first_who_can(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    named = [Person("alleged", member=one) for one in (n.dana, n.devi, n.morgan, n.cleo)]
    concern = filed(n.priya, a_report(WELFARE, *named))
    assert told(concern) == set()

    held = people.grant_role(by=n.morgan, to=n.omar, role=Role.COMMITTEE_LEAD)
    people.confirm_role(by=n.cleo, held=held)

    assert told(concern) == {"Omar"}
    assert owners(concern) == {n.omar}


def test_a_tie_that_shuts_nobody_out_changes_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    case, concern = opened(n.dana, filed(n.priya, about(n.sam))), filed(n.priya, about(n.sam))
    before = owners(case), owners(concern), told(concern), NeedToKnow.objects.count()

    for _ in range(2):
        confirmed_tie(n, n.dana, n.vic)

    assert before == (owners(case), owners(concern), told(concern), NeedToKnow.objects.count())


def test_settling_twice_lets_nobody_further_in(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    confirmed_tie(n, n.dana, n.sam)
    before = NeedToKnow.objects.count()
    confirmed_tie(n, n.dana, n.sam)

    assert NeedToKnow.objects.count() == before
    assert case.need_to_know.filter(member=n.cleo).count() == 0


@pytest.mark.parametrize("who", ["dana", "morgan"])
def test_whoever_is_named_leaves_the_list_and_those_who_stay_hear_of_it(
    sunflowers: Nursery, who: str
) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)), let_know=[n.cleo])
    named = n.people[who]

    actions.name_person(by=n.dana, case=case, person=Person("alleged", member=named))

    current = case.need_to_know.current(timezone.localdate())
    assert not current.filter(member=named).exists()
    rows = Notification.objects.filter(kind="case_list_changed").select_related("recipient__user")
    heard = {row.recipient for row in rows}
    assert n.cleo in heard
    assert named not in heard
    assert named not in owners(case)
