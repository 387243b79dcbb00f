"""What is asked to unlock."""

from django import forms
from django.http import QueryDict

from foundation.forms import Choice, Form, Words
from foundation.slots import LONGEST, Slots


class UnlockForm(Form):
    """Who, and their passphrase."""

    holder = Choice(label="Who are you?", missing="Choose who you are.")
    passphrase = forms.CharField(
        label="Your passphrase",
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off", "class": "govuk-input"}),
        error_messages={"required": "Type your passphrase."},
    )

    def __init__(self, typed: QueryDict | None, slots: Slots) -> None:
        super().__init__(typed)
        holder = self.fields["holder"]
        if isinstance(holder, Choice):
            holder.choices = [(one.id, one.holder) for one in slots.slots]


class RecoverForm(Form):
    """The words of two sheets."""

    first = Words(
        label="The words of one sheet",
        rows=5,
        missing="Type the words of one sheet.",
        help_text="All of them, in their order, with spaces between. Capitals do not matter.",
    )
    second = Words(
        label="The words of another sheet", rows=5, missing="Type the words of another sheet."
    )
