"""The form for having restored a backup on another computer."""

from typing import Any

from foundation.forms import Choice, Form, UKDate, Words

from .models import RestoreDrill

HOW = [
    ("yes", "Yes: signed in, opened a case and a file, and it was all there"),
    ("no", "No: something did not work"),
]


class DrillForm(Form):
    """We restored a backup on another computer."""

    done_on = UKDate(label="When did you do it?", not_future=True)
    sheet = Choice(
        label="Which recovery sheet did you use?",
        choices=RestoreDrill.Sheet.choices,
        missing="Say which sheet you typed the words from.",
    )
    went_well = Choice(
        label="Was everything there?", choices=HOW, missing="Say whether everything was there."
    )
    note = Words(
        label="Anything to remember",
        required=False,
        rows=3,
        help_text="What did not work, or took long. No names of children, and no words of the sheet.",
    )

    def said(self) -> dict[str, Any]:
        """What was said, for the action."""
        return {**self.cleaned_data, "went_well": self.cleaned_data["went_well"] == "yes"}
