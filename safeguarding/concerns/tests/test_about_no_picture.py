"""A case guarded by hand as one about a picture closes after a procedure for pictures, or two's word."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.asked import those_asked
from safeguarding.approvals.models import Approval
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.procedures.library import definitions
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

from .given import IMAGE, WELFARE, a_case, a_report, again, agreed, ended, filed, opened, url
from .test_begun_by_mistake import carried_out, owed, run_of, set_aside, started
from .walker import Walker

WHY = "The photograph that was meant is of a garden."
WANTED = "no procedure for pictures is followed"
pytestmark = pytest.mark.django_db


@built_once
def case(sunflowers: Nursery) -> Case:
    """A case whose own procedure is done, and which somebody then guarded as one about a picture."""
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    by_hand(n, walker.case)
    return Case.objects.get(pk=walker.case.pk)


def by_hand(n: Nursery, case: Case, **more: Any) -> None:
    why = "There may be a picture."
    actions.reclassify_case(by=n.dana, case=case, record_class="C4", reason=why, **more)


def asked(n: Nursery, case: Case) -> Approval:
    return actions.ask_to_say_no_picture(by=n.dana, case=case, reason=WHY)


def is_kept_open(n: Nursery, case: Case, says: str = WANTED) -> None:
    with pytest.raises(RuleBroken, match=says):
        ended(n.dana, case)


def test_it_does_not_close_before_a_procedure_was_followed(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    is_kept_open(n, case)
    browser = signed_in(n.dana)
    assert WANTED in browser.get(url(n, "close", case.pk)).text
    shown = browser.get(case.path).text
    assert "follows none" in shown
    assert url(n, "no_picture", case.pk) in shown
    assert len(queries_of(browser, case.path)) <= MOST
    started(n, case, IMAGE)
    assert "follows none" not in browser.get(case.path).text
    is_kept_open(n, case, definitions()[IMAGE].title)


@pytest.mark.parametrize("reported", [WELFARE, IMAGE])
def test_nor_where_it_was_opened_so(sunflowers: Nursery, reported: str) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(reported, Person("harmed", child=n.kit)))
    case = opened(n.dana, concern, record_class="C4", procedures=[WELFARE])
    Walker(n, case).walk(leaving_out=True)
    is_kept_open(n, case)
    if reported == IMAGE:
        with pytest.raises(RuleBroken, match="followed to its end"):
            asked(n, case)
        assert "if no report is about one" in signed_in(n.dana).get(case.path).text


def test_whoever_guards_it_so_may_begin_the_procedure_at_once(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    page = url(n, "reclassify", case.pk)
    said = {"record_class": "C2", "reason": "Perhaps.", "follow": IMAGE}
    refused = signed_in(n.dana).post(page, said)
    assert (refused.status_code, "Leave this empty" in refused.text) == (422, True)
    assert signed_in(n.dana).post(page, said | {"record_class": "C4"}).status_code == 302
    assert owed(case, IMAGE)
    assert case.reclassifications.get().by_hand
    with pytest.raises(RuleBroken, match="not only because of this procedure"):
        actions.ask_to_set_aside(by=n.dana, case=case, run=run_of(case, IMAGE), reason=WHY)


@pytest.mark.parametrize("definition", [WELFARE, "indecent-images-staff"])
def test_only_a_procedure_for_pictures_of_children_begins_so(
    sunflowers: Nursery, definition: str
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    with pytest.raises(RuleBroken, match="begins here only"):
        by_hand(n, case, follow=definitions()[definition])
    assert Case.objects.get(pk=case.pk).record_class == "C1"


def test_two_people_say_that_it_is_about_none(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    browser, page = signed_in(n.dana), url(n, "no_picture", case.pk)
    assert browser.post(page, {"reason": ""}).status_code == 422
    assert len(queries_of(browser, page)) <= MOST
    waits = browser.post(page, {"reason": WHY})["Location"]
    assert "It waits for a second person" in browser.get(page).text
    is_kept_open(n, case)
    approval = Approval.objects.get()
    assert WHY in signed_in(those_asked(approval)[0]).get(waits).text

    agreed(approval)

    entry = case.entries.get(kind="no_picture")
    assert [label for label, _ in entry.details] == ["Second person"]
    assert "Two people have said so" in browser.get(page).text
    assert len(queries_of(browser, page)) <= MOST
    assert "follows none" not in browser.get(case.path).text
    ended(n.dana, case)
    after = Case.objects.get(pk=case.pk)
    assert (after.is_open, after.record_class, after.takes_files) == (False, "C4", False)


def test_one_alone_takes_it_back(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    agreed(asked(n, case))
    with pytest.raises(RuleBroken, match="said already"):
        asked(n, case)
    entry = case.entries.get(kind="no_picture")
    actions.say_recorded_in_error(by=n.dana, case=case, entry=entry, reason="It was another.")
    is_kept_open(n, case)
    agreed(asked(n, case))
    ended(n.dana, case)


def test_a_report_that_comes_makes_the_yes_void(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    before = asked(n, case)
    later = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    actions.gather(by=n.dana, concern=later, case=case)
    with pytest.raises(RuleBroken, match="nobody has said yes to exactly this"):
        agreed(before)
    agreed(asked(n, case))
    picture = filed(n.priya, a_report(IMAGE, Person("harmed", child=n.kit)))
    actions.gather(by=n.dana, concern=picture, case=case)
    is_kept_open(n, case, "A report in this case is about a picture")
    shown = signed_in(n.dana).get(url(n, "no_picture", case.pk)).text
    assert "A report in this case is about a picture" in shown
    assert "can be closed without" not in shown


def test_a_procedure_that_was_begun_goes_first_or_is_set_aside_then(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    started(n, case, IMAGE)
    agreed(asked(n, case))
    is_kept_open(n, case, definitions()[IMAGE].title)
    browser, page = signed_in(n.dana), url(n, "no_picture", case.pk)
    assert "can be closed without" not in browser.get(page).text
    assert len(queries_of(browser, page)) <= MOST
    set_aside(n, case, IMAGE)
    assert "can be closed without" in browser.get(page).text
    ended(n.dana, case)


def test_not_where_something_was_done_for_it(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    started(n, case, IMAGE)
    while run_of(case, IMAGE).first_done is None:
        carried_out(n, case, IMAGE)
    with pytest.raises(RuleBroken, match="Something was done in it"):
        asked(n, case)


def test_where_the_class_came_with_a_procedure_setting_that_aside_is_enough(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    walker.walk(leaving_out=True)
    with pytest.raises(RuleBroken, match="not guarded as one about a picture"):
        asked(n, walker.case)
    started(n, walker.case, IMAGE)
    with pytest.raises(RuleBroken, match="only because of a procedure"):
        asked(n, walker.case)
    set_aside(n, walker.case, IMAGE)
    with pytest.raises(RuleBroken, match="Nothing more is wanted"):
        asked(n, walker.case)
    ended(n.dana, walker.case)


def test_who_asks_who_says_yes_and_who_is_told(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    actions.let_know(by=n.dana, case=case, member=n.devi, reason="She leads too.")
    people.declare_relationship(by=n.morgan, about=n.morgan, kind="relative", child=n.noor)
    actions.name_person(by=n.dana, case=case, person=Person("harmed", child=n.noor))
    for member in (n.priya, n.morgan, n.cleo, n.tariq):
        with pytest.raises(PermissionDenied):
            actions.ask_to_say_no_picture(by=member, case=case, reason=WHY)
    approval = actions.ask_to_say_no_picture(by=n.devi, case=case, reason=WHY)
    assert [one.display_name for one in those_asked(approval)] == [n.dana.display_name]
    assert again(n.morgan) not in those_asked(approval)
    agreed(approval)
    assert not Notification.objects.filter(kind="none_needed").exists(), "both know"


def test_who_does_not_read_it_sees_no_word_of_a_picture(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    approval = asked(n, case)
    for one in those_asked(approval):
        shown = signed_in(one).get(approval.get_absolute_url()).text
        reads = Case.objects.readable_by(one).filter(pk=case.pk).exists()
        assert ("about no picture of a child" in shown) == reads
        assert case.reference in shown
    assert not Entry.objects.filter(kind="no_picture").exists()
