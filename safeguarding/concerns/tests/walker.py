"""Carries out a procedure on a case through the actions, as people would, trying every lock first."""

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, Receiver, StepRef
from safeguarding.concerns.models import Case, CustodyItem, Entry
from safeguarding.directory.models import Contact
from safeguarding.people.models import Member
from safeguarding.procedures.engine import StepState
from safeguarding.procedures.models import Run
from safeguarding.procedures.schema import Definition, Step

DETAILS = ("advice", "risk_assessment", "containment", "viewing", "deletion")
TABLET = Device("Room tablet 2", "ours", "Sam Whitlock")


class Walker:
    """One case with one procedure, a lead who follows it, and somebody technical who helps."""

    def __init__(self, nursery: Nursery, case: Case, *, yes: Collection[str] = ()) -> None:
        self.nursery, self.case, self.yes = nursery, case, yes
        self.lead = nursery.dana
        self.helper: Member | None = nursery.tariq
        self.run = case.runs.get()

    @property
    def now(self) -> dict[str, StepState]:
        """Every step as it stands."""
        return {one.step.id: one for one in Run.objects.get(pk=self.run.pk).states()}

    def walk(self, *, leaving_out: bool, until: str = "", trying_locks: bool = False) -> None:
        """Settle each step once it is open, one after the other.

        With `trying_locks`, each gate that a step helps to open is tried before and refused, and so
        is leaving out what must be done.
        """
        while open_now := [one for one in self.now.values() if one.status == "open"]:
            state = open_now[0]
            if state.step.id == until:
                return
            if trying_locks:
                self.try_gates(state.step)
                self.refuse_to_skip(state)
            if leaving_out and state.way_out:
                self.leave_out(state)
            else:
                self.carry_out(state.step)

    def walk_what_began(self) -> list[str]:
        """Settle the procedures that steps began on the same case, as shortly as may be."""
        begun = list(self.case.runs.exclude(pk=self.run.pk))
        for run in begun:
            self.run = run
            self.yes = holding(run.definition)
            self.walk(leaving_out=True)
        return [run.definition_id for run in begun]

    def hand_devices_to_the_police(self) -> None:
        """Every device of the case leaves, with a second person to see it."""
        outside = {"name": "PC Hall", "organisation": "Police", "number": "10442"}
        for item in CustodyItem.objects.filter(of_case__case=self.case):
            police = Receiver(purpose="police", witness=self.nursery.sam, **outside)  # type: ignore[arg-type]
            offer = actions.offer_handover(
                by=self.lead, item=item, receiver=police, place="Police station"
            )
            actions.accept_handover(by=self.nursery.sam, offer=offer)

    def carry_out(self, step: Step, by: Member | None = None) -> None:
        """Record a step by its kind, as its form would."""
        ref = StepRef(self.run, step.id)
        if step.by == "technical" and by is None and self.helper:
            answers = {one: one in self.yes for one in step.asks}
            actions.confirm_technical_step(
                by=self.helper, step=ref, text="Done on tablet 2.", answers=answers
            )
            return
        record, values = self._how(step)
        record(by=by or self._whoever_does(step), case=self.case, step=ref, **values)

    def _whoever_does(self, step: Step) -> Member:
        """The lead, except for what a second person has to do."""
        return self.nursery.morgan if step.apart_from else self.lead

    def leave_out(self, state: StepState) -> None:
        """Leave a step out, with a reason."""
        ref = StepRef(self.run, state.step.id)
        actions.leave_out(by=self.lead, case=self.case, step=ref, reason="Not this time.")

    def refuse_to_skip(self, state: StepState) -> None:
        """What must be done cannot be left out at all, and nothing without a reason."""
        ref = StepRef(self.run, state.step.id)
        says, reason = ("Say why", " ") if state.way_out else ("must be done", "No time.")
        with pytest.raises(RuleBroken, match=says):
            actions.leave_out(by=self.lead, case=self.case, step=ref, reason=reason)

    def try_gates(self, step: Step) -> None:
        """Each gate that this step helps to open refuses, and writes nothing."""
        for state in self.now.values():
            if state.status == "locked" and _opens(step, state.step):
                self.refused(state.step)

    def refused(self, step: Step) -> None:
        before = Entry.objects.filter(case=self.case).count()
        with pytest.raises(RuleBroken, match="This step is locked"):
            self.carry_out(step)
        assert Entry.objects.filter(case=self.case).count() == before

    def _how(self, step: Step) -> tuple[Callable[..., Any], dict[str, Any]]:
        if step.records == "referral":
            return actions.refer, {"agency": self.agency(step.to), "route": "101", "text": "Told."}
        if step.records in DETAILS:
            details = [("Second person", "Morgan Hughes")]
            values = {"kind": step.records, "text": "Done.", "details": details}
            return actions.record_details, values
        return self._ways(step)[step.records]

    def _ways(self, step: Step) -> dict[str, tuple[Callable[..., Any], dict[str, Any]]]:
        due = timezone.localdate() + timedelta(days=10)
        return {
            "note": (actions.add_entry, {"text": "Done."}),
            "answers": (actions.answer_step, {"answers": dict(self._answers(step))}),
            "outcome": (
                actions.conclude,
                {"option": step.options[0].id if step.options else "", "reasons": "It fits."},
            ),
            "decision": (
                actions.decide,
                {"to_act": True, "text": "We act.", "reasons": "For the child."},
            ),
            "parents_informed": (
                actions.inform_parents,
                {"were_told": True, "who": "Ms Lindqvist", "text": "What happened."},
            ),
            "custody": (actions.take_into_custody, {"device": TABLET, "place": "Safe"}),
            "support": (actions.give_support, {"child": self.nursery.kit, "text": "Talks."}),
            "review": (
                actions.review_handling,
                {"text": "Well.", "actions": [("Teach it", self.nursery.priya, due)]},
            ),
        }

    def _answers(self, step: Step) -> Iterator[tuple[str, bool]]:
        return ((one, one in self.yes) for one in step.asks)

    def agency(self, slugs: Collection[str]) -> Contact:
        """An agency of the setting's directory that the step names."""
        found = Contact.objects.readable_by(self.lead).takes_referrals()
        return found.filter(slug__in=slugs)[0]


def holding(definition: Definition) -> set[str]:
    """Questions without a yes to which a procedure cannot end: the gates of what must be done."""
    gates = [step.gate for step in definition.steps if step.gate and step.need == "must"]
    return {answer for gate in gates for answer in gate.answers}


def _opens(step: Step, gated: Step) -> bool:
    return gated.gate is not None and bool(set(gated.gate.answers) & set(step.asks))
