"""Adding a file to a case, freezing one, and what the police instruct."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from foundation.forms import Choice, Form, Line, UKDate, Words, YesBox

from .casework import WhenForm, moment

LETTERS = ".pdf,.txt,.docx,.eml"


class FileForm(WhenForm):
    text = Words(
        label="What is it, and where did it come from?",
        missing="Write what it is and where it came from.",
        rows=3,
    )
    file = forms.FileField(
        label="The file",
        widget=forms.FileInput({"accept": LETTERS}),
        help_text="A PDF, a text file, a Word document or an e-mail, up to 10 MB. No pictures.",
        error_messages={
            "required": "Choose the file. If you had chosen one, please choose it again: browsers forget it.",
            "empty": "This file is empty. Choose another one.",
        },
    )
    field_order = ["text", "file", "on", "at"]

    def __init__(
        self, typed: QueryDict | None, sent: MultiValueDict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(typed, **kwargs)
        self.files = sent
        if self.case.takes_pictures:
            self._take_pictures()

    def _take_pictures(self) -> None:
        """A photograph may come too, once whoever adds it has looked at what it shows."""
        chosen = self.fields["file"]
        chosen.widget = forms.FileInput({"accept": f"{LETTERS},.jpg,.jpeg,.png"})
        chosen.help_text = (
            "A PDF, a text file, a Word document, an e-mail or a photograph (JPEG or PNG), up to 10 MB. "
            "Where and when a photograph was taken is taken out of it."
        )
        self.fields["looked"] = YesBox(
            label="If it is or holds a photograph: it shows no child undressed, nothing sexual, and "
            "nobody who need not be on it",
            missing="Look at what it shows, and tick this. If you are not sure, add nothing and ask "
            "the safeguarding lead.",
        )

    def values(self) -> dict[str, Any]:
        data = super().values()
        sent = data.pop("file")
        data.pop("looked", None)
        return {**data, "name": sent.name, "content": sent.read()}


class PicturesForm(Form):
    takes = Choice(
        label="Do cases about children take photographs?",
        choices=[
            ("no", "No. Words say what they show"),
            ("yes", "Yes, of letters, screens and things"),
        ],
        missing="Choose one.",
    )
    reason = Line(
        label="Why?",
        missing="Write why, in a few words. It stays on record.",
        help_text="For example: parents send letters as photographs",
        most=300,
    )

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, "takes": data["takes"] == "yes"}


class FreezeForm(Form):
    reason = Line(
        label="Why should it not be here?",
        missing="Write why, in a few words.",
        help_text="Do not say what it shows. For example: a picture that may be of a child",
        most=300,
    )


class ThawForm(Form):
    """Why a frozen file may be opened again."""

    reason = Words(
        label="Why may it be here after all?",
        missing="Write why, so that the second person can decide.",
        help_text="If the police said so: which officer, when, their reference. Do not say what it shows.",
        rows=3,
        most=1000,
    )


class DeclineForm(Form):
    """Why what was recorded of the police is not done."""

    reason = Words(
        label="Why not?",
        missing="Write why, for whoever recorded it.",
        help_text="For example: the police, rung back, know nothing of it. Do not say what it shows.",
        rows=3,
        most=1000,
    )


class InstructionForm(Form):
    """What the police instructed. The second person reads all of it."""

    officer = Line(label="Which officer said so?", missing="Write the officer’s name.", most=160)
    force = Line(label="Police force", missing="Write the police force.", most=160)
    reference = Line(
        label="Their reference", missing="Write the police reference.", most=80, width=20
    )
    instruction = Words(
        label="What did they instruct?",
        missing="Write what they instructed.",
        help_text="Nothing about the case or what the file shows: the second person may not know it.",
        rows=3,
    )
    on = UKDate(label="When did they say it?", not_future=True, initial=timezone.localdate)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        day = data.pop("on")
        return {**data, "instructed_at": moment(day, None)}
