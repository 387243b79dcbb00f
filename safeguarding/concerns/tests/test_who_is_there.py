"""While somebody is away others are told first and owe what is due; nobody is passed over for good."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Person
from safeguarding.concerns.tasks import hand_on_what_ran_out
from safeguarding.notifications.ladders import climb
from safeguarding.notifications.models import Clock
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry

from .given import GROOMING, WELFARE, a_report, about, again, filed, opened, told


def gone(n: Nursery, *names: str, by: str = "") -> None:
    """Put on record that these people are away from today, by their own word or another's."""
    today = timezone.localdate()
    for name in names:
        member = n.people[name]
        who = n.people[by] if by else member
        people.record_absence(by=who, about=member, starts=today, ends=today + timedelta(days=5))


def owners(concern: Concern) -> set[str]:
    running = Clock.objects.running().filter(subject_id=concern.pk).select_related("owner__user")
    return {clock.owner.display_name.split()[0] for clock in running}


@pytest.mark.parametrize(
    ("away", "hearers", "owner"),
    [
        (["dana"], {"Devi"}, "Devi"),
        (["devi"], {"Dana"}, "Dana"),
        # Neither managers nor committee decide on a child's report: somebody who does hears as well.
        (["dana", "devi"], {"Morgan", "Wren", "Cleo", "Dana", "Devi"}, "Dana"),
        (["dana", "devi", "morgan", "wren", "cleo"], None, "Dana"),
    ],
)
def test_a_worry_about_a_child_goes_first_to_somebody_who_is_there(
    sunflowers: Nursery, away: list[str], hearers: set[str] | None, owner: str
) -> None:
    gone(sunflowers, *away)
    concern = filed(sunflowers.priya)

    assert told(concern) == (hearers or {"Dana", "Devi", "Morgan", "Wren", "Cleo"})
    assert owners(concern) == {owner}


@pytest.mark.parametrize(
    ("away", "hearers"),
    [
        (["dana"], {"Morgan", "Devi"}),
        (["dana", "morgan"], {"Devi", "Cleo"}),
        (["dana", "morgan", "devi"], {"Cleo", "Dana", "Morgan", "Devi"}),
    ],
)
def test_two_who_are_there_hear_of_an_allegation(
    sunflowers: Nursery, away: list[str], hearers: set[str]
) -> None:
    gone(sunflowers, *away)

    assert told(filed(sunflowers.priya, about(sunflowers.sam))) == hearers


def test_nobody_becomes_the_only_one_to_hear_by_calling_others_away(sunflowers: Nursery) -> None:
    n = sunflowers
    gone(n, "dana", "devi", "cleo", by="morgan")

    assert told(filed(n.priya, about(n.sam))) - {"Morgan"} == {"Dana", "Devi", "Cleo"}
    assert told(filed(n.priya, a_report(GROOMING))) >= {"Dana", "Devi"}


def test_whoever_is_away_still_reads_and_is_told_when_nobody_else_opens_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    gone(n, "dana")
    concern = filed(n.priya)
    assert concern in Concern.objects.readable_by(n.dana)

    clock = Clock.objects.get(subject_id=concern.pk, key="read")
    for _ in range(4):
        Clock.objects.filter(pk=clock.pk).update(escalate_at=timezone.now() - timedelta(hours=1))
        climb(clock.pk)
    assert "Dana" in told(concern)


def test_what_somebody_owed_goes_to_who_is_there_when_they_go_away(sunflowers: Nursery) -> None:
    n = sunflowers
    waiting = filed(n.priya)
    case = opened(n.dana, filed(n.priya))
    gone(n, "dana")

    assert owners(waiting) == {"Devi"}
    owed = Clock.objects.running().filter(subject_id=case.pk)
    assert {clock.owner for clock in owed if clock.subject_kind == "case"} == {n.devi}


def test_what_becomes_due_while_the_leader_is_away_is_owed_by_who_is_there(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    gone(n, "dana")
    case = opened(n.dana, filed(n.priya))

    owed = Clock.objects.running().filter(subject_id=case.pk)
    assert {clock.owner for clock in owed} == {n.devi}


def test_the_manager_who_is_the_lead_and_is_the_one_it_is_about_hears_nothing(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    _also_leads(n)
    both = again(n.morgan)
    assert both.roles >= {Role.LEAD, Role.MANAGER}

    assert told(filed(n.priya, about(both))) == {"Devi", "Cleo"}
    assert told(filed(n.priya, about(n.sam))) == {"Morgan", "Devi"}


def _also_leads(n: Nursery) -> None:
    """Dana gives up being the lead, and the manager becomes it."""
    held = people.grant_role(by=n.cleo, to=n.morgan, role=Role.LEAD)
    people.confirm_role(by=n.devi, held=held, despite=in_a_hurry())
    people.end_role(by=n.dana, held=n.dana.roles_held.get(), reason="Works elsewhere now.")


def test_with_one_eligible_person_left_it_goes_to_that_one(sunflowers: Nursery) -> None:
    n = sunflowers
    named = [Person("alleged", member=one) for one in (n.dana, n.morgan, n.devi)]

    assert told(filed(n.priya, a_report(WELFARE, *named))) == {"Cleo"}


def test_days_away_that_were_written_down_before_count_from_the_first(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    waiting, case = filed(n.priya), opened(n.dana, filed(n.priya))
    first = timezone.localdate() + timedelta(days=2)
    people.record_absence(by=n.dana, about=n.dana, starts=first, ends=first)
    hand_on_what_ran_out.func()
    assert owners(waiting) == {"Dana"}

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        hand_on_what_ran_out.func()

    assert owners(waiting) == {"Devi"}
    owed = Clock.objects.running().filter(subject_id=case.pk, subject_kind="case")
    assert {clock.owner for clock in owed} == {n.devi}


def test_a_technical_step_is_owed_by_somebody_technical_who_is_there(sunflowers: Nursery) -> None:
    n = sunflowers
    role = people.grant_role(by=n.morgan, to=n.sam, role=Role.TECHNICAL)
    assert role.is_confirmed
    for away, there in (("tariq", "Sam"), ("sam", "Tariq")):
        gone(n, away)
        case = opened(n.dana, filed(n.priya, a_report("filtering-breach")))
        clock = Clock.objects.get(subject_id=case.pk, key="filtering-breach/block-now")
        assert clock.owner.display_name.startswith(there)
        people.end_absence(by=n.morgan, absence=n.people[away].absences.get())
