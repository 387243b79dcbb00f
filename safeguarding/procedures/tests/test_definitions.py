"""Each definition, checked against what the policies ask for (written by hand in wanted.py)."""

import pytest

from safeguarding.directory.areas import defaults
from safeguarding.policies.duties import catalogue
from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import FACTS, Condition, Definition, Rule, Step

from .wanted import (
    ALWAYS,
    APART,
    AT_ONCE,
    CLASSES,
    IMAGERY,
    LAW_ASKS,
    NEVER,
    NOT_OWED,
    OUTCOMES,
    RULES,
    SERVES,
    STARTS,
    WAITS,
    WANTED,
)

# Steps that lock a device away until the police advise: wherever the policies have one held for them.
HELD = {
    "allegation": {"secure-device"},
    "child-sexual-exploitation": {"secure-device"},
    "indecent-images-accidental-exposure": {"secure-device"},
    "indecent-images-on-setting-device": {"secure-device", "keep-for-police"},
    "indecent-images-staff": {"quarantine"},
    "nude-image": {"secure-device"},
    "radicalisation-staff": {"quarantine"},
    "staff-device-illegal-content": {"secure-device"},
    "staff-misuse": {"quarantine"},
}
EVERY = sorted(WANTED)
WITH_OTHERS = [one for one in EVERY if one != "low-level-concern"]  # another setting may come in


def the(name: str) -> Definition:
    return definitions()[name]


def wanted_of(step: Step) -> str:
    need = step.need
    if isinstance(need, Condition):
        return f"{step.by}: when {', '.join(need.when)} else {need.otherwise}"
    return f"{step.by}: {need}"


def served_by(definition: Definition) -> set[str]:
    return {one for step in definition.steps for one in step.obligations}


def who_is_told_first(definition: Definition) -> Step:
    """The step in which somebody in charge hears of it: the lead, or for an adult the manager."""
    told = ("tell-lead", "tell-manager")
    return next(step for step in definition.steps if step.id in told)


def test_every_procedure_the_policies_ask_for_is_here() -> None:
    assert len(EVERY) == 27
    assert set(EVERY) <= set(definitions())


@pytest.mark.parametrize("name", EVERY)
def test_a_case_is_guarded_as_closely_as_it_has_to_be(name: str) -> None:
    assert the(name).record_class == CLASSES[name]


@pytest.mark.parametrize("name", EVERY)
def test_what_a_step_begins_is_what_belongs_to_it(name: str) -> None:
    assert {step.id: list(step.starts) for step in the(name).steps if step.starts} == STARTS.get(
        name, {}
    )


@pytest.mark.parametrize("name", EVERY)
def test_what_two_people_do_is_done_by_two(name: str) -> None:
    apart = {step.id: list(step.apart_from) for step in the(name).steps if step.apart_from}

    assert apart == APART.get(name, {})
    for step in apart:
        assert the(name).by_id[step].need == "must", "nobody gets round it by leaving it out"


@pytest.mark.parametrize("name", EVERY)
def test_it_can_end_in_each_way_the_policies_name(name: str) -> None:
    ends = {step.id: {one.id for one in step.options} for step in the(name).steps if step.options}

    assert ends == OUTCOMES.get(name, {})


@pytest.mark.parametrize("name", EVERY)
def test_every_step_the_policies_ask_for_is_there_in_order(name: str) -> None:
    steps = [step.id for step in the(name).steps]

    assert [step for step in steps if step in WANTED[name]] == list(WANTED[name])


@pytest.mark.parametrize("name", EVERY)
def test_each_step_is_done_by_the_right_person_and_needed_as_the_policies_say(name: str) -> None:
    by_id = the(name).by_id

    assert {step: wanted_of(by_id[step]) for step in WANTED[name]} == WANTED[name]


@pytest.mark.parametrize("name", EVERY)
def test_what_is_urgent_is_done_at_once(name: str) -> None:
    by_id = the(name).by_id

    assert {step: by_id[step].within for step in AT_ONCE[name]} == dict.fromkeys(
        AT_ONCE[name], "immediately"
    )


@pytest.mark.parametrize("name", EVERY)
def test_deadlines_come_from_the_dated_rules(name: str) -> None:
    by_id = the(name).by_id

    assert {step: by_id[step].within for step in RULES[name]} == {
        step: Rule(rule=rule) for step, rule in RULES[name].items()
    }


@pytest.mark.parametrize(("name", "step"), WAITS)
def test_a_gate_stays_shut_until_everything_it_waits_for(name: str, step: str) -> None:
    after, answers = WAITS[name, step]
    found = the(name).by_id[step]

    assert after <= set(found.after)
    assert set(found.gate.answers if found.gate else ()) == answers


@pytest.mark.parametrize("name", WITH_OTHERS)
def test_the_police_or_advisers_come_before_another_setting(name: str) -> None:
    step = the(name).by_id["tell-other-setting"]
    advice = the(name).by_id["advice-other-setting"]

    assert {"advice-other-setting", "agree-other-setting"} <= set(step.after)
    assert step.gate is not None
    assert step.gate.answers == ("other-setting-agreed",)
    assert set(advice.to) >= {"police", "education-safeguarding"}


def test_the_five_urgent_questions_are_one_step() -> None:
    assert the("nude-image").by_id["urgent-questions"].asks == (
        "adult-involved",
        "forced-or-tricked",
        "unusual-or-violent",
        "sexual-acts-under-13",
        "immediate-harm",
    )


