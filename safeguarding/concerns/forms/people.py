"""Choosing people: a child here, someone who works here, or somebody else by name."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from foundation.forms import DropDown, Form, Line, YesBox
from foundation.prepared import prepared
from foundation.rows import MOST
from safeguarding.concerns.adults import AdultsHere, spellings, words_of
from safeguarding.concerns.models import Involvement
from safeguarding.concerns.report import Person
from safeguarding.people import access
from safeguarding.people.models import Child, Member
from safeguarding.people.roles import LEADERSHIP, Role
from safeguarding.people.somebody import Somebody

SOMEONE_ELSE = "else"
Groups = list[tuple[str, Any]]


class Roster(AdultsHere):
    """The people of a setting that a member may choose from, fetched once for a whole page."""

    def __init__(self, member: Member) -> None:
        today = timezone.localdate()
        children = _children_for(member, today)
        super().__init__(member.setting)
        self.setting_id = member.setting_id
        self.children = {str(child.pk): child for child in children}

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

    def child_named(self, name: str) -> Child | None:
        """The one child here of this name, also for a reporter who sees no list of children.

        Or who was here, by the full name: children tell when they are away from it, and whoever cares
        for them is kept out of it still.
        """
        wanted, today = words_of(name), timezone.localdate()
        rows = Child.objects.filter(setting=self.setting_id)
        here = [one for one in rows if one.attends_on(today)]
        found = [one for one in here if words_of(one.full_name) == wanted]
        found = found or [one for one in here if words_of(one.known_as) == wanted]
        found = found or [one for one in rows if words_of(one.full_name) == wanted]
        return found[0] if len(found) == 1 else None


def _all_children(setting: UUID, on: date, *, roles: frozenset[Role]) -> QuerySet[Child]:
    who: Any = Somebody(setting, setting, roles=roles)  # whoever it is: these roles see every child
    return (
        Child.objects.readable_by(who)
        .attending(on)
        .only("setting", "known_as", "full_name", "born_on")
    )


_ALL_CHILDREN = prepared(_all_children, examples=[{"roles": LEADERSHIP}])


def _children_for(member: Member, on: date) -> Iterable[Child]:
    """The children that a member may choose from. One query."""
    if "t" in access.scopes(member.roles, "C6", "R"):
        return _ALL_CHILDREN(member.setting_id, on, roles=member.roles)
    return Child.objects.readable_by(member).attending(on)


class PersonForm(Form):
    """One person and their part in it."""

    who = DropDown(label="Person", required=False, blank="Choose a person")
    name = Line(label="Their name, if they are not in the list", required=False, most=160)
    works_here = YesBox(
        label="This person works or helps at this setting, even if not in the list", required=False
    )
    not_them = YesBox(
        label="This is somebody else, with a name like that of a person who works here",
        required=False,
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
        self._refuse_two_in_one_row(data)
        self._ask_whether_they_are_meant(data)
        return data

    def _refuse_two_in_one_row(self, data: dict[str, Any]) -> None:
        if data.get("name") and data.get("who") not in {None, "", SOMEONE_ELSE}:
            self.add_error(
                "name",
                "You chose somebody from the list and wrote a name as well. Add another person for the "
                "second one, or empty this box.",
            )

    def _ask_whether_they_are_meant(self, data: dict[str, Any]) -> None:
        """A name written nearly right would not shut its owner out: ask, once (rule R10)."""
        written = data.get("name") and data.get("who") in {"", SOMEONE_ELSE}
        if not written or data.get("part") != Involvement.Part.ALLEGED or data.get("not_them"):
            return
        alike = self.roster.sounds_like(data["name"])
        if alike and self.roster.named(data["name"]) is None:
            names = " or ".join(_as_meant(one, data["name"]) for one in alike)
            self.add_error(
                "name",
                f"Do you mean {names}? Choose them in the list, so that they do not see this report. "
                "If it is somebody else, tick the box below that says so.",
            )

    def person(self) -> Person:
        """The row as a value. Only for a row that is valid and not blank."""
        data = self.cleaned_data
        child, member = self.roster.find(data["who"])
        if data["who"] in {"", SOMEONE_ELSE}:
            member = None if data["not_them"] else self.roster.named(data["name"])
            child = None if member else self.roster.child_named(data["name"])
        named = child is not None or member is not None
        return Person(
            part=data["part"],
            child=child,
            member=member,
            name="" if named else data["name"],
            works_here=data["works_here"] and not named,
        )


def _as_meant(adult: Member, written: str) -> str:
    """By their name of now. That another one sounds alike is said, and not what it was."""
    now = spellings(adult.display_name) & spellings(written)
    return adult.display_name if now else f"{adult.display_name} (by a name they had before)"


def birthdays(rows: Iterable[PersonForm]) -> list[date]:
    """When the children were born who were chosen, as far as it is known."""
    found = [row.roster.find(getattr(row, "cleaned_data", {}).get("who") or "")[0] for row in rows]
    return [child.born_on for child in found if child and child.born_on]


PeopleForms = forms.formset_factory(PersonForm, extra=1, max_num=MOST, absolute_max=MOST)


def named_in(rows: Iterable[PersonForm]) -> tuple[Person, ...]:
    """The people of a report. Rows that name nobody do not count."""
    return tuple(row.person() for row in rows if not row.is_blank)
