"""Nobody is kept from a case by one person's word about them, and nobody gains one that way."""

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns.models import Case, Concern, Recipient
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry
from tests.people import anew

from .given import WELFARE, a_report, about, again, filed, opened, told

LEADERS = ("dana", "devi", "morgan", "cleo")


def test_the_accused_cannot_close_his_case_by_being_close_to_everyone(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.sam)))
    readers = {name for name in LEADERS if case in Case.objects.readable_by(n.people[name])}
    assert readers

    for name in LEADERS:
        people.declare_relationship(
            by=n.sam, about=n.sam, kind="close", other_member=n.people[name]
        )

    for name in readers:
        assert case in Case.objects.readable_by(n.people[name])
    assert told(filed(n.priya, about(n.sam))) == {"Dana", "Morgan"}


def test_a_deputy_cannot_take_a_case_from_the_lead(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit))))

    tie = people.declare_relationship(by=n.devi, about=n.dana, kind="relative", child=n.kit)
    assert case in Case.objects.readable_by(n.dana)

    people.confirm_relationship(by=n.morgan, tie=tie)
    assert case not in Case.objects.readable_by(anew(n.dana)), "two people said so"
    people.end_relationship(by=n.cleo, tie=tie, reason="They only share a name.")
    assert case in Case.objects.readable_by(anew(n.dana))


def test_nor_by_calling_her_a_parent(sunflowers: Nursery) -> None:
    n = sunflowers
    family = n.kit.family
    assert family is not None
    with pytest.raises(RuleBroken, match="opens cases here"):
        people.add_carer(by=n.devi, family=family, name="D", relation="Aunt", member=n.dana)


def test_a_colleague_who_cares_for_a_child_is_kept_out_of_what_concerns_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    family = n.kit.family
    assert family is not None
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    Recipient.objects.create(setting=n.setting, concern=concern, member=n.sam, why="test")
    assert concern in Concern.objects.readable_by(n.sam)

    people.add_carer(by=n.morgan, family=family, name="Sam", relation="Uncle", member=n.sam)

    assert concern not in Concern.objects.readable_by(anew(n.sam))


@pytest.mark.parametrize("declared_by", ["dana", "sam", "devi"])
def test_a_tie_counts_for_whoever_stands_by_it_and_no_other(
    sunflowers: Nursery, declared_by: str
) -> None:
    """Dana is out if she says so or confirms it. What Sam or Devi says does not count for her."""
    n = sunflowers
    by = n.people[declared_by]
    one, other = (n.sam, n.dana) if declared_by == "sam" else (n.dana, n.sam)
    tie = people.declare_relationship(by=by, about=one, kind="close", other_member=other)
    concern = filed(n.priya, about(n.sam))
    assert ("Dana" in told(concern)) == (declared_by != "dana")

    if declared_by != "dana":
        people.confirm_relationship(by=n.dana, tie=tie)
    assert concern not in Concern.objects.readable_by(anew(n.dana))


def test_an_accused_managers_puppet_is_told_nothing_until_a_second_person_confirmed(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    held = people.grant_role(by=n.morgan, to=n.omar, role=Role.LEAD)
    assert Role.LEAD not in again(n.omar).roles
    assert told(filed(n.priya, about(n.sam))) == {"Dana", "Morgan"}

    people.confirm_role(by=n.cleo, held=held, despite=in_a_hurry())
    assert Role.LEAD in again(n.omar).roles
    assert "Omar" in told(filed(n.priya, about(n.sam)))


def test_an_accused_manager_alone_ends_no_lead(sunflowers: Nursery) -> None:
    n = sunflowers
    for name in ("dana", "devi", "cleo", "wren"):
        for held in n.people[name].roles_held.exclude(role__in=["committee", "practitioner"]):
            people.end_role(by=n.morgan, held=held, reason="no reason")

    assert told(filed(n.priya, about(n.morgan))) == {"Dana", "Devi"}
