"""Every procedure carried out through the actions, from report to closed case."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import Case, Entry
from safeguarding.notifications.models import Clock
from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import Condition, Definition, Step

from .given import a_case, a_report, ended
from .walker import Walker

EVERY = sorted(definitions())
# Here what may be left out is done, and each gate is tried while it is shut. In all others what may be
# is left out, with a reason; how gates and conditions hold is followed without a database in procedures.
IN_FULL = {"nude-image", "staff-misuse"}
# What a definition says is the same on both databases; these use everything a step can do to one.
ON_BOTH = {*IN_FULL, "allegation", "data-or-device-lost"}


def begun(n: Nursery, name: str, *yes: str) -> Walker:
    return Walker(n, a_case(n.priya, n.dana, a_report(name)), yes=yes)


def close(walker: Walker) -> None:
    ended(walker.lead, walker.case)


@pytest.mark.parametrize(
    "name", [one if one in ON_BOTH else pytest.param(one, marks=pytest.mark.once) for one in EVERY]
)
def test_a_case_is_closed_once_every_step_is_settled_and_not_before(
    sunflowers: Nursery, name: str
) -> None:
    walker = begun(sunflowers, name, *settled_here(definitions()[name]))
    last = definitions()[name].steps[-1].id

    walker.walk(leaving_out=name not in IN_FULL, until=last, trying_locks=name in IN_FULL)
    with pytest.raises(RuleBroken, match="cannot be closed yet"):
        close(walker)
    walker.walk(leaving_out=False)
    check_that_each_step_has_its_line(walker)
    walker.walk_what_began()
    walker.hand_devices_to_the_police()
    close(walker)

    assert not walker.case.is_open
    assert walker.case in Case.objects.closed()
    left = Clock.objects.running().filter(subject_id=walker.case.pk)
    assert {clock.key.split("/")[0] for clock in left} == {"action"}


def settled_here(definition: Definition) -> set[str]:
    """Every question but those whose yes does nothing else than begin another procedure."""
    named: dict[str, list[Step]] = {question.id: [] for question in definition.questions}
    for step in definition.steps:
        gate = step.gate.answers if step.gate else ()
        for name in {*gate, *(step.need.when if isinstance(step.need, Condition) else ())}:
            named.setdefault(name, []).append(step)
    return {one for one, steps in named.items() if not all(step.starts for step in steps)}


def check_that_each_step_has_its_line(walker: Walker) -> None:
    """A step that was settled left one line in the chronology; one that was left out says why."""
    for state in walker.now.values():
        lines = Entry.objects.filter(case=walker.case, outcome__step=state.step.id)
        assert lines.count() == (0 if state.status == "not_needed" else 1), state.step.id
        if state.status in {"decided_against", "does_not_apply"}:
            assert (lines.get().kind, lines.get().text) == ("left_out", "Not this time.")


def test_a_case_is_not_closed_before_a_decision_is_on_record(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "welfare-concern")
    assert "Record what was decided, and why." in walker.case.still_to_do()

    walker.walk(leaving_out=True)

    assert walker.case.still_to_do() == []


def test_a_filter_that_fails_again_after_the_review_keeps_the_case_open(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    walker = begun(n, "filtering-breach", "correction-holds")
    walker.walk(leaving_out=True)
    tested = StepRef(walker.run, "test-filter")

    def tried(*, holds: bool) -> None:
        answers = {"correction-holds": holds, "nothing-needed-is-blocked": True}
        actions.confirm_technical_step(by=n.tariq, step=tested, text="Tried.", answers=answers)

    tried(holds=False)
    with pytest.raises(RuleBroken, match="cannot be closed yet"):
        close(walker)
    assert walker.now["review"].locked_by[0].startswith("This cannot be closed yet.")

    tried(holds=True)
    close(walker)
    assert not walker.case.is_open


def test_a_case_waits_for_the_reply_that_was_agreed(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "welfare-concern")
    police = walker.agency(["police"])
    referral = actions.refer(
        by=walker.lead,
        case=walker.case,
        agency=police,
        route="101",
        text="Told.",
        reply_due=timezone.now(),
    )
    actions.refer(by=walker.lead, case=walker.case, agency=police, route="101", text="No reply due")
    walker.walk(leaving_out=True)
    with pytest.raises(RuleBroken, match=f"Record the reply from {police.name}"):
        close(walker)

    actions.record_reply(by=walker.lead, case=walker.case, referral=referral, text="No crime.")
    close(walker)
