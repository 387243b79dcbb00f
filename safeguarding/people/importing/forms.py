"""What is asked about a list: the list itself, its columns, and a last word."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foundation.forms import Choice, DropDown, Form, YesBox
from foundation.uploads import FIELD
from foundation.words import one_line, visible

from .columns import FIELDS, LABELS, Sheet
from .reading import decode

MOST_BYTES = 5 * 1024 * 1024
MOST_PASTED = 2_000_000
TOO_LARGE = (
    "The file is larger than 5 MB, and was not taken. Keep the columns with names, dates, rooms and "
    "carers, and leave out the others; or bring it in in parts."
)


class Pasted(forms.CharField):
    """Lines of a list, with their tabs. Unseen signs are in sight when they go back into the box."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        value = super().bound_data(data, initial)
        return visible(value) if isinstance(value, str) else value


class ListForm(Form):
    """A file, or the same as text."""

    file = forms.FileField(
        label="The file",
        required=False,
        allow_empty_file=True,
        help_text="A CSV file of at most 5 MB. It is read, and kept encrypted for a day at most.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    pasted = Pasted(
        label="Or paste the lines here",
        required=False,
        strip=False,
        help_text="With the headings. Copying the cells of a spreadsheet works as well.",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.too_large:
            self.add_error(FIELD, TOO_LARGE)
        elif not given.get(FIELD) and not (given.get("pasted") or "").strip():
            raise ValidationError("Choose a file, or paste the lines.")
        elif len(given.get("pasted") or "") > MOST_PASTED:
            self.add_error("pasted", "This is too long to paste. Send it as a file.")
        return given

    @property
    def text(self) -> str:
        """The text of the file; without one, what was pasted. Raises RuleBroken if it is no text."""
        sent = self.cleaned_data.get(FIELD)
        return decode(sent.read()) if sent else str(self.cleaned_data["pasted"])


class ColumnsForm(Form):
    """Which column is what, and, where nobody could tell, whether the day stands first."""

    def __init__(
        self, *args: Any, sheet: Sheet, kind: str, offered: list[str], ask: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, LABELS[name]) for name in FIELDS[kind]]
        for number, heading in enumerate(sheet.headings):
            self.fields[f"column_{number}"] = DropDown(
                label=one_line(heading[:60]) or f"Column {number + 1}, without a heading",
                choices=choices,
                blank="Leave out",
                required=False,
                initial=offered[number],
                help_text=_example(sheet, number),
            )
        if ask:
            self.fields["day_first"] = Choice(
                label="How are the dates written?",
                choices=[
                    ("yes", "Day first, as in 27/03/2022"),
                    ("no", "Month first, as in 03/27/2022"),
                ],
                missing="Say how the dates are written: from the list nobody could tell.",
            )

    @property
    def chosen(self) -> list[str]:
        given = self.cleaned_data
        return [str(given[name]) for name in self.fields if name.startswith("column_")]

    @property
    def day_first(self) -> bool:
        return self.cleaned_data.get("day_first") != "no"


class DoForm(Form):
    """The last word: exactly what was looked at, and the lines with mistakes left out or not."""

    plan = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, left_out: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if left_out:
            lines = "the line" if left_out == 1 else f"the {left_out:,} lines"
            self.fields["leave_out"] = YesBox(
                label=f"Leave out {lines} to put right, and bring in the others",
                missing="Tick this box, or put the lines right in your file and begin again.",
            )


def _example(sheet: Sheet, column: int) -> str:
    """The first words of a column, to know it by."""
    words = [one.strip() for one in sheet.values(column) if one.strip()]
    return f"For example: {one_line(words[0][:40])}" if words else "This column is empty."
