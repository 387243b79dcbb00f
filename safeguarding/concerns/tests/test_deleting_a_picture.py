"""Deleting a picture, and what a later answer changes."""

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from tests.people import signed_in

from .given import IMAGE, a_case, a_report, day, url
from .walker import Walker


def begun(n: Nursery, *yes: str) -> Walker:
    return Walker(n, a_case(n.priya, n.dana, a_report(IMAGE)), yes=yes)


def status(walker: Walker, step: str) -> str:
    return walker.now[step].status


@pytest.mark.parametrize("missing", ["no-agency-needed", "deleting-is-safe"])
def test_nothing_is_deleted_while_an_agency_or_a_risk_stands_in_the_way(
    sunflowers: Nursery, missing: str
) -> None:
    walker = begun(sunflowers, *({"no-agency-needed", "deleting-is-safe"} - {missing}))
    walker.walk(leaving_out=True)

    with pytest.raises(RuleBroken):
        walker.carry_out(walker.run.definition.by_id["delete"])
    assert not walker.case.entries.filter(kind="deletion").exists()


def test_whoever_deleted_it_is_not_the_one_who_saw_that_it_was_done(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "no-agency-needed", "deleting-is-safe")
    walker.walk(leaving_out=True, until="delete")
    link = url(sunflowers, "step", walker.case.pk, walker.run.pk, "delete")
    browser = signed_in(sunflowers.dana)
    said = {"deleted_by": "Ms Lund", "text": "Her telephone.", **day()}

    alone = browser.post(link, said | {"witness": "ms  LUND"})
    assert alone.status_code == 422
    assert "Write who else was there" in alone.content.decode()
    assert browser.post(link, said | {"witness": "Dana Okafor"}).status_code == 302

    assert status(walker, "delete") == "done"


def test_a_changed_answer_opens_and_shuts_the_gate_again(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "no-agency-needed", "deleting-is-safe")
    walker.walk(leaving_out=True, until="delete")
    assert status(walker, "delete") == "open"

    walker.yes = ()
    walker.carry_out(walker.run.definition.by_id["check-deleting"])

    assert status(walker, "delete") == "not_needed"


def test_an_answer_that_comes_later_makes_a_step_left_out_a_must_again(
    sunflowers: Nursery,
) -> None:
    walker = begun(sunflowers)
    walker.walk(leaving_out=True, until="assess-risk")
    assert status(walker, "secure-device") == "decided_against"

    walker.yes = ("device-in-reach",)
    walker.carry_out(walker.run.definition.by_id["first-facts"])

    assert status(walker, "secure-device") == "open"
    assert walker.now["secure-device"].way_out is None


def test_every_question_of_a_step_is_answered_or_none(sunflowers: Nursery) -> None:
    walker = begun(sunflowers)
    ref = StepRef(walker.run, "first-facts")
    with pytest.raises(RuleBroken, match="Answer every question"):
        actions.answer_step(
            by=walker.lead, case=walker.case, step=ref, answers={"other-setting": True}
        )
    with pytest.raises(RuleBroken, match="Answer every question"):
        actions.add_entry(by=walker.lead, case=walker.case, step=ref, text="Done.")
    assert status(walker, "first-facts") == "open"
