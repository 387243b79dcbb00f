"""What is asked about the plan for life online, and about the setting's own items for new colleagues."""

from typing import Any

from django import forms

from foundation.forms import Choice, Choices, Form, Line, UKDate, Words, YesBox

from .library import AUDIENCES
from .models import Reaches


class ActivityForm(Form):
    """Something to put on the plan."""

    title = Line(
        label="What will you do?",
        most=160,
        help_text="For example: songs about asking before we click. No names of children.",
        missing="Write what you will do.",
    )
    planned_for = UKDate(label="On which day?", help_text="For several days, the last one.")
    reaches = Choices(
        label="Who is it for?", choices=Reaches.choices, missing="Tick at least one group."
    )
    event = Line(
        label="Which local or national event is it part of?",
        most=120,
        required=False,
        help_text="For example: Safer Internet Day. Leave it empty if it is something of your own.",
    )


class HowItWentForm(Form):
    """Whether it took place."""

    held = Choice(
        label="Did it take place?", choices=[("yes", "Yes"), ("no", "No")], missing="Say yes or no."
    )
    held_on = UKDate(label="If yes: on which day?", required=False, not_future=True)
    note = Words(
        label="How did it go, or why not?",
        most=500,
        rows=3,
        required=False,
        help_text="A sentence is enough. Without names of children.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("held") == "yes" and not given.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", "Write the day on which it took place.")
        if given.get("held") == "no" and not given.get("note"):
            self.add_error("note", "Write why it did not take place.")
        return given

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        day = given["held_on"] if given["held"] == "yes" else None
        return {"held_on": day, "note": given["note"]}


class PutRightForm(HowItWentForm):
    """How it went in truth, and why that was said otherwise."""

    because = Line(
        label="Why is it put right?",
        most=500,
        missing="Write why. For example: it was said of the wrong evening.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)  # which answer they put right

    def values(self) -> dict[str, Any]:
        return super().values() | {name: self.cleaned_data[name] for name in ("because", "seen")}


class ItemForm(Form):
    """One thing more that new colleagues are shown."""

    name = Line(label="What is it?", most=100, missing="Write what it is called.")
    text = Words(
        label="What is shown or talked about?",
        most=600,
        rows=3,
        missing="Write what is shown, so that whoever does it knows.",
    )
    audiences = Choices(
        label="Who is shown it?",
        choices=list(AUDIENCES.items()),
        missing="Tick at least one group.",
    )
    first_day = YesBox(
        label="On the first day, before they are alone with children", required=False
    )


class RetireForm(Form):
    reason = Line(
        label="Why is it not shown any more?",
        most=500,
        missing="Write why. For example: the gate has no code now.",
    )
