"""The checklist a lead sees: for each step who, by when, why, and what is locked until what."""

from dataclasses import dataclass
from datetime import datetime

from safeguarding.notifications.models import Clock
from safeguarding.procedures.engine import StepState
from safeguarding.procedures.models import Outcome, Run
from safeguarding.procedures.wording import WHO

from . import on_case
from .models import Case

NEEDS = {
    "if_appropriate": "If appropriate: your decision, and a reason if not",
    "if_applies": "Only if it applies",
}


@dataclass(frozen=True)
class Line:
    """One step as the page shows it."""

    state: StepState
    look: str  # open, overdue, locked, done or not-needed
    who: str
    need: str
    clock: Clock | None
    settled: Outcome | None
    href: str
    action: str
    at_once: bool

    @property
    def title(self) -> str:
        return f"{self.state.number}. {self.state.step.do}"

    @property
    def rule(self) -> dict[str, str] | None:
        return {"text": self.clock.rule_text} if self.clock and self.clock.rule_text else None


@dataclass(frozen=True)
class Checklist:
    """One procedure on a case, ready to be shown."""

    run: Run
    lines: list[Line]

    @property
    def set_aside(self) -> Outcome | None:
        """What says that it was begun by mistake: then nothing in it is to be done."""
        return self.run.set_aside

    @property
    def done(self) -> int:
        return len(self.settled)

    @property
    def ready(self) -> list[Line]:
        """What can be done now."""
        return [line for line in self.lines if line.state.status == "open"]

    @property
    def at_once(self) -> list[Line]:
        """What is late, or due from the moment the setting knew."""
        return [line for line in self.ready if line.at_once or line.look == "overdue"]

    @property
    def next(self) -> list[Line]:
        """What can be done now but is not pressing."""
        return [line for line in self.ready if not (line.at_once or line.look == "overdue")]

    @property
    def later(self) -> list[Line]:
        """What waits for something else."""
        return [line for line in self.lines if line.state.status == "locked"]

    @property
    def settled(self) -> list[Line]:
        return [line for line in self.lines if line.state.is_settled]


def checklists(case: Case, at: datetime, *, may_record: bool = True) -> list[Checklist]:
    """Every procedure of a case. Three queries, however many steps and procedures there are.

    Whoever may not record a step is led to none: they would write in vain.
    """
    may_record = may_record and case.is_open
    by_key = {clock.key: clock for clock in on_case.clocks(case)}
    return [
        Checklist(run, [_line(case, run, state, by_key, at, may_record) for state in run.states()])
        for run in on_case.runs(case)
    ]


def _line(
    case: Case,
    run: Run,
    state: StepState,
    clocks: dict[str, Clock],
    at: datetime,
    may_record: bool,  # noqa: FBT001  one of several things known of the whole list
) -> Line:
    clock = clocks.get(f"{run.definition_id}/{state.step.id}")
    settled = [row for row in run.settled if row.step == state.step.id]
    return Line(
        state=state,
        look=_look(state, clock, at),
        who=_who(case, state),
        need=NEEDS.get(state.need, ""),
        clock=clock,
        settled=max(settled, key=lambda row: row.number) if settled else None,
        href=case.setting.link_to("concerns:step", case.pk, run.pk, state.step.id)
        if may_record and state.may_be_recorded
        else "",
        action="Record again" if state.status == "done" else "Record this step",
        at_once=bool(clock and clock.is_immediate and not clock.is_overdue(at)),
    )


def _who(case: Case, state: StepState) -> str:
    """For whom a step is. About an adult here, whoever leads the case: the manager may be that adult."""
    if case.record_class == "C3" and state.step.by in {"lead", "manager", "leadership"}:
        return "whoever leads this case"
    return WHO[state.step.by]


def _look(state: StepState, clock: Clock | None, at: datetime) -> str:
    if state.status == "open" and clock and clock.is_overdue(at):
        return "overdue"
    looks = {"open": "open", "locked": "locked", "done": "done"}
    return looks.get(state.status, "not-needed")
