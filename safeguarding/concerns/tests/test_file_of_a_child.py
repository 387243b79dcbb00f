"""The file of one child: across cases, from that child alone, and never a hint of what one may not read."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Addendum, Case
from safeguarding.concerns.papers.child import ChildsFile
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

from .childs_files import FOR_KIT, an_incident, main, page
from .given import (
    IMAGE,
    WELFARE,
    a_case,
    a_report,
    again,
    case_on_paper,
    file_on_paper,
    filed,
    opened,
)


@built_once
def incident(sunflowers: Nursery) -> Case:
    return an_incident(sunflowers)


def test_each_childs_file_shows_its_own_view(sunflowers: Nursery, incident: Case) -> None:
    n = sunflowers
    kits, islas = page(n, n.dana, n.kit), page(n, n.dana, n.isla)

    for name in ("Isla", "Byrne", "Rory"):
        assert name not in main(kits)
    assert "Another child: said to have done it" in kits
    assert "Somebody else: saw or heard it" in kits
    assert "[another child] took the tablet from Kit." in kits
    assert "A quiet corner." in kits
    assert "A talk about turns." not in kits
    assert "Kit" not in main(islas)
    assert "Another child: may have been harmed" in islas
    assert "A talk about turns." in islas
    assert "A quiet corner." not in islas
    assert "Rory’s mother" in page_of_case(n, incident), "what was written stays"


def test_a_child_who_is_only_spoken_of_is_not_named_either(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    actions.add_entry(by=n.dana, case=incident, text="Noor Rahman saw it; noor told her mother.")

    assert "[another child] saw it; [another child] told her mother." in page(n, n.dana, n.kit)


def page_of_case(n: Nursery, case: Case) -> str:
    link = n.setting.link_to("concerns:chronology", case.pk)
    return signed_in(n.dana).get(link).content.decode()


def test_it_gathers_all_that_concerns_the_child_in_the_order_of_time(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    day = timezone.localdate().replace(year=timezone.localdate().year - 1)
    waiting = filed(n.sam, a_report(WELFARE, Person("witness", child=n.kit), happened_on=day))
    filed(n.sam, a_report(WELFARE, Person("harmed", child=n.noor)))
    file = ChildsFile(n.kit, n.dana)

    assert file.items[0].row == waiting
    assert {one.row for one in file.items if one.is_report} == {
        waiting,
        incident.gathered.get().concern,
    }
    moments = [one.moment for one in file.items]
    assert moments == sorted(moments)


def test_a_report_that_names_no_child_belongs_to_the_children_of_its_case(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    others = filed(n.sam, a_report(WELFARE, Person("harmed", child=n.noor)))
    actions.gather(by=n.dana, concern=others, case=case)
    actions.name_person(by=n.dana, case=case, person=Person("harmed", child=n.kit))

    nobodys = case.gathered.earliest("created_at").concern
    assert {one.pk for one in ChildsFile(n.kit, n.dana).concerns} == {nobodys.pk}
    assert {one.pk for one in ChildsFile(n.noor, n.dana).concerns} == {nobodys.pk, others.pk}


def test_who_may_read_one_case_sees_that_and_no_hint_of_another(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    actions.let_know(by=n.dana, case=incident, member=n.morgan, reason="plans the staff")
    before = main(page(n, n.morgan, n.kit))
    hidden = a_case(n.sam, n.dana, a_report(IMAGE, Person("harmed", child=n.kit)))
    case_on_paper(n.dana, hidden, recipient="Police", purpose="They asked")
    file_on_paper(n.dana, n.kit, hidden=[], **FOR_KIT)

    assert main(page(n, n.morgan, n.kit)) == before
    assert incident.reference in before
    assert hidden.reference in page(n, n.dana, n.kit)


@pytest.mark.parametrize("who", ["priya", "sam", "pat", "cleo", "morgan"])
def test_who_reads_nothing_of_it_finds_no_file_whether_there_is_one_or_not(
    sunflowers: Nursery, incident: Case, who: str
) -> None:
    n = sunflowers
    browser = signed_in(n.people[who])
    for child in (n.kit, n.noor):
        for name in ("concerns:childs_file", "concerns:print_file"):
            assert browser.get(n.setting.link_to(name, child.pk)).status_code == 404
    assert Line.objects.filter(event="child.refused", actor_id=n.people[who].pk).count() == 4


def test_one_tied_to_a_child_does_not_see_what_is_said_of_it(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=n.isla)

    for child in (n.isla, n.kit, n.noor):
        assert "Nothing here that you may read" in page(n, again(n.dana), child)


def test_the_subjects_view_of_a_file_is_the_same_before_and_after_an_allegation(
    sunflowers: Nursery, incident: Case
) -> None:
    """Rule R12, on the page and on paper, for every step an allegation takes."""
    n = sunflowers
    before = main(page(n, n.dana, n.kit))
    paper = _paper(n)
    report = a_report(
        WELFARE, Person("alleged", member=n.dana), Person("harmed", child=n.kit), saw="She hit Kit."
    )
    concern = filed(n.priya, report)
    assert (main(page(n, n.dana, n.kit)), _paper(n)) == (before, paper)
    case = opened(n.morgan, concern)
    actions.add_entry(by=n.morgan, case=case, text="We rang the LADO about Kit.")
    actions.let_know(by=n.morgan, case=case, member=n.cleo, reason="the second person")
    case_on_paper(n.morgan, case, recipient="LADO", purpose="They asked")

    assert (main(page(n, n.dana, n.kit)), _paper(n)) == (before, paper)


def _paper(n: Nursery) -> str:
    printed = file_on_paper(n.dana, n.kit, hidden=["Isla"], **FOR_KIT)
    return printed.copy.digest


def test_what_is_about_an_adult_here_is_in_no_file_even_for_those_who_read_it(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    before = main(page(n, n.dana, n.kit))
    report = a_report(WELFARE, Person("alleged", member=n.sam), Person("harmed", child=n.kit))
    case = opened(n.dana, filed(n.priya, report))
    assert case in Case.objects.readable_by(n.dana)

    assert main(page(n, n.dana, n.kit)) == before
    people_page = signed_in(n.dana).get(n.setting.link_to("concerns:people", case.pk))
    assert n.setting.link_to("concerns:childs_file", n.kit.pk) not in people_page.content.decode()


def test_looking_for_something_works_here_too(sunflowers: Nursery, incident: Case) -> None:
    n = sunflowers
    link, browser = n.setting.link_to("concerns:childs_file", n.kit.pk), signed_in(n.dana)

    only_reports = browser.post(link, {"kind": "report"}, follow=True).content.decode()
    assert "took the tablet" in only_reports
    assert "A quiet corner." not in only_reports
    corner = browser.post(link, {"words": "QUIET corner"}).content.decode()
    assert "A quiet corner." in corner
    assert "took the tablet" not in corner
    wrong = browser.post(link, {"until_day": "40", "until_month": "1", "until_year": "2026"})
    assert wrong.status_code == 422
    assert "“40” is not" in wrong.content.decode() or "40 January is not" in wrong.content.decode()


def test_a_correction_points_to_what_it_corrects(sunflowers: Nursery, incident: Case) -> None:
    n = sunflowers
    [entry] = [one for one in incident.entries.all() if one.text.startswith("Rory")]
    actions.correct_entry(by=n.dana, case=incident, entry=entry, text="It was his gran.")
    number = ChildsFile(n.kit, n.dana).numbers.of(entry.pk)

    assert f"Corrects entry {number}." in page(n, n.dana, n.kit)


def test_a_file_with_sixty_reports_costs_what_one_with_ten_does(sunflowers: Nursery) -> None:
    n, browser = sunflowers, signed_in(sunflowers.dana)
    links = [
        n.setting.link_to(f"concerns:{name}", n.kit.pk) for name in ("childs_file", "print_file")
    ]
    _many(n, 10)
    browser.get(links[0])
    few = [len(queries_of(browser, link)) for link in links]
    _many(n, 50)

    assert few == [len(queries_of(browser, link)) for link in links]
    assert max(few) <= MOST
    text = browser.get(links[0]).content.decode()
    assert text.count("hr-timeline__item") == 50
    assert "Later" in text


def _many(n: Nursery, many: int) -> None:
    """Reports about Kit; every fifth is a case with a review of several actions."""
    for number in range(many):
        both = (Person("harmed", child=n.kit), Person("alleged", child=n.isla))
        concern = filed(n.priya, a_report(WELFARE, *both, saw=f"Isla, time {number}."))
        text = {"text": "More.", "fingerprint": str(number)}
        Addendum.objects.create(setting=n.setting, concern=concern, added_by=n.sam, **text)
        if number % 5 == 0:
            case = opened(n.dana, concern)
            actions.add_entry(by=n.devi, case=case, text="Rang.")
            actions.give_support(by=n.dana, case=case, text="A talk.", child=n.kit)
