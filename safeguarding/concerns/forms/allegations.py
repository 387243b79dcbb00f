"""Beginning a record about an adult from work on something else."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from foundation.forms import Choice, UKDate, Words
from foundation.keyrings import Unreadable
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Case, Concern, Involvement
from safeguarding.concerns.report import Person, Report
from safeguarding.people.models import Member

from .people import PersonForm, Roster

YES_NO = [("yes", "Yes"), ("no", "No")]
WHO = "Choose who it is about, so that they do not see it."
ALLEGED = Involvement.Part.ALLEGED.value


class StartAllegationForm(PersonForm):
    """Which adult, and the words that matter. It becomes a report of its own."""

    key = forms.UUIDField(widget=forms.HiddenInput({"data-fresh-key": ""}))
    in_danger_now = Choice(
        label="Is a child in danger right now?",
        choices=YES_NO,
        hints={"yes": "Call 999 first. Come back to this when the child is safe."},
        missing="Say whether a child is in danger right now.",
    )
    happened_on = UKDate(label="When did it happen?", not_future=True)
    told_lead = Choice(
        label="Has the safeguarding lead been told in person?",
        help_text="If it is about them, answer “not yet”, and do not tell them.",
        choices=Concern.Told.choices,
        missing="Say whether the safeguarding lead has been told in person.",
    )
    saw = Words(label="What was seen?", required=False, rows=4)
    heard = Words(
        label="What was said, word for word?",
        required=False,
        help_text="Copy the words that matter: this record stands on its own.",
        rows=4,
    )
    field_order = [
        "who",
        "name",
        "not_them",
        "in_danger_now",
        "happened_on",
        "saw",
        "heard",
        "told_lead",
    ]

    def __init__(
        self, typed: QueryDict | None, *, member: Member, source: Case | Concern, key: UUID | None
    ) -> None:
        given = _words_of(source) | {"key": key or uuid4()}
        super().__init__(typed, roster=Roster(member), initial=given)
        del self.fields["part"], self.fields["works_here"]
        who = self.fields["who"]
        who.label, who.required = "Which adult is it about?", True
        who.error_messages["required"] = WHO
        self.children = _children_of(source)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data |= {"part": ALLEGED, "works_here": True}
        data = super().clean()
        if not data.get("saw") and not data.get("heard"):
            self.add_error("saw", "Write what was seen or said, in a few words.")
        return data

    def report(self) -> Report:
        """What is said, as a value, naming the adult and the children of the record it came from."""
        data = self.cleaned_data
        return Report(
            kind=kinds.ALLEGATION,
            risk_area=Concern.RiskArea.UNSURE.value,
            in_danger_now=data["in_danger_now"] == "yes",
            told_lead=data["told_lead"],
            happened_on=data["happened_on"],
            saw=data["saw"],
            heard=data["heard"],
            people=(self.person(), *self.children),
        )


def _words_of(source: Case | Concern) -> dict[str, Any]:
    """The words of a report, as far as they are open, to begin from; of a case, only the day."""
    if isinstance(source, Case):
        return {"happened_on": timezone.localdate()}
    words = {name: getattr(source, name) for name in ("happened_on", "saw", "heard")}
    return {name: one for name, one in words.items() if not isinstance(one, Unreadable)}


def _children_of(source: Case | Concern) -> tuple[Person, ...]:
    """The children who may have been harmed: those close to them are kept out as well."""
    rows = source.everyone_involved() if isinstance(source, Case) else source.involvements.all()
    rows = rows.filter(part=Involvement.Part.HARMED, child__isnull=False, in_error=False)
    harmed = rows.select_related("child")
    by_child = {row.child: Person(Involvement.Part.HARMED.value, child=row.child) for row in harmed}
    return tuple(by_child.values())
