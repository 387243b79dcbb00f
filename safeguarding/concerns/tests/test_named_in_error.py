"""A child who was chosen by mistake leaves what is not about them; it opens nothing to anybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.connections import related_to, siblings_to_add
from safeguarding.concerns.evidence import EACH_CHILD, SVH, each_child_supported
from safeguarding.concerns.forms.casework import children_of
from safeguarding.concerns.models import Case, Entry, Involvement
from safeguarding.concerns.papers.child import ChildsFile
from safeguarding.concerns.permissions import is_shut_out_of_case
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people.models import Child
from tests.people import anew, signed_in

from .given import a_case, a_report, filed

WHY = "It was Maya. Kit was not there."


@pytest.fixture
def mistaken(sunflowers: Nursery) -> Case:
    """A case in which Kit was named, who has nothing to do with it, and Maya, who has."""
    n = sunflowers
    named = Person("harmed", child=n.kit), Person("alleged", child=n.children["maya"])
    return a_case(n.priya, n.dana, a_report("welfare-concern", *named))


def of(case: Case, child: Child) -> Involvement:
    return case.everyone_involved().get(child=child)


def in_error(n: Nursery, case: Case) -> None:
    actions.say_named_in_error(by=n.dana, case=case, named=of(case, n.kit), reason=WHY)


def test_it_leaves_the_file_of_the_child_and_stays_in_the_case(
    sunflowers: Nursery, mistaken: Case
) -> None:
    n = sunflowers
    dana, link = signed_in(n.dana), n.setting.link_to
    people_page = link("concerns:people", mistaken.pk)
    address = link("concerns:named_in_error", mistaken.pk, of(mistaken, n.kit).pk)
    assert address in dana.get(people_page).text
    assert "still does not read the" in dana.get(address).text

    assert dana.post(address, {"reason": WHY}).status_code == 302

    assert "Kit Lindqvist: named in error" in dana.get(people_page).text
    kits, mayas = (ChildsFile(one, anew(n.dana)) for one in (n.kit, n.children["maya"]))
    assert (kits.cases, kits.concerns) == ([], [])
    assert mayas.cases == [mistaken]
    assert not Case.objects.with_child(n.kit).exists()
    entry = Entry.objects.get(kind="person")
    assert entry.text == f"Named in error: Kit Lindqvist: may have been harmed. {WHY}"
    assert dana.get(address).status_code == 404, "said once"


def test_what_it_opens_to_nobody(sunflowers: Nursery) -> None:
    """By saying so, a lead could let in whoever is close to the child."""
    n = sunflowers
    people.declare_relationship(by=n.sam, about=n.sam, kind="relative", child=n.kit)
    case = a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))
    in_error(n, case)
    assert is_shut_out_of_case(anew(n.sam), case)


def test_nothing_is_owed_to_or_found_through_the_child(sunflowers: Nursery, mistaken: Case) -> None:
    n = sunflowers
    other = filed(n.priya, a_report("welfare-concern", Person("harmed", child=n.kit)))
    involved = list(mistaken.everyone_involved().select_related("child"))
    concerns = [one.concern for one in mistaken.gathered.select_related("concern")]
    assert other in [one.concern for one in related_to(concerns, involved, anew(n.dana))]

    in_error(n, mistaken)

    assert children_of(mistaken) == [n.children["maya"]]
    involved = list(mistaken.everyone_involved().select_related("child"))
    assert other not in [one.concern for one in related_to(concerns, involved, anew(n.dana))]
    assert n.kit not in siblings_to_add(mistaken, involved, anew(n.dana))


def test_the_file_of_another_child_does_not_name_them(sunflowers: Nursery, mistaken: Case) -> None:
    n = sunflowers
    in_error(n, mistaken)
    file = ChildsFile(n.children["maya"], anew(n.dana))
    assert file.parts(mistaken) == ["Said to have done it"]
    page = (
        signed_in(n.dana).get(n.setting.link_to("concerns:childs_file", n.children["maya"].pk)).text
    )
    assert "Kit" not in page.partition("<main")[2].partition("</main")[0]


def test_no_file_says_of_them_what_was_said_in_error(sunflowers: Nursery, mistaken: Case) -> None:
    n = sunflowers
    in_error(n, mistaken)
    mayas = ChildsFile(n.children["maya"], anew(n.dana))
    assert mayas.people.of(mayas.concerns[0], str) == [
        "Another child: named in error",
        "Maya Osei: said to have done it",
    ]


def test_a_child_who_is_named_anew_has_the_report_back_in_their_file(
    sunflowers: Nursery, mistaken: Case
) -> None:
    """The part was wrong, and not the child."""
    n = sunflowers
    in_error(n, mistaken)
    actions.name_person(by=n.dana, case=mistaken, person=Person("witness", child=n.kit))
    kits = ChildsFile(n.kit, anew(n.dana))
    assert kits.parts(mistaken) == ["Saw or heard it"]
    [report] = kits.concerns
    assert "Kit Lindqvist: named in error" in kits.people.of(report, str)


def test_a_brother_who_was_named_in_error_can_be_added_as_brother(sunflowers: Nursery) -> None:
    n, theo = sunflowers, sunflowers.children["theo"]
    named = [Person("harmed", child=one) for one in (theo, n.children["isla"])]
    case = a_case(n.priya, n.dana, a_report("welfare-concern", *named))
    wrong, stale = of(case, theo), of(case, theo)
    actions.say_named_in_error(by=n.dana, case=case, named=wrong, reason=WHY)
    add = n.setting.link_to("concerns:add_sibling", case.pk, theo.pk)
    browser = signed_in(n.dana)
    assert add in browser.get(n.setting.link_to("concerns:people", case.pk)).text
    for _ in range(2):
        browser.post(add)
    assert [one.part for one in case.everyone_involved().filter(child=theo, in_error=False)] == [
        "sibling"
    ]
    with pytest.raises(RuleBroken, match="once"):  # somebody else had the page open
        actions.say_named_in_error(by=n.dana, case=case, named=stale, reason=WHY)


def test_who_may_say_so_and_of_whom(sunflowers: Nursery, mistaken: Case) -> None:
    n = sunflowers
    with pytest.raises(PermissionDenied):
        actions.say_named_in_error(
            by=n.morgan, case=mistaken, named=of(mistaken, n.kit), reason=WHY
        )
    adult = actions.name_person(by=n.dana, case=mistaken, person=Person("witness", member=n.sam))
    with pytest.raises(RuleBroken, match="Only a child"):
        actions.say_named_in_error(by=n.dana, case=mistaken, named=adult, reason=WHY)


def test_no_support_is_owed_to_them(sunflowers: Nursery) -> None:
    n = sunflowers
    named = [Person("harmed", child=one) for one in (n.kit, n.children["maya"])]
    case = a_case(n.priya, n.dana, a_report(SVH, *named))
    assert owed(n) == 2
    in_error(n, case)
    assert owed(n) == 1


def owed(n: Nursery) -> int:
    found = each_child_supported([n.setting.pk], timezone.now())[EACH_CHILD[0]]
    return found[n.setting.pk].owed
