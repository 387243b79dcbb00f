"""Carries a case through its procedure, one step after the other, until its story stops.

A story is data: which step, how many minutes after the one before, and the words. The walker finds
the action that the page of that step would call, and calls it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from safeguarding.approvals.actions import approve
from safeguarding.approvals.asked import those_asked
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import Case
from safeguarding.people.models import Member
from safeguarding.procedures.models import Run

from .cast import Nursery
from .words import Desk, LeftOut, Words

Story = Iterator[datetime]  # each moment it gives is when its next part happens


@dataclass(frozen=True)
class Do:
    """One thing done on a case. Without a step it is casework of its own."""

    step: str
    after: int  # minutes after the thing before
    words: Words
    earlier: int = 0  # minutes between what happened and its being written down
    by: str = ""  # the first name of whoever does it, where it is not the one who leads the case


@dataclass(frozen=True)
class Walk:
    """A case on its way, in the hands of whoever leads it."""

    here: Nursery
    case: Case
    by: Member

    def on(self, start: datetime, *doings: Do) -> Story:
        """Do these things, beginning to count the minutes at `start`."""
        moment = start
        for doing in doings:
            moment += timedelta(minutes=doing.after)
            yield moment
            self._carry_out(doing)

    def _carry_out(self, doing: Do) -> None:
        by = self.here.people[doing.by] if doing.by else self.by
        happened = timezone.now() - timedelta(minutes=doing.earlier) if doing.earlier else None
        step = self._step(doing) if doing.step else None
        doing.words.write(Desk(self.here, self.case, by, step, happened))

    def _step(self, doing: Do) -> StepRef:
        """The step this belongs to. Raises LookupError or ValueError for a story that has gone wrong."""
        run = self._run_with(doing.step)
        state = run.state(doing.step)
        if state is None:
            raise LookupError(f"{self.case.title}: no step {doing.step}")
        if not isinstance(doing.words, LeftOut) and doing.words.records != state.step.records:
            raise ValueError(f"{doing.step} records {state.step.records}: {doing.words}")
        return StepRef(run, doing.step)

    def _run_with(self, step: str) -> Run:
        for run in self.case.runs:
            if step in run.definition.by_id:
                return run
        raise LookupError(f"{self.case.title}: no procedure has a step {step}")

    def close(self, moment: datetime, outcome: str) -> Story:
        """Close the case; about an adult, another person on its list says yes a little later."""
        yield moment
        if self.case.record_class != "C3":
            actions.close_case(by=self.by, case=self.case, outcome=outcome)
            return
        approval = actions.ask_to_close(by=self.by, case=self.case, outcome=outcome)
        yield moment + timedelta(minutes=25)
        approve(by=those_asked(approval)[0], approval=approval, seen=approval.digest)
