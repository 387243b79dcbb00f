"""A step in words: conditions, deadlines and what comes first, as a person says them."""

from datetime import date

from safeguarding.law.library import rules
from safeguarding.procedures.library import definitions
from safeguarding.procedures.wording import Wording, never_said, sentence

RULES = {one.id: one for one in rules(date(2026, 11, 21))}


def words(name: str = "nude-image") -> Wording:
    return Wording(definitions()[name], RULES)


def test_a_condition_names_its_question_and_the_step_that_asks_it() -> None:
    said = words()
    block = said.definition.by_id["block-access"]

    assert said.need(block) == (
        "Only if yes in step 3: “Was the picture taken, shared or kept on our network, accounts or "
        "devices?”"
    )


def test_all_the_questions_of_a_step_are_said_in_short() -> None:
    said = words()

    assert said.need(said.definition.by_id["refer-police"]) == (
        "A must if any answer in step 6 is yes, or the child is of early-years age. If not, the "
        "lead decides and writes down why"
    )


def test_a_deadline_by_a_rule_is_told_as_the_setting_has_it() -> None:
    said = words()
    step = said.definition.by_id["assess-risk"]
    own = RULES["risk.assess"].model_copy(update={"value": RULES["report.read"].value})

    assert said.within(step) == f"within {RULES['risk.assess'].value}"
    assert Wording(said.definition, {"risk.assess": own}).within(step) == f"within {own.value}"
    assert said.within(said.definition.by_id["tell-lead"]) == "at once"
    assert said.within(said.definition.by_id["look"]) == ""


def test_what_comes_first_is_told_by_number() -> None:
    said = words()

    assert said.after(said.definition.by_id["look"]) == "After steps 4, 13 and 14"
    assert said.after(said.definition.by_id["tell-parents"]) == "After step 6"
    assert said.after(said.definition.by_id["tell-lead"]) == ""


def test_a_sentence_ends_once() -> None:
    assert sentence("Must be done") == "Must be done."
    assert sentence("Only if “is it?”") == "Only if “is it?”"


def test_what_is_never_done_is_said_in_a_few_words() -> None:
    said = {one.id: never_said(one) for one in definitions()["nude-image"].never}

    assert said["ask-child"] == "ask a child"
    assert said["change-record"] == "change the record"
    assert said["copy"] == "copy"
    others = [one for d in definitions().values() for one in d.never]
    assert "call another setting" in {never_said(one) for one in others}
    assert "wait for proof" in {never_said(one) for one in others}
