"""Choosing people: a child here, someone who works here, or somebody else by name."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from foundation.forms import DropDown, Form, Line, YesBox
from safeguarding.concerns.models import Involvement
from safeguarding.concerns.report import Person
from safeguarding.people import access
from safeguarding.people.models import Child, Member
from safeguarding.people.roles import STAFF, TEMPORARY

SOMEONE_ELSE = "else"
Groups = list[tuple[str, Any]]


class Roster:
    """The people of a setting that a member may choose from, fetched once for a whole page."""

    def __init__(self, member: Member) -> None:
        today = timezone.localdate()
        children = Child.objects.readable_by(member).attending(today)
        adults = member.setting.holding(STAFF | TEMPORARY, today).with_roles(today)
        self.children = {str(child.pk): child for child in children}
        self.adults = {str(adult.pk): adult for adult in adults}

    @property
    def choices(self) -> Groups:
        """Children, adults who work or help here, and "someone else", for a drop-down list."""
        children = [(f"child:{pk}", str(child)) for pk, child in self.children.items()]
        adults = [(f"member:{pk}", adult.display_name) for pk, adult in self.adults.items()]
        return [
            (SOMEONE_ELSE, "Someone else (write their name below)"),
            ("Children", children),
            ("Adults who work or help here", adults),
        ]

    @property
    def adult_choices(self) -> list[tuple[str, str]]:
        return [(pk, adult.display_name) for pk, adult in self.adults.items()]

    def who_may_read(self, *record_classes: str) -> list[tuple[str, str]]:
        """The adults whose roles let them read such a record once they are on its list."""
        return [
            (pk, adult.display_name)
            for pk, adult in self.adults.items()
            if any(access.scopes(adult.roles, one, "R") for one in record_classes)
        ]

    def find(self, who: str) -> tuple[Child | None, Member | None]:
        """The child or member that a choice stands for."""
        kind, _, pk = who.partition(":")
        return (
            self.children.get(pk) if kind == "child" else None,
            self.adults.get(pk) if kind == "member" else None,
        )

    def named(self, name: str) -> Member | None:
        """The one adult here whose full name was written instead of chosen, so that they are shut out."""
        wanted = " ".join(name.split()).casefold()
        found = [one for one in self.adults.values() if one.display_name.casefold() == wanted]
        return found[0] if len(found) == 1 else None


class PersonForm(Form):
    """One person and their part in it."""

    who = DropDown(label="Person", required=False, blank="Choose a person")
    name = Line(label="Their name, if they are not in the list", required=False, most=160)
    works_here = YesBox(
        label="This person works or helps at this setting, even if not in the list", required=False
    )
    part = DropDown(
        label="Their part in it",
        choices=Involvement.Part.choices,
        required=False,
        blank="Choose their part",
    )

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roster = roster
        who = self.fields["who"]
        if isinstance(who, forms.ChoiceField):
            who.choices = [("", "Choose a person"), *roster.choices]

    @property
    def is_blank(self) -> bool:
        """Whether nobody was named in this row."""
        data = getattr(self, "cleaned_data", {})
        return not data.get("who") and not data.get("name")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("who") == SOMEONE_ELSE and not data.get("name"):
            self.add_error("name", "Write the name of this person, or how you would describe them.")
        if self.is_blank and data.get("part"):
            self.add_error("who", "Choose who this is, or write their name.")
        if not self.is_blank and not data.get("part"):
            self.add_error("part", "Choose their part in what happened.")
        return data

    def person(self) -> Person:
        """The row as a value. Only for a row that is valid and not blank."""
        data = self.cleaned_data
        child, member = self.roster.find(data["who"])
        if data["who"] in {"", SOMEONE_ELSE}:
            member = self.roster.named(data["name"])
        named = child is not None or member is not None
        return Person(
            part=data["part"],
            child=child,
            member=member,
            name="" if named else data["name"],
            works_here=data["works_here"] and not named,
        )


PeopleForms = forms.formset_factory(PersonForm, extra=1, max_num=20, absolute_max=20)


def named_in(rows: Iterable[PersonForm]) -> tuple[Person, ...]:
    """The people of a report. Rows that name nobody do not count."""
    return tuple(row.person() for row in rows if not row.is_blank)
