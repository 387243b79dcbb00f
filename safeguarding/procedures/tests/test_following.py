"""The definitions followed to their end: nothing gets stuck, and what must not happen cannot."""

from collections.abc import Collection, Mapping

import pytest

from safeguarding.procedures.engine import Settled, StepState, states
from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import FACTS, Condition

EVERY = sorted(definitions())
# Without these a procedure rightly stays open: the harm is not yet undone.
UNDONE = {"correction-holds", "all-ended", "device-clean"}
GATES = [
    (name, step.id, answer)
    for name in EVERY
    for step in definitions()[name].steps
    if step.gate
    for answer in step.gate.answers
]
URGENT = [
    "adult-involved",
    "forced-or-tricked",
    "unusual-or-violent",
    "sexual-acts-under-13",
    "immediate-harm",
]
REFERRALS = ["refer-police", "refer-social-care"]


class Following:
    """A run in memory: settles whatever is open, as a lead would who leaves out all they may."""

    def __init__(
        self, name: str, *, facts: Collection[str] = (), yes: Collection[str] = ()
    ) -> None:
        self.definition = definitions()[name]
        self.facts = facts
        self.yes = yes
        self.answers: dict[str, bool] = {}
        self.outcomes: dict[str, Settled] = {}

    @property
    def states(self) -> Mapping[str, StepState]:
        found = states(
            self.definition, facts=self.facts, answers=self.answers, outcomes=self.outcomes
        )
        return {state.step.id: state for state in found}

    def settle(self, *, until: str = "") -> None:
        """Settle each step once it is open, up to the step named, or to the end."""
        while open_steps := [one for one in self.states.values() if one.status == "open"]:
            if open_steps[0].step.id == until:
                return
            self.settle_one(open_steps[0])

    def settle_one(self, state: StepState) -> None:
        self.outcomes[state.step.id] = state.way_out or "done"
        self.answers |= {question: question in self.yes for question in state.step.asks}


def questions(name: str) -> set[str]:
    return {question.id for question in definitions()[name].questions}


def unsettled(run: Following) -> list[str]:
    return [state.step.id for state in run.states.values() if not state.is_settled]


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("facts", [[], ["early-years-child"]])
def test_a_case_in_which_nothing_is_so_comes_to_its_end(name: str, facts: list[str]) -> None:
    run = Following(name, facts=facts, yes=UNDONE)

    run.settle()

    assert unsettled(run) == []


@pytest.mark.parametrize("name", EVERY)
def test_a_case_in_which_everything_is_so_comes_to_its_end(name: str) -> None:
    run = Following(name, yes=questions(name))

    run.settle()

    assert unsettled(run) == []
    assert "not_needed" not in {state.status for state in run.states.values()}


@pytest.mark.parametrize(("name", "step", "answer"), GATES)
def test_a_gate_is_shut_until_its_last_answer_is_yes(name: str, step: str, answer: str) -> None:
    run = Following(name, yes=questions(name) - {answer})

    assert run.states[step].status == "locked"
    run.settle()
    assert run.states[step].status in {"locked", "not_needed"}, "it was never done"

    asking = next(one for one in run.definition.steps if answer in one.asks)
    run.yes = questions(name)
    run.settle_one(run.states[asking.id])
    run.settle(until=step)
    assert run.states[step].status == "open"


def answered(name: str, *, yes: Collection[str], facts: Collection[str] = ()) -> Following:
    """A run with every question answered and nothing else done."""
    run = Following(name, facts=facts, yes=yes)
    for state in [one for one in run.states.values() if one.step.asks]:
        run.settle_one(state)
    return run


@pytest.mark.parametrize("name", EVERY)
def test_one_yes_makes_a_step_a_must_and_no_leaves_it_as_written(name: str) -> None:
    conditions = [one for one in definitions()[name].steps if isinstance(one.need, Condition)]
    all_no = answered(name, yes=())
    for step in conditions:
        assert isinstance(step.need, Condition)
        assert all_no.states[step.id].need == step.need.otherwise, step.id
        for question in step.need.when:
            facts = [question] if question in FACTS else []
            state = answered(name, yes={question}, facts=facts).states[step.id]
            assert (state.need, state.way_out) == ("must", None), (step.id, question)


@pytest.mark.parametrize("name", EVERY)
def test_a_step_waits_for_each_thing_that_comes_before_it(name: str) -> None:
    waiting = [(one, before) for one in definitions()[name].steps for before in one.after]
    for step, before in waiting:
        run = Following(name, yes=questions(name))
        for state in run.states.values():
            if state.step.id not in {before, step.id}:
                run.settle_one(state)

        state = run.states[step.id]
        assert state.status == "locked", (step.id, before)
        assert any(run.definition.by_id[before].do in one for one in state.locked_by)


