"""Whom a report in the wrong case kept out of it, or named in error there, once it was taken out."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.papers.case import content_of
from safeguarding.concerns.papers.child import ChildsFile
from safeguarding.concerns.permissions import (
    is_shut_out_of_case,
    may_decide_on,
    may_read_concern,
    may_read_this_case,
)
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from tests.people import anew, signed_in

from .given import GROOMING, WELFARE, a_case, a_report, case_on_paper, filed, url

WHY = "It was added to the case of another child by mistake."


def gathered(n: Nursery, kind: str) -> tuple[Case, Concern]:
    """A case, and a report about Maya that was taken into it. Devi is close to Maya."""
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.children["maya"])
    case = a_case(n.priya, n.dana, a_report(kind, Person("harmed", child=n.kit)))
    if kind == WELFARE:
        actions.let_know(by=n.dana, case=case, member=n.devi, reason="Deputy.")
    report = filed(n.sam, a_report(kind, Person("harmed", child=n.children["maya"])))
    actions.gather(by=n.dana, concern=report, case=case)
    assert is_shut_out_of_case(anew(n.devi), case)
    return case, Concern.objects.get(pk=report.pk)


@pytest.mark.parametrize("kind", [WELFARE, GROOMING])
def test_they_are_kept_out_no_longer_nor_put_back_on_the_list(
    sunflowers: Nursery, kind: str
) -> None:
    n = sunflowers
    case, report = gathered(n, kind)
    to_devi = Notification.objects.filter(recipient=n.devi, about_id=case.pk)
    assert to_devi.filter(path=case.path).exists(), "from when the case was opened"

    actions.take_out(by=n.dana, concern=report, case=case, reasons=WHY)

    devi, by_role = anew(n.devi), kind == WELFARE
    assert not is_shut_out_of_case(devi, case)
    assert not case.need_to_know.current(timezone.localdate()).filter(member=devi).exists()
    assert may_read_this_case(devi, case) is by_role
    assert may_decide_on(devi, case) is by_role
    assert Line.objects.get(event="concern.taken_out").details["no_longer"] == str(devi.pk)
    assert "Devi" not in str(case.entries.get(kind="taken_out").details)
    assert not to_devi.filter(path=case.path).exists()
    told = Notification.objects.filter(
        recipient=devi, kind__in=["report_taken_out", "report_waits_anew"]
    )
    assert not told.exists(), "they are not to know of a report that names whom they are close to"
    assert not may_read_concern(devi, report), "it still names whom they are close to"


def test_the_list_tells_them_no_word_of_it_and_tells_the_others(sunflowers: Nursery) -> None:
    n = sunflowers
    case, report = gathered(n, WELFARE)
    actions.take_out(by=n.dana, concern=report, case=case, reasons=WHY)
    of_the_list, why = url(n, "readers", case.pk), url(n, "why_read", case.pk)
    said = ("named in the case", "may no longer read")

    theirs = signed_in(n.devi)
    shown = theirs.get(of_the_list).text + theirs.get(why).text
    assert not any(one in shown for one in said)
    assert "Deputy." not in shown, "nor that they were on it, and from when on they were not"
    assert "not on its list" in shown

    others = signed_in(n.dana)
    assert said[0] in others.get(of_the_list).text
    assert said[0] in others.get(why, {"who": str(n.devi.pk)}).text


def taken_out_again(n: Nursery) -> Case:
    """A case that Dana led, out of which a report was taken that names a child she is close to."""
    tied = n.children["maya"]
    people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=tied)
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.kit)))
    report = filed(n.sam, a_report(WELFARE, Person("harmed", child=tied)))
    actions.gather(by=n.devi, concern=report, case=case)
    actions.take_out(by=n.devi, concern=report, case=case, reasons=WHY)
    return case


def test_who_was_let_in_instead_is_no_sign_of_it(sunflowers: Nursery) -> None:
    n = sunflowers
    shown = signed_in(n.dana).get(url(n, "readers", taken_out_again(n).pk)).text
    assert "so that enough people lead the case" in shown, "Devi"
    assert "named in the case" not in shown
    assert "may no longer read" not in shown


def test_nor_does_a_paper_that_they_make_of_the_case_tell_them(sunflowers: Nursery) -> None:
    n = sunflowers
    case = taken_out_again(n)
    said = {"recipient": "The police", "purpose": "They asked.", "with_readers": True}
    on_it = {row[0] for row in case_on_paper(anew(n.dana), case, **said).content["readers"]}
    assert (str(n.devi) in on_it, str(n.dana) in on_it) == (True, False)
    assert str(n.dana) in {row[0] for row in content_of(case, readers_for=n.devi)["readers"]}


def test_whom_a_later_tie_shut_out_leaves_the_list_before_it_would_let_them_in(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING, Person("harmed", child=n.kit)))
    report = filed(n.sam, a_report(GROOMING, Person("harmed", child=n.children["maya"])))
    actions.gather(by=n.dana, concern=report, case=case)
    actions.let_know(by=n.dana, case=case, member=n.wren, reason="Plans the staff.")
    people.declare_relationship(by=n.wren, about=n.wren, kind="relative", child=n.children["maya"])
    assert not may_read_this_case(anew(n.wren), case)

    actions.take_out(by=n.dana, concern=report, case=case, reasons=WHY)

    assert not may_read_this_case(anew(n.wren), case)


def test_a_child_named_in_error_in_the_wrong_case_is_named_by_the_report_again(
    sunflowers: Nursery,
) -> None:
    n, maya = sunflowers, sunflowers.children["maya"]
    case, report = gathered(n, WELFARE)
    named = report.involvements.get(child=maya)
    said = actions.say_named_in_error(by=n.dana, case=case, named=named, reason="Not in this.")
    actions.correct_entry(by=n.dana, case=case, entry=said, text="Maya was not there.")
    assert ChildsFile(maya, anew(n.dana)).concerns == []

    actions.take_out(by=n.dana, concern=report, case=case, reasons=WHY)

    assert ChildsFile(maya, anew(n.dana)).concerns == [report]
    shown = signed_in(n.devi).get(url(n, "chronology", case.pk)).text
    assert WHY in shown
    assert "Maya" not in shown, (
        "Devi is close to her, and is not to know of a report that names her"
    )
    left = dict(case.entries.get(kind="taken_out").details)["What left with it"]
    assert left == "What was said of it, and of whom it names"


def test_a_report_of_which_nobody_was_told_is_told_to_those_who_should_know(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    report = filed(n.sam, a_report(GROOMING))
    actions.gather(by=n.dana, concern=report, case=case)
    report.recipients.all().delete()

    actions.take_out(by=n.dana, concern=report, case=case, reasons=WHY)

    assert report.recipients.filter(member=n.dana).exists(), "else nobody could decide on it"
