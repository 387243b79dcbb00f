"""What is asked about people, children and the setting, and in which words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation import addresses
from foundation.forms import Choice, Choices, Form, Line, UKDate

from .given import Person
from .models import Child, Family, Member, Relationship, Room
from .roles import AT_WORK, TEMPORARY, Role

LAST_DAY = "Volunteers and contractors always have one. Others only if they are here for a time."
ROLE_HINTS: dict[str, str] = {
    Role.LEAD: "Reads and decides about concerns. Every setting needs one.",
    Role.DEPUTY: "Does the same when the lead is away.",
    Role.MANAGER: "Looks after people, children and the details of the setting.",
    Role.COMMITTEE_LEAD: "Is told when a concern is about the lead or the manager.",
    Role.PRACTITIONER: "Reports concerns, and sees those they are asked to help with.",
    Role.TECHNICAL: "Looks after devices. Never sees what a case is about.",
    Role.PARENT: "Reports concerns, and sees what stands here about their own children.",
}


class EmailLine(forms.EmailField):
    """An e-mail address, in lower case."""

    default_validators = [addresses.look_at]

    def __init__(
        self, missing: str = "Write the e-mail address they will sign in with.", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="off", spellcheck="false")
        self.error_messages["required"] = missing
        self.error_messages["invalid"] = "Write the whole address, like name@example.org."

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()


class MemberForm(Form):
    """Somebody new."""

    name = Line(label="Full name", most=120, missing="Write their name.")
    email = EmailLine(label="E-mail address", help_text="They sign in with it.")
    roles = Choices(
        label="What are they here?",
        choices=Role.choices,
        hints=ROLE_HINTS,
        missing="Choose at least one role.",
    )
    ends = UKDate(label="Last day", required=False, help_text=LAST_DAY)

    def person(self) -> Person:
        roles = frozenset(Role(role) for role in self.cleaned_data["roles"])
        data = self.cleaned_data
        return Person(name=data["name"], email=data["email"], roles=roles, ends=data["ends"])


class RoleForm(Form):
    """One more role for somebody who is here."""

    role = Choice(label="Which role?", choices=Role.choices, hints=ROLE_HINTS)
    starts = UKDate(label="First day", required=False, help_text="Leave empty for today.")
    ends = UKDate(label="Last day", required=False, help_text=LAST_DAY)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101  for the type checker
        role.choices = [(one.value, one.label) for one in roles]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") in TEMPORARY and not given.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "This role is for a time. Write the last day.")
        return given


class EndRoleForm(Form):
    """Why a role ends."""

    reason = Line(
        label="Why does it end?",
        most=500,
        missing="Write why, in a few words. For example: left the setting.",
    )


class EndTieForm(Form):
    """Why a tie counts no more."""

    reason = Line(
        label="Why does it end?",
        most=500,
        missing="Write why, in a few words. For example: put on record in error.",
    )


class AbsenceForm(Form):
    """From which day to which somebody is away."""

    about = forms.ModelChoiceField(Member.objects.none(), label="Who is away?", empty_label=None)
    starts = UKDate(label="First day away")
    ends = UKDate(label="Last day away", help_text="If you do not know yet, write your best guess.")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, initial={"about": member.pk}, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ModelChoiceField)  # noqa: S101  for the type checker
        people = Member.objects.readable_by(member).holding(AT_WORK, timezone.localdate())
        about.queryset = people.select_related("user")


class UnlockForm(Form):
    """The passphrase that opens one's key."""

    passphrase = forms.CharField(
        label="Your passphrase",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Enter your passphrase."},
    )


class NameForm(Form):
    """A room or a family by its name."""

    name = Line(label="Name", most=60, missing="Write the name.")


class CarerForm(Form):
    """An adult of a family."""

    name = Line(label="Their name", most=160, missing="Write their name.")
    relation = Line(
        label="Who are they to the children?",
        most=60,
        help_text="For example: mother, grandfather, foster carer.",
        missing="Write who they are to the children.",
    )
    member = forms.ModelChoiceField(
        Member.objects.none(),
        label="Their account here",
        required=False,
        empty_label="None",
        help_text="If they sign in here. It keeps them out of what concerns these children.",
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account = self.fields["member"]
        assert isinstance(account, forms.ModelChoiceField)  # noqa: S101  for the type checker
        people = Member.objects.readable_by(member).select_related("user")
        account.queryset = people.order_by("name")


class ChildForm(Form):
    """A child who starts with us."""

    known_as = Line(label="Known as", most=80, missing="Write the name the child is called by.")
    full_name = Line(label="Full name", most=160, required=False)
    born_on = UKDate(label="Date of birth", required=False, not_future=True)
    room = forms.ModelChoiceField(Room.objects.none(), required=False, empty_label="No room")
    family = forms.ModelChoiceField(Family.objects.none(), required=False, empty_label="Not yet")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms, families = self.fields["room"], self.fields["family"]
        assert isinstance(rooms, forms.ModelChoiceField)  # noqa: S101  for the type checker
        assert isinstance(families, forms.ModelChoiceField)  # noqa: S101
        rooms.queryset = Room.objects.readable_by(member).order_by("name")
        families.queryset = Family.objects.readable_by(member).order_by("name")


class LeavingForm(Form):
    """When a child left."""

    on = UKDate(label="Last day here", missing="Write the last day the child was here.")


class TieForm(Form):
    """With whom somebody here is close."""

    kind = Choice(label="What is the tie?", choices=Relationship.Kind.choices)
    adult = forms.ChoiceField(label="An adult here", required=False)
    child = forms.ModelChoiceField(
        Child.objects.none(), label="Or a child here", required=False, empty_label="Choose one"
    )

    def __init__(self, *args: Any, member: Member, about: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        adults = Member.objects.staff_of(member.setting, today).exclude(pk=about.pk)
        self.adults = {str(one.pk): one for one in adults}
        adult, child = self.fields["adult"], self.fields["child"]
        assert isinstance(adult, forms.ChoiceField)  # noqa: S101  for the type checker
        assert isinstance(child, forms.ModelChoiceField)  # noqa: S101
        names = [(pk, one.display_name) for pk, one in self.adults.items()]
        adult.choices = [("", "Choose one"), *names]
        child.queryset = Child.objects.readable_by(member).attending(today)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("adult")) == bool(given.get("child")):
            raise ValidationError("Choose one person: an adult or a child.")
        given["other_member"] = self.adults.get(given.pop("adult", ""))
        return given
