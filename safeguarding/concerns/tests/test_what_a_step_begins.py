"""A step that begins another procedure on the same case, and one that may not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock
from safeguarding.procedures.library import definitions
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, a_report, again
from .test_following_to_closure import begun, close

BULLYING = "cyberbullying"


def step(case: Case, name: str) -> StepRef:
    return StepRef(next(run for run in case.runs if name in run.definition.by_id), name)


def begins(n: Nursery, case: Case, name: str) -> None:
    """Record a step whose form is a note."""
    actions.add_entry(by=n.dana, case=case, text="Begun.", step=step(case, name))


def test_a_step_that_is_done_begins_its_procedure_with_its_clocks(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, BULLYING, "picture-involved")
    walker.walk(leaving_out=True, until="start-picture-procedure")
    link = sunflowers.setting.link_to(
        "concerns:step", walker.case.pk, walker.run.pk, "start-picture-procedure"
    )
    browser = signed_in(walker.lead)
    assert (
        f"Saving this begins “{definitions()[IMAGE].title}”" in browser.get(link).content.decode()
    )

    assert browser.post(link, {"text": "Nobody looks.", "at": ""} | today()).status_code == 302

    assert [run.definition_id for run in walker.case.runs] == [BULLYING, IMAGE]
    owed = Clock.objects.running().filter(subject_id=walker.case.pk)
    assert f"{IMAGE}/tell-lead" in {clock.key for clock in owed}
    started = [one for one in walker.case.entries.all() if one.text.startswith("Started: A nude")]
    assert len(started) == 1
    lines = Line.objects.filter(subject_id=walker.case.pk)
    assert lines.get(event="case.procedure_started").details["definition"] == IMAGE
    assert lines.get(event="case.reclassified").details["to"] == "C4"
    walker.walk(leaving_out=True)
    with pytest.raises(RuleBroken, match="A nude or part-nude picture"):
        close(walker)


def today() -> dict[str, str]:
    day = timezone.localdate()
    return {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}


def test_the_case_is_guarded_as_closely_as_what_begins(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = begun(n, BULLYING, "picture-involved")
    assert walker.case in Case.objects.readable_by(n.devi)
    walker.walk(leaving_out=True, until="start-picture-procedure")

    begins(n, walker.case, "start-picture-procedure")

    changed = Case.objects.get(pk=walker.case.pk)
    assert (changed.record_class, changed.is_imagery) == ("C4", True)
    assert changed in Case.objects.led_by(n.dana)
    assert changed not in Case.objects.readable_by(n.devi)
    assert changed.reclassifications.get().reason == f"It follows: {definitions()[IMAGE].title}"


def test_a_case_guarded_more_closely_stays_so(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report("indecent-images-accidental-exposure"))
    actions.start_procedure(
        by=n.dana, case=case, definition=definitions()[BULLYING], reason="Messages too."
    )

    assert Case.objects.get(pk=case.pk).record_class == "C4"
    assert not case.reclassifications.exists()


def test_what_is_under_way_already_goes_on(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = begun(n, BULLYING, "picture-involved")
    walker.walk(leaving_out=True, until="start-picture-procedure")
    first = actions.start_procedure(
        by=n.dana, case=walker.case, definition=definitions()[IMAGE], reason="There is one."
    )

    begins(n, walker.case, "start-picture-procedure")

    assert walker.case.runs.get(definition_id=IMAGE) == first


def test_whoever_may_not_decide_on_the_case_begins_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = begun(n, BULLYING, "picture-involved")
    walker.walk(leaving_out=True, until="start-picture-procedure")
    actions.let_know(by=n.dana, case=walker.case, member=n.priya, reason="Plans the room.")

    with pytest.raises(PermissionDenied):
        actions.add_entry(
            by=again(n.priya),
            case=walker.case,
            text="Begun.",
            step=step(walker.case, "start-picture-procedure"),
        )
    assert [run.definition_id for run in walker.case.runs] == [BULLYING]


@pytest.mark.parametrize("kind", [WELFARE, "child-sexual-exploitation", IMAGE])
@pytest.mark.parametrize("adult", ["allegation", "staff-misuse", "indecent-images-staff"])
def test_an_allegation_is_never_begun_on_a_childs_case(
    sunflowers: Nursery, kind: str, adult: str
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(kind))

    with pytest.raises(RuleBroken, match="Start an allegation record for it"):
        actions.start_procedure(
            by=n.dana, case=case, definition=definitions()[adult], reason="It is an adult."
        )
    assert case.runs.count() == 1


def test_on_a_case_about_an_adult_the_allegation_procedure_begins(sunflowers: Nursery) -> None:
    n = sunflowers
    report = a_report("indecent-images-staff", Person("alleged", member=n.sam))
    case = a_case(n.priya, n.morgan, report)

    actions.decide(
        by=n.morgan,
        case=case,
        to_act=True,
        text="The LADO is told.",
        reasons="It may be a crime.",
        step=step(case, "start-allegation"),
    )

    assert {run.definition_id for run in case.runs} == {"indecent-images-staff", "allegation"}
    assert Case.objects.get(pk=case.pk).record_class == "C3"
    assert not Case.objects.readable_by(again(n.sam)).exists()
