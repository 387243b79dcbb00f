"""When a procedure that was begun by a slip is kept, what to do instead, and who is asked."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals import actions as asking
from safeguarding.approvals.asked import those_asked
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Outcome, Run
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, a_report, again, agreed, ended, filed, opened, url
from .test_begun_by_mistake import (
    FILTER,
    HATE,
    WHY,
    asked,
    carried_out,
    owed,
    run_of,
    set_aside,
    started,
)
from .test_begun_by_mistake import case as case
from .walker import Walker

pytestmark = pytest.mark.django_db


def refused(n: Nursery, case: Case, says: str, run: Run | None = None) -> None:
    with pytest.raises(RuleBroken, match=says):
        asked(n, case, run)
    assert not case.entries.filter(kind="set_aside").exists()


def test_what_was_done_in_it_is_said_to_be_in_error_first(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    step = carried_out(n, case, FILTER)
    if step.run.definition.by_id[step.step_id].records == "answers":
        step = carried_out(n, case, FILTER)
    entry = case.entries.get(outcome__step=step.step_id)
    refused(n, case, "Something was done in it")
    actions.say_recorded_in_error(by=n.dana, case=case, entry=entry, reason="Wrong line.")
    set_aside(n, case)


def test_the_only_procedure_is_kept_until_the_right_one_is_begun(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    refused(n, case, "Start the right one first", run_of(case, WELFARE))
    page = url(n, "set_aside", case.pk, run_of(case, WELFARE).pk)
    assert "Start the right one first" in signed_in(n.dana).get(page).text
    started(n, case, FILTER)
    set_aside(n, case, WELFARE)
    with pytest.raises(RuleBroken, match="Start the right one first"):
        asked(n, case)


def test_a_closed_case_a_record_of_an_adult_and_another_case_refuse(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    other = a_case(n.priya, n.dana)
    refused(n, other, "belongs to another case", run_of(case))
    adult = a_case(n.priya, n.dana, a_report("other", Person("alleged", member=n.sam)))
    run = started(n, adult, "low-level-concern")
    refused(n, adult, "keeps its procedures", run)
    assert url(n, "set_aside", adult.pk, run.pk) not in signed_in(n.dana).get(adult.path).text
    walker = Walker(n, other)
    walker.walk(leaving_out=True)
    ended(n.dana, other)
    refused(n, other, "Reopen it first", walker.run)
    with pytest.raises(RuleBroken, match="Say why"):
        asked(n, case, reason=" ")


def test_a_procedure_for_pictures_goes_where_no_picture_was_reported(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    started(n, case, IMAGE)
    set_aside(n, case, IMAGE)
    after = Case.objects.get(pk=case.pk)
    assert (after.record_class, after.takes_files, after.is_imagery) == ("C4", False, True)


def test_a_procedure_for_pictures_stays_where_there_may_be_one(
    sunflowers: Nursery, case: Case
) -> None:
    n, other = sunflowers, "indecent-images-on-setting-device"
    of_a_picture = a_case(n.priya, n.dana, a_report(IMAGE, Person("harmed", child=n.kit)))
    started(n, of_a_picture, HATE)
    refused(n, of_a_picture, "A report in this case", run_of(of_a_picture, IMAGE))
    started(n, of_a_picture, other)
    refused(n, of_a_picture, "A report in this case", run_of(of_a_picture, IMAGE))
    set_aside(n, of_a_picture, other)
    actions.reclassify_case(by=n.dana, case=case, record_class="C4", reason="A picture, perhaps.")
    started(n, case, other)
    refused(n, case, "not only because of this procedure", run_of(case, other))
    started(n, case, IMAGE)
    set_aside(n, case, other)


@pytest.mark.parametrize("kind", [IMAGE, "indecent-images-on-setting-device"])
def test_a_report_of_a_picture_that_comes_later_takes_it_up_again(
    sunflowers: Nursery, case: Case, kind: str
) -> None:
    n = sunflowers
    started(n, case, IMAGE)
    waiting = asked(n, case, run_of(case, IMAGE))
    agreed(waiting)
    assert owed(case, IMAGE) == set()
    later = filed(n.priya, a_report(kind, Person("harmed", child=n.kit)))
    actions.gather(by=n.dana, concern=later, case=Case.objects.get(pk=case.pk))
    assert owed(case, IMAGE)
    says = "A report in this case" if kind == IMAGE else "Start the right one for pictures first"
    with pytest.raises(RuleBroken, match=says):
        asked(n, case, run_of(case, IMAGE))


def test_opened_as_one_about_a_picture_by_hand_or_by_the_slip(sunflowers: Nursery) -> None:
    n = sunflowers
    by_hand = opened(n.dana, filed(n.priya), record_class="C4", procedures=[WELFARE])
    started(n, by_hand, IMAGE)
    refused(n, by_hand, "not only because of this procedure", run_of(by_hand, IMAGE))
    by_slip = opened(n.dana, filed(n.priya), record_class="C4", procedures=[WELFARE, IMAGE])
    set_aside(n, by_slip, IMAGE)


def test_how_closely_it_is_guarded_may_be_changed_and_is_again_when_it_is_taken_up(
    sunflowers: Nursery, case: Case
) -> None:
    n, closely = sunflowers, "child-sexual-exploitation"
    assert definitions()[closely].record_class == "C2"
    started(n, case, closely)
    how: Any = {"by": n.dana, "case": case, "record_class": "C1", "reason": "It was a slip."}
    with pytest.raises(RuleBroken, match="asks for it to be guarded"):
        actions.reclassify_case(**how)
    entry = set_aside(n, case, closely)
    assert Case.objects.get(pk=case.pk).record_class == "C2"
    actions.reclassify_case(**how)
    actions.say_recorded_in_error(by=n.dana, case=case, entry=entry, reason="It was none.")
    assert Case.objects.get(pk=case.pk).record_class == "C2"


def test_who_asks_and_who_says_yes(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    for member in (n.priya, n.morgan, n.cleo, n.tariq):
        with pytest.raises(PermissionDenied):
            actions.ask_to_set_aside(by=member, case=case, run=run_of(case), reason=WHY)
    approval = asked(n, case)
    assert n.devi in those_asked(approval)
    for member in (n.dana, n.priya, n.tariq, n.sam):
        with pytest.raises(PermissionDenied):
            asking.approve(by=member, approval=approval, seen=approval.digest)
    with pytest.raises(RuleBroken, match="nobody has said yes"):
        actions.set_aside_procedure(
            by=n.dana, case=case, run=run_of(case), reason=WHY, approval=approval
        )


def test_nobody_tied_to_the_case_is_the_second_person(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.kit)
    devi = again(n.devi)
    approval = asked(n, case)
    assert devi not in those_asked(approval)
    with pytest.raises(PermissionDenied):
        asking.approve(by=devi, approval=approval, seen=approval.digest)
    agreed(approval)
    assert owed(case) == set()
    assert not Notification.objects.filter(recipient=devi, kind="procedure_set_aside").exists()


def test_who_does_not_read_the_case_sees_which_case_and_not_what_about(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    approval = asked(n, case)
    seconds: list[Member] = those_asked(approval)
    for one in seconds:
        shown = signed_in(one).get(approval.get_absolute_url()).text
        reads = Case.objects.readable_by(one).filter(pk=case.pk).exists()
        assert (definitions()[FILTER].title in shown) == reads
        assert case.reference in shown


def test_only_the_whole_is_set_aside(sunflowers: Nursery, case: Case) -> None:
    n, run = sunflowers, run_of(case)
    for said in ({"step": "", "how": "done"}, {"step": "first-facts", "how": "set_aside"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outcome.objects.create(
                setting=n.setting, run=run, number=1, settled_by=n.dana, reason="x", **said
            )
