"""What is asked to keep the ways in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from foundation.forms import Form
from foundation.slots import LONGEST

SHORTEST = 15
ADVICE = (
    "Use four or more random words that do not belong together. At least 15 characters. Not your password "
    "for signing in, and not one you use anywhere else."
)


class PassphraseForm(Form):
    """A passphrase of one's own."""

    passphrase = forms.CharField(
        label="Your new passphrase",
        max_length=LONGEST,
        strip=False,
        help_text=ADVICE,
        widget=forms.PasswordInput({"autocomplete": "new-password", "class": "govuk-input"}),
        error_messages={"required": "Type a passphrase."},
    )
    again = forms.CharField(
        label="The same once more",
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "class": "govuk-input"}),
        error_messages={"required": "Type the same once more."},
    )

    def clean_passphrase(self) -> str:
        text = str(self.cleaned_data["passphrase"])
        if len(text) < SHORTEST:
            raise ValidationError(f"This is {len(text)} characters; use at least {SHORTEST}.")
        validate_password(text)
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "passphrase" in data and "again" in data and data["passphrase"] != data["again"]:
            self.add_error("again", "The two are not the same. Type both once more.")
        return data
