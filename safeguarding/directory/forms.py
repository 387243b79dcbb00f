"""The questions about a contact, and about a setting's own value for a rule."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation import addresses
from foundation.forms import Choice, Choices, Form, Line, UKDate, Words, YesBox
from safeguarding.directory import areas
from safeguarding.directory.actions import Details
from safeguarding.directory.models import Contact
from safeguarding.law.values import Value

PHONE = re.compile(r"\+?[0-9][0-9 ()]{1,30}( ext\.? ?[0-9]+)?")
NO_WAY = "Give at least one way to reach them: a telephone number, an e-mail address or a link."


class AreaForm(Form):
    """Which list of agencies is the setting's."""

    area = Choice(label="Where are you?", choices=areas.choices())


class ContactForm(Form):
    name = Line(label="Name", most=120, missing="Write the name of the person or agency.")
    kind = Choice(label="What is it for?", choices=Contact.Kind.choices)
    audience = Choices(label="Who is it for?", choices=Contact.Audience.choices)
    level = Choice(label="Where is it?", choices=Contact.Level.choices)
    when_to_use = Words(
        label="When to use it",
        most=300,
        rows=3,
        strip=True,
        help_text="In a few words: what has happened when somebody needs this.",
        missing="Write when somebody should use it.",
    )
    phone = Line(label="Telephone", most=40, width=20, required=False)
    email = Line(label="E-mail", most=254, required=False)
    link = Line(label="Web address", required=False, help_text="Starts with https://")
    hours = Line(label="When they answer", most=120, required=False)
    source = Line(
        label="Where this comes from",
        most=200,
        required=False,
        help_text="For example: their website, or a letter from the council.",
    )
    takes_referrals = YesBox(
        label="A case may be referred to them", required=False, missing="Say yes or no."
    )

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError("Write the number in digits, for example 0300 123 1231.")
        return phone

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email:
            addresses.look_at(email)
        return email

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link and not re.fullmatch(r"https?://\S+\.\S+", link):
            raise ValidationError("Write the whole address, starting with https://")
        return link

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        reachable = any(said.get(way) for way in ("phone", "email", "link"))
        if not reachable and said.get("level") != Contact.Level.INTERNAL and not self.errors:
            self.add_error("phone", NO_WAY)
        return said

    def details(self) -> Details:
        """What was filled in, for the action."""
        said = self.cleaned_data
        return Details(**{**said, "audience": tuple(said["audience"])})


def answers_of(contact: Contact) -> dict[str, Any]:
    """A contact as the form's first answers."""
    return {name: getattr(contact, name) for name in ContactForm.base_fields}


class LocalRuleForm(Form):
    value = Line(
        label="Our own value",
        most=40,
        width=20,
        help_text="For example: 24 hours, 1 working day, 5 calendar days, 1 month, 25 years.",
        missing="Write a number and a unit, for example 24 hours.",
    )
    reason = Words(
        label="Why ours differs",
        most=500,
        rows=3,
        strip=True,
        missing="Write who asks for it, or why you chose it.",
    )
    starts = UKDate(
        label="From which day?",
        initial=timezone.localdate,
        help_text="Today or a later day. What was counted until then stays as it was.",
    )

    def clean_value(self) -> Value:
        try:
            return Value.parse(str(self.cleaned_data["value"]).lower())
        except ValueError as error:
            raise ValidationError(
                "Write a number and minutes, hours, working days, calendar days, months, terms or"
                " years; or the word immediately."
            ) from error