@pytest.mark.parametrize("name", EVERY)
def test_what_is_never_done_is_said_kindly(name: str) -> None:
    never = {one.id: one.says for one in the(name).never}

    assert set(never) == NEVER[name]
    for says in never.values():
        assert not {"must", "forbidden", "prohibited", "you failed"} & set(says.lower().split())


@pytest.mark.parametrize("name", EVERY)
def test_999_comes_first_and_confidence_is_kept(name: str) -> None:
    definition = the(name)

    assert "999 first" in who_is_told_first(definition).do
    assert who_is_told_first(definition).need == "must"
    assert "999" in definition.summary
    assert "whistleblowing" in definition.summary
    assert "on site or off" in definition.starts_when or "wherever" in definition.starts_when


def test_the_procedures_for_pictures_have_no_place_for_files() -> None:
    assert {name for name in EVERY if the(name).imagery} == IMAGERY
    assert {the(name).record_class for name in IMAGERY} == {"C3", "C4"}


def test_a_device_the_police_decide_on_is_quarantined_from_the_start() -> None:
    held = {name: {step.id for step in the(name).steps if step.quarantine} for name in EVERY}

    assert {name: steps for name, steps in held.items() if steps} == HELD


def test_only_a_childs_own_device_is_held_without_quarantine() -> None:
    """It goes home to the family: nothing in the policies has it wait for the police."""
    kept = {name for name in EVERY for one in the(name).steps if one.records == "custody"}

    assert kept - set(HELD) == {"child-device-brought-in", "sexual-violence-harassment"}


ABOUT_ADULTS = [name for name in EVERY if {"look-into", "lado-answer"} <= set(the(name).by_id)]


@pytest.mark.parametrize("name", ABOUT_ADULTS)
def test_nobody_is_asked_before_the_lado_agrees(name: str) -> None:
    step, answer = the(name).by_id["look-into"], the(name).by_id["lado-answer"]
    asked_by = next(one for one in the(name).steps if "lado-agrees" in one.asks)

    assert step.gate is not None
    assert step.gate.answers == ("lado-agrees",)
    assert answer.id in asked_by.after
    assert asked_by.id in step.after
    assert answer.to == ("lado",)
    assert answer.within == Rule(rule="lado.refer")


@pytest.mark.parametrize("name", EVERY)
def test_no_step_is_without_a_duty_unless_it_only_asks(name: str) -> None:
    without = {step.id for step in the(name).steps if not step.obligations} - {"first-facts"}

    assert without <= {"secure-device", "block-now", *LAW_ASKS.get(name, ())}


def test_every_duty_of_the_section_on_incidents_is_served() -> None:
    register = catalogue()
    incidents = {one for one in register if one.startswith("OSP-11-")}

    assert incidents - set().union(*(served_by(one) for one in definitions().values())) == set()


@pytest.mark.parametrize("name", EVERY)
def test_steps_are_short_enough_for_a_hard_day(name: str) -> None:
    for step in the(name).steps:
        assert len(step.do.split()) <= 40, step.id
        assert step.why is None or len(step.why.split()) <= 35, step.id


@pytest.mark.parametrize("name", EVERY)
def test_only_referrals_and_advice_name_agencies(name: str) -> None:
    assert {step.records for step in the(name).steps if step.to} <= {"referral", "advice"}


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("area", ["england", "kent"])
def test_every_referral_has_an_agency_to_go_to_from_the_start(name: str, area: str) -> None:
    takes_referrals = {one.slug for one in defaults(area).values() if one.takes_referrals}
    known = set(defaults("kent")) | set(defaults("england"))

    for step in the(name).steps:
        assert set(step.to) <= known, step.id
        assert step.records != "referral" or takes_referrals & set(step.to), step.id


@pytest.mark.parametrize("name", EVERY)
def test_no_condition_waits_for_a_question_that_may_never_be_asked(name: str) -> None:
    steps = the(name).steps
    asked = {question for step in steps if step.need == "must" for question in step.asks}

    for step in steps:
        if isinstance(step.need, Condition):
            assert set(step.need.when) - FACTS <= asked, step.id


@pytest.mark.parametrize("name", EVERY)
def test_a_gated_step_happens_once_on_its_own_answers(name: str) -> None:
    assert [step.id for step in the(name).steps if step.gate and step.repeats] == []


@pytest.mark.parametrize("name", EVERY)
def test_every_duty_is_served_by_some_step(name: str) -> None:
    assert served_by(the(name)) >= ALWAYS - NOT_OWED.get(name, set()) | SERVES[name]


@pytest.mark.parametrize("name", EVERY)
def test_every_duty_named_is_in_the_register(name: str) -> None:
    register = catalogue()

    assert served_by(the(name)) - set(register) == set()


def test_the_lados_form_counts_from_their_answer_and_not_before() -> None:
    step = the("allegation").by_id["send-lado-form"]

    assert step.within == Rule(rule="lado.form", since="lado-answer")


def test_nobody_is_asked_before_the_lados_answer_is_on_record() -> None:
    allegation = the("allegation")
    answer = allegation.by_id["lado-answer"]

    assert (answer.need, answer.records, answer.after) == ("must", "answers", ("tell-lado",))
    for step, question in (("tell-person", "may-speak"), ("look-into-it", "may-look")):
        gate = allegation.by_id[step].gate
        assert gate is not None
        assert [one.startswith(question) for one in gate.answers] == [True]
        assert set(gate.answers) <= set(answer.asks)
