"""Adding a file to a case."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from foundation.forms import Words

from .casework import WhenForm


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
