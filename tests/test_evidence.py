"""What the apps can show of the duties they touch, computed for any moment."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.evidence import Finding, evidenced, findings, sources
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.evidence import each_child_supported, work_handed_over
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Person, Report
from safeguarding.concerns.tests.given import case_on_paper
from safeguarding.people.actions import add_member, confirm_end, end_role, grant_role
from safeguarding.people.given import Person as NewPerson
from safeguarding.people.roles import Role
from safeguarding.procedures.evidence import duties, one_for_each_kind

HOUR = timedelta(hours=1)


def a_report(at: Nursery) -> Concern:
    report = Report(
        kind="cyberbullying",
        risk_area="conduct",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw="Something.",
        people=(Person("harmed", child=at.kit),),
    )
    return actions.file_report(by=at.priya, key=uuid4(), report=report)


def a_case(at: Nursery) -> Case:
    return actions.open_case(
        by=at.dana,
        concern=a_report(at),
        title="Messages",
        record_class="C1",
        procedures=["cyberbullying"],
        reasons="It has happened before.",
    )


def shown(at: Nursery, duty: str, moment: datetime | None = None) -> Finding:
    return findings([at.setting.pk], moment or timezone.now())[duty][at.setting.pk]


def test_every_duty_a_step_serves_is_evidenced() -> None:
    assert duties()
    assert duties() <= evidenced()


def test_an_unread_report_is_owed_then_late_then_kept(sunflowers: Nursery) -> None:
    concern = a_report(sunflowers)
    now = timezone.now()

    assert shown(sunflowers, "OSP-10-WELF-01a", now).state == "due"
    assert shown(sunflowers, "OSP-10-WELF-01a", now + 2 * HOUR).state == "overdue"
    actions.read_concern(by=sunflowers.dana, concern=concern)
    assert shown(sunflowers, "OSP-10-WELF-01a").state == "met"
    assert shown(sunflowers, "OSP-10-WELF-01a", now).state == "due", "the past still shows the past"


def test_a_step_counts_once_it_is_settled(sunflowers: Nursery) -> None:
    case = a_case(sunflowers)
    run = case.runs[0]
    state = next(one for one in run.states() if one.step.records == "note" and one.step.obligations)
    duty = state.step.obligations[0]
    before = shown(sunflowers, duty).kept

    step = actions.StepRef(run, state.step.id)
    actions.add_entry(by=sunflowers.dana, case=case, text="Done.", step=step)

    assert shown(sunflowers, duty).kept == before + 1
    assert shown(sunflowers, duty, timezone.now() - HOUR).kept == 0


def test_a_step_that_was_left_out_shows_nothing_of_its_duties(sunflowers: Nursery) -> None:
    n, case = sunflowers, a_case(sunflowers)
    run = case.runs[0]
    open_ones = [one for one in run.states() if one.status == "open" and one.way_out]
    state = next(one for one in open_ones if one.step.obligations)
    before = {duty: shown(n, duty).kept for duty in state.step.obligations}

    step = actions.StepRef(run, state.step.id)
    actions.leave_out(by=n.dana, case=case, step=step, reason="Not needed here.")

    assert {duty: shown(n, duty).kept for duty in state.step.obligations} == before


def test_a_post_nobody_holds_is_missing_from_that_day(sunflowers: Nursery) -> None:
    assert shown(sunflowers, "OSP-4-GEN-01").state == "met"
    yesterday = timezone.now()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        held = sunflowers.dana.roles_held.get()
        ending = end_role(by=sunflowers.morgan, held=held, reason="She has left.")
        assert shown(sunflowers, "OSP-4-GEN-01").state == "met"
        confirm_end(by=sunflowers.cleo, ending=ending)

        assert shown(sunflowers, "OSP-4-GEN-01").state == "overdue"
        assert shown(sunflowers, "OSP-4-GEN-01", yesterday).state == "met"


def test_a_role_written_down_today_changes_nothing_of_last_month(sunflowers: Nursery) -> None:
    n, before = sunflowers, timezone.now()
    month = timezone.localdate() - timedelta(days=31)
    posts = shown(n, "OSP-2-03").kept
    new = NewPerson("Nell Foster", "nell@x.example", frozenset({Role.PRACTITIONER}))
    grant_role(
        by=n.morgan, to=add_member(by=n.morgan, person=new), role=Role.COMMITTEE, starts=month
    )

    assert shown(n, "OSP-2-03").kept == posts + 1
    assert shown(n, "OSP-2-03", before).kept == posts


def test_a_paper_counts_from_the_day_it_was_made_unless_the_case_is_closely_guarded(
    sunflowers: Nursery,
) -> None:
    case, before = a_case(sunflowers), timezone.now()
    case_on_paper(sunflowers.dana, case, recipient="Ruth Field", purpose="Meeting")

    assert shown(sunflowers, "OSP-7-DATA-01").kept == 1
    assert shown(sunflowers, "OSP-7-DATA-01", before).kept == 0
    Case.objects.filter(pk=case.pk).update(record_class="C4")
    assert shown(sunflowers, "OSP-7-DATA-01").kept == 0


def test_support_counts_for_each_child_and_is_owed_to_the_one_without(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    children = [Person("harmed", child=n.kit), Person("alleged", child=n.noor)]
    report = Report(
        kind="sexual-violence-harassment",
        risk_area="conduct",
        in_danger_now=False,
        told_lead="yes",
        happened_on=timezone.localdate(),
        saw="Something.",
        people=tuple(children),
    )
    concern = actions.file_report(by=n.priya, key=uuid4(), report=report)
    case = actions.open_case(
        by=n.dana,
        concern=concern,
        title="In the garden",
        record_class="C2",
        procedures=["sexual-violence-harassment"],
        reasons="To understand it.",
    )
    duty, before = "OSP-11-SVH-05", shown(n, "OSP-11-SVH-05")
    assert each_child_supported([n.setting.pk], timezone.now())[duty] == {
        n.setting.pk: Finding(n.setting.pk, owed=2)
    }
    actions.give_support(by=n.dana, case=case, text="Time with her key person.", child=n.kit)

    assert each_child_supported([n.setting.pk], timezone.now())[duty] == {
        n.setting.pk: Finding(n.setting.pk, kept=1, owed=1)
    }
    assert shown(n, duty).kept == before.kept + 1
    assert shown(n, "MTSM-8.3.6a").kept == 1
    Case.objects.filter(pk=case.pk).update(record_class="C4")
    assert each_child_supported([n.setting.pk], timezone.now())[duty] == {}


def test_work_handed_over_is_owed_until_the_other_has_taken_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case, duty = a_case(n), "OSP-4-DSL-02"
    offer = actions.hand_work_over(
        by=n.dana, to=n.devi, cases={case: ""}, reports=[], reason="Away."
    )
    waiting = timezone.now()
    assert shown(n, duty).state == "due"

    actions.take_work(by=n.devi, handover=offer)

    assert shown(n, duty).state == "met"
    assert shown(n, duty, waiting).state == "due", "the past still shows the past"
    Case.objects.filter(pk=case.pk).update(record_class="C3")
    found = work_handed_over([n.setting.pk], timezone.now())
    assert found == {duty: {}}, "nothing moves with what is about an adult here"


def test_a_letter_kept_with_a_case_counts_until_it_is_frozen(sunflowers: Nursery) -> None:
    n = sunflowers
    case, duty = a_case(n), "OSP-4-DSL-08"
    before = shown(n, duty).kept
    said = {"name": "a.txt", "content": b"Words.", "text": "Hers."}
    file = actions.add_file(by=n.dana, case=case, **said)  # type: ignore[arg-type]
    assert shown(n, duty).kept == before + 1

    actions.freeze_file(by=n.dana, case_file=file, reason="Not ours.")
    assert shown(n, duty).kept == before


def test_there_is_a_procedure_for_each_kind_the_form_offers(sunflowers: Nursery) -> None:
    offered = [one for _, kinds_ in kinds.choices() for one, _ in kinds_ if one != kinds.OTHER]

    assert one_for_each_kind([sunflowers.setting.pk], timezone.now()) == {
        "OSP-1-06": {sunflowers.setting.pk: Finding(sunflowers.setting.pk, kept=len(offered))}
    }


def test_another_setting_adds_nothing(sunflowers: Nursery, bluebells: Nursery) -> None:
    a_case(bluebells)

    found = findings([sunflowers.setting.pk], timezone.now())
    assert found["OSP-10-WELF-01a"] == {sunflowers.setting.pk: Finding(sunflowers.setting.pk)}
    assert {setting for one in found.values() for setting in one} == {sunflowers.setting.pk}


@pytest.mark.parametrize("cases", [1, 4])
def test_the_number_of_queries_does_not_grow(
    cases: int, sunflowers: Nursery, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(cases):
        a_case(sunflowers)

    with django_assert_max_num_queries(sum(one.queries for one in sources())):
        findings([sunflowers.setting.pk], timezone.now())