@pytest.mark.parametrize("question", URGENT)
def test_one_urgent_answer_makes_both_referrals_a_must(question: str) -> None:
    run = Following("nude-image", yes={question})

    run.settle(until="refer-police")

    assert [run.states[step].need for step in REFERRALS] == ["must", "must"]
    assert [run.states[step].way_out for step in REFERRALS] == [None, None]


def test_an_early_years_child_makes_both_referrals_a_must_before_any_question() -> None:
    run = Following("nude-image", facts=["early-years-child"])

    assert [run.states[step].need for step in REFERRALS] == ["must", "must"]
    assert [run.states[step].status for step in REFERRALS] == ["open", "open"]


def test_without_an_urgent_answer_the_lead_decides_and_says_why() -> None:
    run = Following("nude-image")

    run.settle(until="refer-police")

    assert [run.states[step].way_out for step in REFERRALS] == ["decided_against"] * 2


@pytest.mark.parametrize("missing", ["no-agency-needed", "deleting-is-safe"])
def test_nothing_is_deleted_while_one_answer_is_missing(missing: str) -> None:
    run = Following("nude-image", yes={"no-agency-needed", "deleting-is-safe"} - {missing})

    run.settle()

    assert run.states["delete"].status in {"locked", "not_needed"}
    assert "delete" not in run.outcomes


def test_nothing_is_deleted_before_the_referrals_are_settled() -> None:
    run = Following("nude-image")

    assert run.states["check-deleting"].status == "locked"
    assert run.states["delete"].status == "locked"


@pytest.mark.parametrize("missing", ["no-other-way", "second-senior-person"])
def test_nobody_looks_while_one_answer_is_missing(missing: str) -> None:
    run = Following("nude-image", yes={"no-other-way", "second-senior-person"} - {missing})

    run.settle()

    assert run.states["look"].status in {"locked", "not_needed"}
    assert "look" not in run.outcomes


def test_the_reasons_are_written_before_anyone_looks() -> None:
    run = Following("nude-image", yes={"no-other-way", "second-senior-person"})

    run.settle(until="reason-to-look")

    assert run.states["look"].status == "locked"


@pytest.mark.parametrize(
    "name", [name for name in EVERY if "tell-other-setting" in definitions()[name].by_id]
)
def test_another_setting_is_not_told_until_the_advisers_agree(name: str) -> None:
    run = Following(name, yes={"other-setting", *UNDONE})

    run.settle()

    gate = run.definition.by_id["tell-other-setting"].gate
    assert gate is not None
    assert run.states["tell-other-setting"].status == "locked"
    assert gate.says in run.states["tell-other-setting"].locked_by


def test_an_account_is_not_given_back_before_it_is_clean() -> None:
    run = Following("account-compromised", yes={"all-ended"})

    run.settle()

    assert unsettled(run) == ["give-back", "review"]


def test_a_device_stays_locked_away_until_the_police_have_spoken() -> None:
    run = Following("indecent-images-staff", yes={"device-in-reach", "lado-agrees"})

    run.settle()

    assert unsettled(run) == ["release-device"]
    assert run.states["look-into"].status == "done"


def test_a_breach_is_not_closed_before_its_correction_holds() -> None:
    run = Following("filtering-breach")

    run.settle()

    assert unsettled(run) == ["review"]
    assert run.states["review"].status == "locked"


@pytest.mark.parametrize("step", ["tell-person", "look-into-it", "suspension", "outcome"])
def test_nothing_is_asked_looked_into_or_found_before_the_lado_has_answered(step: str) -> None:
    everything_but = questions("allegation") - {"may-look-into-it", "may-speak-to-person"}
    run = Following("allegation", yes=everything_but)

    run.settle(until="lado-answer")
    assert run.states[step].status == "locked"

    run.settle()
    assert step not in run.outcomes or run.states["lado-answer"].status == "done"
    assert run.states["tell-person"].status == run.states["look-into-it"].status == "not_needed"


def test_an_answer_that_changes_opens_what_it_had_shut() -> None:
    run = Following("allegation")
    run.settle(until="suspension")
    run.answers["may-look-into-it"] = True

    assert run.states["look-into-it"].status == "open"


def test_a_device_stays_locked_away_until_the_police_have_said() -> None:
    run = Following("allegation", yes={"device-involved"})
    run.settle(until="check-device")

    assert run.states["secure-device"].status == "done"
    assert run.states["release-device"].status == "locked"


def test_a_concern_that_may_be_more_is_not_talked_through_as_low_level() -> None:
    run = Following("low-level-concern", yes={"risk-to-children"})
    run.settle(until="check-level")

    assert run.states["ask-lado"].need == "must"
    assert run.states["speak-with-person"].status == "locked"
