"""Adding a file to a case, freezing one, and what the police instruct."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from foundation.forms import Form, Line, UKDate, Words

from .casework import WhenForm, moment


class FileForm(WhenForm):
    text = Words(
        label="What is it, and where did it come from?",
        missing="Write what it is and where it came from.",
        rows=3,
    )
    file = forms.FileField(
        label="The file",
        widget=forms.FileInput({"accept": ".pdf,.txt,.docx,.eml"}),
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

    def values(self) -> dict[str, Any]:
        data = super().values()
        sent = data.pop("file")
        return {**data, "name": sent.name, "content": sent.read()}


class FreezeForm(Form):
    reason = Line(
        label="Why should it not be here?",
        missing="Write why, in a few words.",
        help_text="Do not say what it shows. For example: a picture that may be of a child",
        most=300,
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
