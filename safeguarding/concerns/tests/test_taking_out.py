"""A report that was gathered into the wrong case is taken out of it, and waits anew."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.audit.trail import System
from safeguarding.concerns import actions
from safeguarding.concerns.listing import page_of_waiting
from safeguarding.concerns.models import Case, Concern, Entry, PaperCopy, TakenOut, Undecided
from safeguarding.concerns.papers.child import ChildsFile
from safeguarding.concerns.permissions import may_read_concern
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from tests.budget import MOST, queries_of
from tests.people import anew, signed_in
from tests.standing import built_once

from .given import GROOMING, a_case, a_report, about, agreed, case_on_paper, filed, opened, url

WHY = "It was added to the case of another child by mistake."
SAW = "Maya said that the game asked for her address."


@built_once
def wrong(sunflowers: Nursery) -> Case:
    """The case of Kit, into which the report about Maya was taken."""
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))
    maya = Person("harmed", child=n.children["maya"])
    actions.gather(
        by=n.dana, concern=filed(n.sam, a_report("welfare-concern", maya, saw=SAW)), case=case
    )
    return case


def of_maya(n: Nursery) -> Concern:
    return Concern.objects.get(reported_by=n.sam)


def taken_out(n: Nursery, case: Case) -> TakenOut:
    return actions.take_out(by=n.dana, concern=of_maya(n), case=case, reasons=WHY)


def test_the_report_leaves_the_case_and_waits_for_a_decision_again(
    sunflowers: Nursery, wrong: Case
) -> None:
    n, dana = sunflowers, signed_in(sunflowers.dana)
    report = of_maya(n)
    page = url(n, "take_out", wrong.pk, report.pk)
    assert page in dana.get(url(n, "concern", report.pk)).text
    assert page in dana.get(url(n, "people", wrong.pk)).text
    assert dana.post(page, {"reasons": " "}).status_code == 422
    Concern.objects.filter(pk=report.pk).update(created_at=report.created_at - timedelta(days=2))

    assert dana.post(page, {"reasons": WHY}).status_code == 302

    assert report in page_of_waiting(anew(n.devi), None).rows
    owed = Clock.objects.running().get(subject_id=report.pk, key="decide")
    assert owed.owner == n.dana
    assert owed.due_at > timezone.now(), "the time begins anew"
    shown = dana.get(url(n, "concern", report.pk)).text
    assert "It was taken out of a case" in shown
    assert "by Dana Okafor, and waits" in shown
    assert wrong.title not in shown
    case = opened(n.dana, Concern.objects.get(pk=report.pk))
    assert report.pk in case.gathered.values_list("concern", flat=True)


def test_its_page_asks_no_more_than_others_whatever_was_said_of_it(
    sunflowers: Nursery, wrong: Case
) -> None:
    n, report = sunflowers, of_maya(sunflowers)
    taken_out(n, wrong)
    actions.add_to_report(by=n.sam, concern=report, text="More.", fingerprint="ab" * 32)
    [named] = report.involvements.all()
    actions.say_report_names_in_error(by=n.dana, concern=report, named=named, reason="Not her.")
    assert len(queries_of(signed_in(n.dana), url(n, "concern", report.pk))) <= MOST


def test_the_chronology_says_so_and_not_a_word_of_the_report(
    sunflowers: Nursery, wrong: Case
) -> None:
    n = sunflowers
    printed = case_on_paper(n.dana, wrong, recipient="R", purpose="P").copy
    taken = taken_out(n, wrong)

    entry = wrong.entries.get(kind="taken_out")
    code = of_maya(n).code
    assert entry.text == f"Report {code} was taken out of this case. {WHY}"
    assert dict(entry.details)["Given out on paper meanwhile"] == printed.code
    assert SAW not in signed_in(n.dana).get(url(n, "chronology", wrong.pk)).text
    assert SAW not in str(case_on_paper(n.dana, wrong, recipient="R", purpose="P").content)
    line = Line.objects.get(event="concern.taken_out")
    assert (line.subject_id, line.details["case"]) == (of_maya(n).pk, str(wrong.pk))
    told = Notification.objects.get(kind="report_taken_out")
    assert (told.recipient, told.path) == (n.devi, wrong.path)
    with pytest.raises(DatabaseError), transaction.atomic():
        TakenOut.objects.filter(pk=taken.pk).update(taken_out_by=n.devi)


def test_the_next_case_says_where_it_was_and_not_in_which(sunflowers: Nursery, wrong: Case) -> None:
    n = sunflowers
    printed = case_on_paper(n.dana, wrong, recipient="R", purpose="P").copy
    taken_out(n, wrong)
    right = opened(n.dana, of_maya(n))

    [said] = right.entries.exclude(of_report=None)
    assert "was part of another case from" in said.text
    assert "Dana Okafor took it out" in said.text
    assert printed.code in said.text
    for word in (WHY, wrong.title, wrong.reference):
        assert word not in said.text


def test_the_files_of_the_children_are_put_right(sunflowers: Nursery, wrong: Case) -> None:
    n, maya = sunflowers, sunflowers.children["maya"]
    assert ChildsFile(maya, anew(n.dana)).cases == [wrong]

    taken_out(n, wrong)

    mayas, kits = (ChildsFile(one, anew(n.dana)) for one in (maya, n.kit))
    assert (mayas.cases, mayas.concerns) == ([], [of_maya(n)])
    assert kits.cases == [wrong]
    assert of_maya(n) not in kits.concerns
    assert "Maya Osei: may have been harmed" not in map(str, wrong.everyone_involved())


def test_whoever_read_it_by_the_list_of_the_case_alone_has_no_way_to_it(
    sunflowers: Nursery, wrong: Case
) -> None:
    n, report = sunflowers, of_maya(sunflowers)
    actions.let_know(by=n.dana, case=wrong, member=n.morgan, reason="Plans the staff.")
    actions.add_to_report(by=n.sam, concern=report, text="More.", fingerprint="ab" * 32)
    actions.let_know(by=n.dana, case=wrong, member=n.wren, reason="Plans the staff.")
    assert may_read_concern(n.morgan, report)
    links = Notification.objects.filter(path__contains=str(report.pk))
    links.filter(recipient=n.devi).update(recipient=n.morgan)

    taken_out(n, wrong)

    morgan = anew(n.morgan)
    assert not may_read_concern(morgan, report)
    assert signed_in(n.morgan).get(url(n, "concern", report.pk)).status_code == 404
    assert report.code in signed_in(n.morgan).get(url(n, "chronology", wrong.pk)).text
    assert not links.filter(recipient=n.morgan).exists()
    assert may_read_concern(anew(n.devi), report)


def test_what_was_put_aside_before_waits_as_well_and_may_be_put_aside_again(
    sunflowers: Nursery, wrong: Case
) -> None:
    n, report = sunflowers, filed(sunflowers.wren)
    actions.put_aside(by=n.dana, concern=report, reasons="A cartoon.")
    actions.gather(by=n.dana, concern=report, case=wrong)
    actions.take_out(by=n.dana, concern=report, case=wrong, reasons=WHY)

    report = Concern.objects.get(pk=report.pk)
    assert report.is_waiting
    assert "A cartoon." not in signed_in(n.dana).get(url(n, "chronology", wrong.pk)).text
    actions.put_aside(by=n.dana, concern=report, reasons="A cartoon, again.")
    right = opened(n.dana, report)
    said = " ".join(one.text for one in right.entries.all())
    assert "A cartoon." in said
    assert "A cartoon, again." in said


def test_the_reporter_sees_that_it_waits_and_hears_of_the_next_decision(
    sunflowers: Nursery, wrong: Case
) -> None:
    n = sunflowers
    taken_out(n, wrong)
    assert of_maya(n).progress == "received"
    opened(n.dana, of_maya(n))
    assert of_maya(n).progress == "acted on"
    told = Notification.objects.filter(recipient=n.sam, kind="report_acted_on")
    assert told.count() == 2


def test_who_is_reminded_of_the_first_wait_is_reminded_of_the_next(
    sunflowers: Nursery, wrong: Case
) -> None:
    n = sunflowers
    taken_out(n, wrong)
    late = Clock.objects.running().get(subject_id=of_maya(n).pk)
    Notification.objects.filter(kind="report_undecided").delete()
    actions.escalate_undecided(by=system(n), concern=of_maya(n), clock=late)
    actions.gather(by=n.dana, concern=of_maya(n), case=wrong)
    taken_out(n, wrong)
    late = Clock.objects.running().get(subject_id=of_maya(n).pk)
    actions.escalate_undecided(by=system(n), concern=of_maya(n), clock=late)
    assert Notification.objects.filter(kind="report_undecided", recipient=n.dana).count() == 2


def system(n: Nursery) -> System:
    return System("Timed work", n.setting.pk)


def test_taken_out_once(sunflowers: Nursery, wrong: Case) -> None:
    n = sunflowers
    taken_out(n, wrong)
    with pytest.raises(RuleBroken, match="a moment ago"):
        taken_out(n, wrong)
    page = signed_in(n.dana).get(url(n, "take_out", wrong.pk, of_maya(n).pk))
    assert "It stays in this case" in page.text
    assert TakenOut.objects.count() == Undecided.objects.count() == 1


def test_the_only_report_of_a_case_stays_and_the_page_says_what_to_do(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    concern = case.gathered.get().concern
    with pytest.raises(RuleBroken, match="only report of the case"):
        actions.take_out(by=n.dana, concern=concern, case=case, reasons=WHY)
    page = signed_in(n.dana).get(url(n, "take_out", case.pk, concern.pk)).text
    assert "named in error" in page
    assert 'name="reasons"' not in page


def test_nothing_leaves_a_closed_case_nor_a_record_about_an_adult(
    sunflowers: Nursery, wrong: Case
) -> None:
    n = sunflowers
    wrong.closures.create(setting=n.setting, closed_by=n.dana, outcome="Done.")
    with pytest.raises(RuleBroken, match="case is closed"):
        taken_out(n, wrong)
    allegation = opened(n.dana, filed(n.priya, about(n.sam)))
    second = filed(n.priya, about(n.sam))
    actions.gather(by=n.dana, concern=second, case=allegation)
    with pytest.raises(RuleBroken, match="stays in its record"):
        actions.take_out(by=n.dana, concern=second, case=allegation, reasons=WHY)


def test_only_who_decides_on_the_case_takes_out(sunflowers: Nursery, wrong: Case) -> None:
    n = sunflowers
    actions.let_know(by=n.dana, case=wrong, member=n.morgan, reason="Plans the staff.")
    page = url(n, "take_out", wrong.pk, of_maya(n).pk)
    assert signed_in(n.morgan).get(page).status_code == 403
    for who in (n.morgan, n.priya, n.cleo):
        with pytest.raises(PermissionDenied):
            actions.take_out(by=who, concern=of_maya(n), case=wrong, reasons=WHY)


def test_of_a_case_with_a_list_those_who_were_told_read_it_again_and_nobody_else(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(GROOMING))
    report = filed(n.sam, a_report(GROOMING))
    actions.gather(by=n.dana, concern=report, case=case)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="Plans the staff.")
    report.recipients.filter(member=n.dana).delete()
    assert may_read_concern(n.dana, report)

    actions.take_out(by=n.dana, concern=report, case=case, reasons=WHY)

    assert not may_read_concern(anew(n.morgan), report)
    assert may_read_concern(anew(n.devi), report)
    assert Clock.objects.running().get(subject_id=report.pk, key="decide").owner == n.devi
    assert Entry.objects.filter(case=case, kind="taken_out").count() == 1


def test_a_paper_that_was_agreed_to_with_it_is_not_given_out(
    sunflowers: Nursery, wrong: Case
) -> None:
    n = sunflowers
    asked = actions.ask_to_print_case(by=n.dana, case=wrong, recipient="R", purpose="P")
    copy = PaperCopy.objects.get(approval=agreed(asked))
    taken_out(n, wrong)
    with pytest.raises(RuleBroken, match="more was written"):
        actions.take_paper(by=n.dana, copy=copy)
    assert "Given out on paper meanwhile" not in dict(wrong.entries.get(kind="taken_out").details)
