"""What is written for each kind of step, and the action that writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, ClassVar, Protocol

from django.utils import timezone

from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, Receiver, StepRef
from safeguarding.concerns.forms.steps import FORMS, DetailsForm
from safeguarding.concerns.models import Case, CustodyItem, Entry
from safeguarding.concerns.models import Referral as ReferralRow
from safeguarding.directory.models import Contact
from safeguarding.law.calendar import LONDON, due
from safeguarding.law.values import Value
from safeguarding.people.models import Member

from .calendar import at
from .cast import Nursery


@dataclass(frozen=True)
class Desk:
    """Where somebody sits to write: on which case, for which step, about what happened when."""

    here: Nursery
    case: Case
    by: Member
    step: StepRef | None
    happened_at: datetime | None

    @property
    def for_step(self) -> StepRef:
        if self.step is None:
            raise LookupError("These words belong to a step.")
        return self.step

    @property
    def usual(self) -> dict[str, Any]:
        """What every action on a case takes."""
        return {"by": self.by, "case": self.case, "step": self.step}

    @property
    def dated(self) -> dict[str, Any]:
        """As `usual`, with when it happened."""
        return {**self.usual, "happened_at": self.happened_at}


class Words(Protocol):
    """Something that can be written at a desk."""

    @property
    def records(self) -> str: ...
    def write(self, desk: Desk) -> None: ...


@dataclass(frozen=True)
class Note:
    text: str
    kind: str = Entry.Kind.NOTE.value
    records: ClassVar[str] = "note"

    def write(self, desk: Desk) -> None:
        actions.add_entry(**desk.dated, text=self.text, kind=self.kind)


@dataclass(frozen=True)
class Answers:
    """Yes to these questions of the step, no to its others."""

    yes: tuple[str, ...] = ()
    text: str = ""
    records: ClassVar[str] = "answers"

    def write(self, desk: Desk) -> None:
        step = desk.for_step
        asked = step.run.definition.by_id[step.step_id].asks
        if unknown := set(self.yes) - set(asked):
            raise LookupError(f"{step.step_id} does not ask {', '.join(sorted(unknown))}")
        answers = {question: question in self.yes for question in asked}
        actions.answer_step(**desk.usual, answers=answers, text=self.text)


@dataclass(frozen=True)
class Decision:
    text: str
    reasons: str
    to_act: bool = True
    records: ClassVar[str] = "decision"

    def write(self, desk: Desk) -> None:
        actions.decide(**desk.dated, text=self.text, reasons=self.reasons, to_act=self.to_act)


@dataclass(frozen=True)
class Outcome:
    """One of the outcomes that the step offers, by its id."""

    option: str
    reasons: str
    records: ClassVar[str] = "outcome"

    def write(self, desk: Desk) -> None:
        actions.conclude(
            by=desk.by,
            case=desk.case,
            step=desk.for_step,
            option=self.option,
            reasons=self.reasons,
            happened_at=desk.happened_at,
        )


@dataclass(frozen=True)
class Referral:
    agency: str  # its slug in the directory
    route: str
    text: str
    person: str = ""
    reference: str = ""
    reply_within: int = 0  # working days, at 17:00; none expected: 0
    records: ClassVar[str] = "referral"

    def write(self, desk: Desk) -> None:
        actions.refer(
            **desk.dated,
            agency=Contact.objects.readable_by(desk.by).takes_referrals().get(slug=self.agency),
            route=self.route,
            text=self.text,
            person=self.person,
            reference=self.reference,
            reply_due=_working_days_on(self.reply_within) if self.reply_within else None,
        )


@dataclass(frozen=True)
class Reply:
    """What an agency answered to the last referral it had."""

    agency: str
    text: str
    records: ClassVar[str] = "reply"

    def write(self, desk: Desk) -> None:
        rows = ReferralRow.objects.filter(entry__case=desk.case, agency_slug=self.agency)
        actions.record_reply(
            by=desk.by,
            case=desk.case,
            referral=rows.latest("created_at"),
            text=self.text,
            happened_at=desk.happened_at,
        )


@dataclass(frozen=True)
class Parents:
    """Who was told, and what; or, where nobody was, why not."""

    text: str
    who: str = ""
    told_by: str = ""
    records: ClassVar[str] = "parents_informed"

    def write(self, desk: Desk) -> None:
        actions.inform_parents(
            **desk.dated,
            were_told=bool(self.who),
            who=self.who,
            told_by=self.told_by,
            text=self.text,
        )


@dataclass(frozen=True)
class Support:
    text: str
    child: str = ""  # the key of a child of the cast
    for_whom: str = ""
    records: ClassVar[str] = "support"

    def write(self, desk: Desk) -> None:
        child = desk.here.children[self.child] if self.child else None
        actions.give_support(**desk.dated, text=self.text, child=child, for_whom=self.for_whom)


@dataclass(frozen=True)
class Several:
    """What goes with a form of several questions: the names of its boxes and their words."""

    records: ClassVar[str]
    text: str

    def write(self, desk: Desk) -> None:
        form = FORMS[self.records]
        if not issubclass(form, DetailsForm):
            raise LookupError(f"{form.__name__} asks one thing only")
        fields = form.base_fields
        said = [(str(fields[one].label), getattr(self, one)) for one in form.asked]
        details = [pair for pair in said if pair[1]]
        actions.record_details(**desk.dated, kind=self.records, text=self.text, details=details)


@dataclass(frozen=True, kw_only=True)
class Advice(Several):
    agency: str
    person: str = ""
    records: ClassVar[str] = "advice"


@dataclass(frozen=True, kw_only=True)
class Risk(Several):
    vulnerability: str
    checks: str
    records: ClassVar[str] = "risk_assessment"


@dataclass(frozen=True, kw_only=True)
class Custody:
    """A device is taken into custody by whoever writes this."""

    device: Device
    place: str
    seal: str = ""
    text: str = ""
    records: ClassVar[str] = "custody"

    def write(self, desk: Desk) -> None:
        actions.take_into_custody(
            **desk.dated, device=self.device, place=self.place, seal=self.seal, text=self.text
        )


@dataclass(frozen=True)
class HandOver:
    """The device of the case goes to somebody here, who says so ten minutes later."""

    to: str
    place: str
    seal: str
    records: ClassVar[str] = ""

    def write(self, desk: Desk) -> None:
        item = CustodyItem.objects.get(of_case__case=desk.case)
        receiver = desk.here.people[self.to]
        offer = actions.offer_handover(
            by=desk.by,
            item=item,
            receiver=Receiver(to=receiver),
            place=self.place,
            seal=self.seal,
        )
        with at(timezone.now() + timedelta(minutes=10)):
            actions.accept_handover(by=receiver, offer=offer)


@dataclass(frozen=True)
class Blocked:
    """Technical staff confirm that it is done, without seeing the case."""

    text: str
    records: ClassVar[str] = "containment"

    def write(self, desk: Desk) -> None:
        actions.confirm_technical_step(by=desk.by, step=desk.for_step, text=self.text)


@dataclass(frozen=True)
class Review:
    """How it was handled; and what changes, who does it, and in how many working days."""

    text: str
    changes: Sequence[tuple[str, str, int]] = ()
    records: ClassVar[str] = "review"

    def write(self, desk: Desk) -> None:
        people = desk.here.people
        agreed = [
            (what, people[who], _working_days_on(days).date()) for what, who, days in self.changes
        ]
        actions.review_handling(**desk.usual, text=self.text, actions=agreed)


@dataclass(frozen=True)
class LeftOut:
    """A decision not to, or that it does not apply, with the reason."""

    reason: str
    records: ClassVar[str] = ""

    def write(self, desk: Desk) -> None:
        actions.leave_out(**desk.usual, reason=self.reason)


def _working_days_on(number: int) -> datetime:
    """17:00 on the working day that many after the day it is now."""
    day = due(Value.parse(f"{number} working days"), timezone.now())
    return datetime.combine(day.astimezone(LONDON), time(17), LONDON)
