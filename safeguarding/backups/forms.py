"""The form for having restored a backup on another computer."""

from typing import Any

from django.forms import Textarea

from foundation.forms import Choice, Form, Line, UKDate, Words

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


class KeepersForm(Form):
    """Who keeps the two envelopes."""

    first = Line(
        label="Who keeps envelope 1, and where?",
        most=200,
        missing="Say who keeps envelope 1.",
        help_text="Such as: the manager, in the safe at home.",
    )
    second = Line(
        label="Who keeps envelope 2, and where?",
        most=200,
        missing="Say who keeps envelope 2.",
        help_text="Somebody else, in another building. Such as: the committee lead.",
    )

    def kept_by(self) -> tuple[str, str]:
        return self.cleaned_data["first"], self.cleaned_data["second"]


class ReadBackForm(Form):
    """The words of one sheet, typed from the paper. Shown again only to mend a slip, and never held."""

    sheet_words = Words(
        label="The words of one sheet, in their order",
        missing="Type the words of the sheet.",
        most=1000,
        rows=6,
        help_text="All 33, with spaces between. They are compared and forgotten.",
        widget=Textarea({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
