"""The report form: plain questions, each answer in a box of its own."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from foundation.forms import Choice, ClockTime, DropDown, Form, Line, UKDate, Words
from foundation.rows import Rows
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Concern, Involvement
from safeguarding.concerns.report import Report
from safeguarding.people.models import Member

from .marks import mark_forms, marks_in
from .people import PeopleForms, Roster, birthdays, named_in

YES_NO = [("yes", "Yes"), ("no", "No")]
WHICH_ADULT = (
    "Below, choose which adult it is about, with “Said to have done it” as their part, so that they do "
    "not see it. If you do not know their name, choose “Someone else” and describe them, and tick that "
    "they work or help here."
)
BEFORE_BIRTH = "That is before a child you chose below was born. Look at the year again."
WORDS = ("saw", "heard", "asked", "did", "think")


class ReportForm(Form):
    """Report a concern. Little is required, so that nobody is held up by not knowing."""

    key = forms.UUIDField(widget=forms.HiddenInput({"data-fresh-key": ""}))
    in_danger_now = Choice(
        label="Is a child in danger right now?",
        choices=YES_NO,
        hints={"yes": "Call 999 first. Come back to this when the child is safe."},
        missing="Say whether a child is in danger right now.",
    )
    kind = Choice(
        label="What is it about?",
        missing="Choose what it is about. If unsure, choose the last one.",
        help_text="Choose what comes nearest. If it is about an adult here, name them below: they will "
        "not see it.",
    )
    happened_on = UKDate(label="When did it happen?", not_future=True)
    happened_time = ClockTime(
        label="At about what time?", required=False, help_text="Leave empty if you do not know."
    )
    place = Line(
        label="Where?",
        required=False,
        most=200,
        help_text="For example: Acorns room, garden, at home, online",
    )
    saw = Words(
        label="What did you see?",
        required=False,
        rows=4,
        help_text="Facts only: what a camera would have shown.",
    )
    heard = Words(
        label="What was said, word for word?",
        required=False,
        help_text="The child’s own words, exactly, even if they sound odd. Say who spoke.",
    )
    asked = Words(
        label="What did you ask?",
        required=False,
        help_text="Every question you put, and the answers.",
        rows=3,
    )
    did = Words(
        label="What did you do?",
        required=False,
        help_text="For example: turned the screen off, comforted her.",
        rows=3,
    )
    think = Words(
        label="What do you think?",
        required=False,
        help_text="Your own opinion, kept apart from the facts, and why you think so.",
        rows=3,
    )
    risk_area = DropDown(
        label="What kind of online risk is it?",
        choices=Concern.RiskArea.choices,
        initial="unsure",
        missing="Choose a kind of risk, or that you are not sure.",
    )
    web_address = Line(
        label="Web address",
        required=False,
        most=2000,
        help_text="Only the address. No screenshot and no picture.",
    )
    device = Line(
        label="Device",
        required=False,
        most=200,
        help_text="For example: room tablet 2, a parent’s phone",
    )
    told_lead = Choice(
        label="Have you told the safeguarding lead in person?",
        help_text="If it is about them, tell the manager or somebody outside instead, and answer “not yet”.",
        choices=Concern.Told.choices,
        missing="Say whether you have told the safeguarding lead in person.",
    )

    def __init__(self, typed: QueryDict | None, *, member: Member, key: UUID | None = None) -> None:
        today = {"happened_on": timezone.localdate(), "key": key or uuid4()}
        super().__init__(typed, initial=today)
        self.people = PeopleForms(
            typed if typed and "people-TOTAL_FORMS" in typed else None,
            prefix="people",
            form_kwargs={"roster": Roster(member)},
        )
        self.marks = mark_forms(typed)
        kind = self.fields["kind"]
        if isinstance(kind, Choice):
            kind.choices = kinds.choices()

    def is_valid(self) -> bool:
        people = not self.people.is_bound or self.people.is_valid()
        if not people and self.is_bound:
            self.add_error(None, "Look again at who was involved: something there is not complete.")
        elif self.is_bound:
            self._ask_which_adult()
        marks = not self.marks.is_bound or self.marks.is_valid()
        if not marks and self.is_bound:
            self.add_error(None, "Look again at the marks: something there is not complete.")
        return super().is_valid() and people and marks

    def rows_within(self) -> Rows:
        return [("Person", self.people), ("Mark", self.marks)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wrote_something = any(data.get(box) for box in WORDS)
        if not wrote_something and not any(box in self.errors for box in WORDS):
            self.add_error("saw", "Write a few words in at least one of these boxes.")
        self._refuse_later_today(data)
        self._ask_for_the_adult(data)
        self._ask_whether_it_was_so_long_ago(data)
        return data

    def _ask_whether_it_was_so_long_ago(self, data: dict[str, Any]) -> None:
        on = data.get("happened_on")
        if on and self.people.is_bound and any(on < born for born in birthdays(self.people.forms)):
            self.add_error("happened_on", BEFORE_BIRTH)

    def _ask_which_adult(self) -> None:
        """Whoever it is about is kept out of it only where they are named (rule R10)."""
        kind = self.data.get("kind", "")
        named = named_in(self.people.forms) if self.people.is_bound else ()
        about = any(person.is_about_an_adult_here for person in named)
        if kinds.definition_of(kind).group == "adult" and not about:
            self.add_error("kind", WHICH_ADULT)

    def report(self) -> Report:
        """What was reported, as a value. Only for a valid form."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        data["in_danger_now"] = data["in_danger_now"] == "yes"
        people = named_in(self.people.forms) if self.people.is_bound else ()
        return Report(**data, people=people, marks=marks_in(self.marks))

    def _ask_for_the_adult(self, data: dict[str, Any]) -> None:
        """A report about what an adult here did says who, so that it is not they who are told (rule R10)."""
        if not kinds.is_about_an_adult(data.get("kind", "")):
            return
        rows = self.people.forms if self.people.is_bound else []
        parts = [getattr(row, "cleaned_data", {}).get("part") for row in rows]
        if Involvement.Part.ALLEGED not in parts:
            self.add_error(
                "kind",
                "Name the adult below, under “Who is it about?”, so that they are not told of it. If "
                "you do not know the name, choose “Someone else” and describe them.",
            )

    def _refuse_later_today(self, data: dict[str, Any]) -> None:
        day, clock = data.get("happened_on"), data.get("happened_time")
        now = timezone.localtime()
        if day == now.date() and clock and datetime.combine(day, clock, now.tzinfo) > now:
            self.add_error(
                "happened_time", "That time has not come yet today. Write when it happened."
            )


class AddendumForm(Form):
    """Something to add to a report already sent."""

    text = Words(label="What do you want to add?", missing="Write what you want to add.")
