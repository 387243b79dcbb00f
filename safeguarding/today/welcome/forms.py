"""What is asked when Hedgerow is first set up."""

from itertools import combinations
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from foundation.forms import Choice, Form, Line
from safeguarding.directory import areas
from safeguarding.people.forms import EmailLine
from safeguarding.people.given import Person
from safeguarding.people.models import Setting, User
from safeguarding.people.passwords import ADVICE
from safeguarding.people.roles import Role
from safeguarding.people.setting_forms import HoursForm, TermsForm

from . import set_up_code

TWO_ARE_BETTER = (
    "You gave the same person as manager and as committee lead. A concern about the manager goes "
    "to the committee lead, so with two people it reaches somebody else, and the manager is "
    "protected from doubt as well. If there is nobody else yet, tick the box and change it later."
)
ONE_EACH = (
    "Two names have this address. Each needs one of their own: what is sent there is for one alone."
)
POSTS = {"lead": Role.LEAD, "manager": Role.MANAGER, "committee": Role.COMMITTEE_LEAD}


class CodeForm(Form):
    """The code that stands at the terminal."""

    code = Line(
        label="Set-up code",
        most=40,
        width=10,
        missing="Write the code that stands where Hedgerow was started.",
        help_text="Eight letters and numbers, such as 12ab-34cd.",
    )

    def clean_code(self) -> str:
        if not set_up_code.is_right(self.cleaned_data["code"]):
            set_up_code.note_wrong_try()
            raise ValidationError(
                "That is not the code. Look at it again and type all eight; after several wrong "
                "tries you wait a minute."
            )
        return str(self.cleaned_data["code"])


class SettingForm(Form):
    """Which setting."""

    name = Line(
        label="What is your setting called?", most=120, missing="Write the name of your setting."
    )
    kind = Choice(label="What kind of setting is it?", choices=Setting.Kind.choices)
    area = Choice(
        label="Where is it?",
        choices=areas.choices(),
        missing="Choose where your setting is. It decides which list of agencies you begin with.",
    )


class PeopleForm(Form):
    """Who the first people are, and which of them is answering."""

    lead_name = Line(
        label="Safeguarding lead: name",
        most=120,
        missing="Write the name of your safeguarding lead.",
        help_text="The person everyone takes a worry about a child to.",
    )
    lead_email = EmailLine(label="Safeguarding lead: e-mail address")
    manager_name = Line(
        label="Manager: name",
        most=120,
        missing="Write the name of the manager.",
        help_text="May be the same person as the lead: give the same e-mail address.",
    )
    manager_email = EmailLine(label="Manager: e-mail address")
    committee_name = Line(
        label="Committee lead for safeguarding: name",
        most=120,
        missing="Write the name of the committee lead.",
        help_text="A trustee, governor or owner: is told of a concern about the lead or manager.",
    )
    committee_email = EmailLine(label="Committee lead for safeguarding: e-mail address")
    same_for_now = forms.BooleanField(
        label="The manager and the committee lead are the same person for now", required=False
    )
    you = Choice(
        label="Which of them are you?",
        choices=[("lead", "Safeguarding lead"), ("manager", "Manager"), ("committee", "Committee")],
        missing="Choose who you are, so that we can sign you in at the end.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        same = given.get("manager_email") == given.get("committee_email")
        if given.get("manager_email") and same and not given.get("same_for_now"):
            self.add_error("same_for_now", TWO_ARE_BETTER)
        self._ask_about_one_address(given)
        return given

    def _ask_about_one_address(self, given: dict[str, Any]) -> None:
        """Whoever shares an address with somebody would be taken for them."""
        for one, other in combinations(("lead", "manager", "committee"), 2):
            email = given.get(f"{one}_email")
            names = {given.get(f"{post}_name", "").casefold() for post in (one, other)}
            if email and email == given.get(f"{other}_email") and len(names) == 2:
                self.add_error(f"{other}_email", ONE_EACH)

    def people(self) -> list[Person]:
        """Each address once, with all the roles given to it."""
        names: dict[str, str] = {}
        roles: dict[str, set[Role]] = {}
        for post, role in POSTS.items():
            email = self.cleaned_data[f"{post}_email"]
            names.setdefault(email, self.cleaned_data[f"{post}_name"])
            roles.setdefault(email, set()).add(role)
        return [Person(names[email], email, frozenset(held)) for email, held in roles.items()]

    def your_email(self) -> str:
        return str(self.cleaned_data[f"{self.cleaned_data['you']}_email"])


class PasswordForm(Form):
    """The password of the person who is answering."""

    password = forms.CharField(
        label="Choose your password",
        help_text=ADVICE,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same once more",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, known: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, User(name=" ".join(self.known[1:]), email=self.known[0]))
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given["password"] != given.get("again"):
            raise ValidationError("The two passwords differ. Type the same one twice.")
        return given


QUESTIONS: dict[str, type[Form]] = {
    "setting": SettingForm,
    "people": PeopleForm,
    "hours": HoursForm,
    "terms": TermsForm,
}
