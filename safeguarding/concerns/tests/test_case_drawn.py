"""Where a case stands, drawn: the marks say what the checklist says, to those who read the case."""

from datetime import timedelta
from html import unescape

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry as TrailEntry
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.checklist import checklists
from safeguarding.concerns.drawn import drawn
from safeguarding.concerns.models import Case
from safeguarding.procedures.drawing import Drawn
from safeguarding.procedures.tests.test_drawing import sound
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

from .given import IMAGE, a_case, a_report
from .walker import Walker


@built_once
def case(sunflowers: Nursery) -> Case:
    return a_case(sunflowers.priya, sunflowers.dana, a_report(IMAGE))


def marks(case: Case) -> dict[str, Drawn]:
    """Every box of the drawing, by its step."""
    [checklist] = checklists(case, timezone.now())
    found = drawn(checklist, {})
    sound(found.sheet)
    return {one.step.id: one for one in found.boxes}


def answered(here: Nursery, case: Case, step: str, *yes: str) -> None:
    run = case.runs.get()
    asks = run.definition.by_id[step].asks
    actions.answer_step(
        by=here.dana,
        case=case,
        step=StepRef(run, step),
        answers={one: one in yes for one in asks},
    )


def test_each_step_is_marked_by_where_it_stands(sunflowers: Nursery, case: Case) -> None:
    walker = Walker(sunflowers, case)
    walker.carry_out(walker.run.definition.by_id["tell-lead"])
    answered(sunflowers, case, "first-facts")
    ref = StepRef(walker.run, "secure-device")
    actions.leave_out(by=sunflowers.dana, case=case, step=ref, reason="There is none.")

    now = marks(case)

    assert now["tell-lead"].look == "done"
    assert now["refer-police"].look == "open"
    assert now["look"].look == "locked"
    assert now["secure-device"].look == "against"
    assert now["block-access"].look == "not-needed"
    assert "Decided against" in now["secure-device"].box.lines[0].text


def test_what_is_late_is_marked_as_overdue(sunflowers: Nursery, case: Case) -> None:
    assert marks(case)["refer-police"].look == "open"
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        late = marks(case)["refer-police"]

    assert late.look == "overdue"
    assert late.box.lines[0].text.startswith("Overdue: by ")


def test_a_padlock_opens_once_its_questions_are_answered_yes(
    sunflowers: Nursery, case: Case
) -> None:
    assert marks(case)["look"].gate == "locked"
    answered(sunflowers, case, "check-need-to-look", "no-other-way")
    assert marks(case)["look"].gate == "locked", "a second senior person is not there yet"

    answered(sunflowers, case, "check-need-to-look", "no-other-way", "second-senior-person")

    now = marks(case)["look"]
    assert (now.gate, now.look) == ("unlocked", "locked"), "the reason is still to be written"


def test_the_page_shows_the_drawing_and_the_same_as_a_list(sunflowers: Nursery, case: Case) -> None:
    run = case.runs.get()
    path = sunflowers.setting.link_to("concerns:drawing", case.pk, run.pk)
    browser = signed_in(sunflowers.dana)

    assert path in browser.get(case.path).content.decode(), "reachable from the case"
    page = unescape(browser.get(path).content.decode())
    listed = page.partition("The same as a list")[2]
    assert all(step.do in listed for step in run.definition.steps)
    assert page.count("hr-drawn hr-drawn--") == len(run.definition.steps)
    assert TrailEntry.objects.filter(event="case.procedure_read", subject_id=case.pk).exists()


def test_only_who_reads_the_case_sees_where_it_stands(
    sunflowers: Nursery, bluebells: Nursery, case: Case
) -> None:
    run = case.runs.get()
    path = sunflowers.setting.link_to("concerns:drawing", case.pk, run.pk)

    for outsider in (sunflowers.priya, sunflowers.morgan, sunflowers.tariq, bluebells.dana):
        assert signed_in(outsider).get(path).status_code == 404
    unchecked = signed_in(sunflowers.dana, second_check=False)
    assert unchecked.get(path).status_code == 302


def test_the_drawing_of_another_case_is_not_found(sunflowers: Nursery, case: Case) -> None:
    other = a_case(sunflowers.priya, sunflowers.dana).runs.get()
    path = sunflowers.setting.link_to("concerns:drawing", case.pk, other.pk)

    assert signed_in(sunflowers.dana).get(path).status_code == 404


def test_the_drawing_costs_the_same_however_far_the_case_has_come(
    sunflowers: Nursery, case: Case
) -> None:
    browser = signed_in(sunflowers.dana)
    browser.get(sunflowers.setting.home)
    path = sunflowers.setting.link_to("concerns:drawing", case.pk, case.runs.get().pk)
    few = queries_of(browser, path)
    Walker(sunflowers, case).walk(leaving_out=True)

    assert len(queries_of(browser, path)) == len(few) <= MOST
