"""A step in the words people read: who does it, by when, and when it is needed at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from safeguarding.law.schema import Rule as DatedRule

from .engine import may_be_done_anyway
from .schema import Condition, Definition, Never, Rule, Step, Time

WHO = {
    "anyone": "whoever was there",
    "lead": "the safeguarding lead or a deputy",
    "manager": "the manager",
    "leadership": "the leadership team",
    "technical": "whoever looks after the technical side",
}
IN_SHORT = {
    "anyone": "Whoever was there",
    "lead": "Lead or deputy",
    "manager": "Manager",
    "leadership": "Leadership team",
    "technical": "Technical side",
}
NEEDS = {
    "must": "Must be done",
    "if_appropriate": "If appropriate. If not, write down why",
    "if_applies": "Only if it applies. If not, write down why",
}
FACTS_SAID = {"early-years-child": "the child is of early-years age"}
RECORDED = {
    "note": "A note of what was done",
    "answers": "Yes or no to each question",
    "decision": "A decision, with its reasons",
    "outcome": "How it turned out, with the reasons",
    "referral": "A referral: to whom, how, and when they reply",
    "advice": "Advice: from whom, when, what they said",
    "parents_informed": "Who was told, when and by whom, or why not",
    "support": "The support given, and to which child",
    "risk_assessment": "A risk assessment",
    "custody": "Where the device is, and who handed it to whom",
    "containment": "What was done, by technical staff",
    "viewing": "Why there was no other way, and who was there",
    "deletion": "Who deleted it, from where, and who was there",
    "review": "How it was handled, and what changes",
}

# The id of what is never done, with the small words that ids leave out: "ask-child".
SMALL_WORDS = {
    "adult": "the adult",
    "child": "a child",
    "device": "a device",
    "link": "the link",
    "other": "another",
    "picture": "a picture",
    "proof": "for proof",
    "for": "",
    "record": "the record",
    "suspect": "a suspect",
}


@dataclass(frozen=True)
class Wording:
    """Says of each step of one definition what a person needs to know, by the rules of one setting."""

    definition: Definition
    rules: Mapping[str, DatedRule] = field(default_factory=dict)

    def number(self, step_id: str) -> int:
        """The number of a step, as people count."""
        return [step.id for step in self.definition.steps].index(step_id) + 1

    def within(self, step: Step) -> str:
        """By when, such as "at once" or "within 1 working day"; empty where there is no deadline."""
        value = step.within
        if isinstance(value, Rule):
            known = self.rules.get(value.rule)
            value = str(known.value) if known else None
        if isinstance(value, Time):
            value = value.time
        if value is None:
            return ""
        return "at once" if value == "immediately" else f"within {value}"

    def need(self, step: Step) -> str:
        """Whether it must be done, or on what that depends."""
        if not isinstance(step.need, Condition):
            return NEEDS[step.need]
        when = self._when(step.need)
        if may_be_done_anyway(step.need):
            return f"{sentence(f'A must if {when}')} If not, the lead decides and writes down why"
        return f"Only if {when}"

    def after(self, step: Step) -> str:
        """Which steps have to be settled first; empty where none has to."""
        numbers = [str(self.number(one)) for one in step.after]
        if not numbers:
            return ""
        listed = " and ".join([", ".join(numbers[:-1]), numbers[-1]] if numbers[1:] else numbers)
        return f"After step{'s' if numbers[1:] else ''} {listed}"

    def recorded(self, step: Step) -> str:
        """What has to be on record before it counts as done."""
        return RECORDED.get(step.records, step.records.replace("_", " ").capitalize())

    def asked(self, step: Step) -> list[str]:
        """The questions a step asks."""
        asks = {question.id: question.ask for question in self.definition.questions}
        return [asks[one] for one in step.asks]

    def waits_for(self, step: Step) -> frozenset[str]:
        """The steps that have to come first: settled, or answered so that this one is decided."""
        names = set(step.gate.answers) if step.gate else set()
        if isinstance(step.need, Condition):
            names |= set(step.need.when)
        asking = {one.id for one in self.definition.steps if names & set(one.asks)}
        return frozenset(asking | set(step.after)) - {step.id}

    def _when(self, need: Condition) -> str:
        """The condition in words: a whole set of questions by its step, any other one by one."""
        left, parts = list(need.when), []
        for step in self.definition.steps:
            if len(step.asks) > 1 and set(step.asks) <= set(left):
                left = [name for name in left if name not in step.asks]
                parts.append(f"any answer in step {self.number(step.id)} is yes")
        return ", or ".join([*parts, *(self._said(name) for name in left)])

    def _said(self, name: str) -> str:
        for number, step in enumerate(self.definition.steps, 1):
            if name in step.asks:
                ask = next(one.ask for one in self.definition.questions if one.id == name)
                return f"yes in step {number}: “{ask}”"
        return FACTS_SAID.get(name, name.replace("-", " "))


def sentence(words: str) -> str:
    """The words with a full stop, unless they end with a mark of their own."""
    return words if words.endswith((".", "?", "!", "”")) else f"{words}."


def never_said(never: Never) -> str:
    """What is never done, in a few words: "ask a child"."""
    return " ".join(filter(None, (SMALL_WORDS.get(one, one) for one in never.id.split("-"))))
