"""The questions about what a setting changes in a procedure."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from foundation.forms import Choice, Choices, DropDown, Form, Line, Words, YesBox
from safeguarding.directory.models import Contact
from safeguarding.law.values import Unit, Value

from .adapting import DOERS, RECORDS, Adapted
from .wording import IN_SHORT, NEEDS, RECORDED

WHEN = "when"
LONG = 70
NO_TIME = {Unit.TERMS, Unit.YEARS}
A_TIME = "Write immediately, or a number and minutes, hours, working days, calendar days or months."


class Within(Line):
    """How long a step may take: "2 hours", "1 working day", "immediately"."""

    def __init__(self, **kwargs: Any) -> None:
        example = "For example: immediately, 30 minutes, 4 hours, 1 working day."
        super().__init__(most=40, width=20, help_text=example, **kwargs)

    def clean(self, value: Any) -> str:
        written = re.sub(r"\s+", " ", super().clean(value)).lower()
        if not written:
            return ""
        try:
            length = Value.parse(written)
        except ValueError as error:
            raise ValidationError(A_TIME) from error
        if length.unit in NO_TIME:
            raise ValidationError(A_TIME)
        return str(length)


def reason() -> Words:
    """Asked of every change."""
    return Words(
        label="Why does it change?",
        most=500,
        rows=3,
        strip=True,
        help_text="Who asks for it, or what you learnt. Name nobody who was part of a case.",
        missing="Say why it changes. The reason is part of the record.",
    )


class AddStepForm(Form):
    do = Words(
        label="What is to be done?",
        most=600,
        rows=3,
        strip=True,
        help_text="One or two short sentences that tell one person one thing to do. Everyone who "
        "works here can read them.",
        missing="Write what is to be done.",
    )
    why = Words(label="Why is it done?", most=600, rows=2, strip=True, required=False)
    place = DropDown(
        label="After which step does it stand?", missing="Choose the step before yours."
    )
    waits = YesBox(label="It opens only once that step is settled", required=False)
    by = Choice(label="Who does it?", choices=[(one, IN_SHORT[one]) for one in DOERS])
    need = Choice(
        label="When is it needed?",
        choices=[*NEEDS.items(), (WHEN, "Only if one question is answered yes")],
    )
    question = DropDown(label="Which question?", required=False, blank="No question")
    within = Within(label="By when?", required=False)
    records = Choice(
        label="What has to be written down?", choices=[(one, RECORDED[one]) for one in RECORDS]
    )
    to = Choices(
        label="To which agencies may it go?",
        required=False,
        help_text="Only for a referral or advice. Choose none to leave it open.",
    )
    reason = reason()

    def __init__(self, typed: QueryDict | None, *, ours: Adapted, agencies: Sequence[Contact]):
        super().__init__(typed)
        steps = ours.definition.steps[:-1]
        listed = [(one.id, f"{number}. {_short(one.do)}") for number, one in enumerate(steps, 1)]
        self._offer("place", [("", "Choose one"), *listed])
        asked = ours.definition.surely_asked
        questions = [(q.id, _short(q.ask)) for q in ours.definition.questions if q.id in asked]
        self._offer("question", [("", "No question"), *questions])
        self._offer("to", [(one.slug, one.name) for one in agencies])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("need") == WHEN and not said.get("question"):
            self.add_error("question", "Choose the question on which it depends.")
        return said

    def values(self) -> dict[str, Any]:
        """The step as a definition holds it, with where it stands and why."""
        said = self.cleaned_data
        step = {name: said[name] for name in ("do", "why", "within") if said[name]}
        step |= {"by": said["by"], "records": said["records"]}
        step["need"] = {"when": [said["question"]]} if said["need"] == WHEN else said["need"]
        step |= {"to": said["to"]} if said["to"] else {}
        step |= {"after": [said["place"]]} if said["waits"] else {}
        return {"step": step, "place": said["place"], "reason": said["reason"]}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, Choices | DropDown):
            field.choices = choices


class ChangeStepForm(Form):
    change = Choice(
        label="What do you want to change?",
        choices=[("sooner", "Make its deadline earlier"), ("leave_out", "Leave it out")],
    )
    within = Within(label="The new deadline", required=False)
    reason = reason()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("change") == "sooner" and not said.get("within") and not self.errors:
            self.add_error("within", A_TIME)
        return said

    @property
    def leaves_out(self) -> bool:
        return bool(self.cleaned_data["change"] == "leave_out")


class EndForm(Form):
    reason = reason()


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG].rsplit(' ', 1)[0]} …"
