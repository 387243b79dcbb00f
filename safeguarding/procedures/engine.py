"""Where a run stands. Pure: a definition, what is known and what was recorded go in; states come out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from .schema import FACTS, Condition, Definition, Gate, Step

Need = Literal["must", "if_appropriate", "if_applies", "not_needed", "unknown"]
Settled = Literal["done", "decided_against", "does_not_apply"]
Status = Literal["locked", "open", "done", "decided_against", "does_not_apply", "not_needed"]

# How a step may end without being done, by what is needed of it.
WAYS_OUT: Mapping[Need, Settled] = {
    "if_appropriate": "decided_against",
    "if_applies": "does_not_apply",
}


@dataclass(frozen=True)
class StepState:
    """One step of a run as it stands now."""

    step: Step
    number: int
    need: Need
    status: Status
    locked_by: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.status not in {"locked", "open"}

    @property
    def way_out(self) -> Settled | None:
        """How this step may be left out, with a reason; None where it must be done."""
        return WAYS_OUT.get(self.need)

    @property
    def may_be_recorded(self) -> bool:
        """Open, or one of those that may be recorded again (answers may change)."""
        again = self.step.repeats or self.step.records == "answers"
        return self.status == "open" or (self.status == "done" and again)


def states(
    definition: Definition,
    *,
    facts: Collection[str],
    answers: Mapping[str, bool],
    outcomes: Mapping[str, Settled],
) -> tuple[StepState, ...]:
    """Every step in order, with what is needed of it, how it stands and what it waits for.

    `answers` holds the newest answer to each question; `outcomes` the newest outcome of each step.
    """
    known = {**answers, **{fact: fact in facts for fact in FACTS}}
    found: dict[str, StepState] = {}
    for number, step in enumerate(definition.steps, 1):
        need = needed(step, known)
        locks = _locks(definition, step, need, known, found)
        status = _status(need, outcomes.get(step.id), locks, shut_again=_is_shut_again(step, known))
        found[step.id] = StepState(step, number, need, status, locks if status == "locked" else ())
    return tuple(found.values())


def set_aside(found: Iterable[StepState]) -> tuple[StepState, ...]:
    """The same steps once their procedure is set aside: nothing in it is owed, nor recorded any more."""
    return tuple(
        replace(one, status="does_not_apply", locked_by=())
        if one.may_be_recorded or one.status in {"locked", "done"}
        else one
        for one in found
    )


def needed(step: Step, known: Mapping[str, bool]) -> Need:
    """What is needed of a step, as far as is known."""
    if not isinstance(step.need, Condition):
        return step.need
    if any(known.get(name) for name in step.need.when):
        return "must"
    if any(name not in known for name in step.need.when):
        return "unknown"
    return step.need.otherwise


def _status(
    need: Need, outcome: Settled | None, locks: tuple[str, ...], *, shut_again: bool
) -> Status:
    if outcome == "done" and not shut_again:
        return "done"
    if need == "not_needed":
        return "not_needed"
    # A step decided against is open again once an answer has made it a must.
    if outcome is not None and WAYS_OUT.get(need) == outcome:
        return outcome
    return "locked" if locks else "open"


def _locks(
    definition: Definition,
    step: Step,
    need: Need,
    known: Mapping[str, bool],
    found: Mapping[str, StepState],
) -> tuple[str, ...]:
    waiting = [
        f"First, step {found[name].number}: {found[name].step.do}"
        for name in step.after
        if not found[name].is_settled
    ]
    # What may be done anyway is never held up by a question: a call to the police does not wait.
    if need == "unknown" and isinstance(step.need, Condition) and not may_be_done_anyway(step.need):
        asked = {question.id: question.ask for question in definition.questions}
        waiting += [f"First answer: {asked[q]}" for q in step.need.when if q not in known]
    if step.gate and not _is_open(step.gate, known):
        waiting.append(step.gate.says)
    return tuple(waiting)


def _is_open(gate: Gate, known: Mapping[str, bool]) -> bool:
    return all(known.get(name) for name in gate.answers)


def _is_shut_again(step: Step, known: Mapping[str, bool]) -> bool:
    """Whether what must hold at the end holds no more: a newer answer is no, though the step was done."""
    return step.need == "must" and step.gate is not None and not _is_open(step.gate, known)


def may_be_done_anyway(need: Condition) -> bool:
    """Whether a step that may yet become a must is at least the lead's to decide."""
    return need.otherwise == "if_appropriate"
