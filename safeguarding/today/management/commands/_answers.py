"""What commands are told, looked at as a page looks at it."""

from typing import Any

from django.core.management.base import CommandError
from django.forms import Form

from foundation import forms
from safeguarding.people.forms import EmailLine


class GroupForm(forms.Form):
    """Who answers for several settings."""

    group = forms.Line(label="Group", most=120, required=False)


class OfficerForm(forms.Form):
    """Who looks at it from outside."""

    name = forms.Line(label="Name", most=120)
    email = EmailLine(label="E-mail address")


def answered(form: Form) -> dict[str, Any]:
    """What was answered. Raises CommandError with a sentence for each thing that is missing."""
    if form.is_valid():
        return form.cleaned_data
    wrong = [str(one) for errors in form.errors.values() for one in errors]
    raise CommandError("\n".join([*wrong, "Nothing was changed."]))
