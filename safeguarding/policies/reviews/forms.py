"""The questions of a review."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from foundation.forms import Choice, DropDown, Form, Line, UKDate, Words, YesBox
from safeguarding.policies.models import Clause, PolicyVersion

from .due import Standing
from .models import ReviewOutcome, TechnicalChange, Voice, VoiceAnswer, Why

NO_NAMES = "Do not name a child or an adult, and do not say what a concern was about."
ASKABLE = [(one.value, one.label) for one in Why if one != Why.YEARLY]
HINTS = {
    Why.GUIDANCE: "For example a new edition of the statutory guidance, or new local procedures.",
    Why.CONCERN: "Say what the policy does not cover, not what happened.",
    Why.TECHNICAL: "For example new tablets, another filter, or a filter that failed.",
    Why.INCIDENT: "Something the policy should have prevented, or was not clear about.",
}


class AskForm(Form):
    policy = DropDown(label="Which policy?", missing="Choose the policy that should be looked at.")
    why = Choice(label="Why now?", choices=ASKABLE, hints={k.value: v for k, v in HINTS.items()})
    reason = Words(
        label="What should be looked at?",
        help_text=NO_NAMES,
        most=2000,
        rows=4,
        missing="Say in a sentence or two what should be looked at.",
    )

    def __init__(self, *args: Any, policies: Iterable[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "policy", "Choose one", ((str(one.policy_id), one.title) for one in policies))


class ChangeForm(Form):
    kind = Choice(label="What has changed?", choices=TechnicalChange.Kind.choices)
    changed_on = UKDate(label="Since when?", not_future=True)
    text = Words(
        label="What is different now?",
        help_text="For example: new tablets, another filter, a new app for pictures. No passwords here. "
        + NO_NAMES,
        most=2000,
        rows=4,
        missing="Say in a sentence or two what is different now.",
    )

    def said(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        return {**self.cleaned_data, "kind": TechnicalChange.Kind(self.cleaned_data["kind"])}


class RefuseForm(Form):
    reason = Words(
        label="Why is no review needed?",
        help_text="Whoever asked reads this.",
        most=2000,
        rows=4,
        missing="Say why no review is needed. Whoever asked will read it.",
    )


class OpenForm(Form):
    why = Choice(label="Why is it looked at?", choices=Why.choices)
    input_until = UKDate(
        label="Until when do you ask people what they think?",
        help_text="Everyone who works here, and parents with an account, are asked today.",
    )
    due_on = UKDate(
        label="When should the review be finished?",
        help_text="Including the committee’s word, where there is a new version.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("input_until", today + timedelta(weeks=2))
        self.initial.setdefault("due_on", today + timedelta(weeks=5))


class BeforeForm(Form):
    reviewed_on = UKDate(label="When was it last reviewed?", not_future=True)
    source = Line(
        label="How do you know?",
        help_text="For example: the date on its cover, or the minutes of a meeting.",
        most=300,
        missing="Say how you know, so that somebody else can check it.",
    )


class TaskForm(Form):
    note = Words(
        label="What did you find?",
        help_text="One sentence is enough. " + NO_NAMES,
        most=4000,
        rows=4,
        required=False,
    )
    left_out = YesBox(label="This was not done: the note says why", required=False)


class _OnAClause(Form):
    """A form that may point at one clause of the text under review."""

    def __init__(self, *args: Any, clauses: Iterable[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = {str(one.pk): one for one in clauses}
        _choose(
            self, "clause", "All of it", ((pk, str(one)[:100]) for pk, one in self.clauses.items())
        )

    def said(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        data = self.cleaned_data
        return {**data, "clause": self.clauses.get(data["clause"])}


class SayForm(_OnAClause):
    clause = DropDown(label="Which part is it about?", blank="All of it", required=False)
    text = Words(
        label="What do you think?",
        help_text="What is good, what is missing, what nobody can keep to. " + NO_NAMES,
        most=4000,
        missing="Write what you think, or choose “I have nothing to add”.",
    )


class CodeForm(Form):
    """The code of a letter, typed."""

    code = Line(
        label="The code on your letter",
        most=40,
        help_text="Two groups of four letters and digits. Capitals and the dash do not matter.",
        missing="Write the code on your letter.",
    )


class LetterForm(_OnAClause):
    """For anybody with the code of a letter. Nothing about them is asked but in what part they speak."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    whose = Choice(
        label="Who is speaking?",
        choices=[
            (Voice.Whose.PARENT, "I am a parent or carer"),
            (Voice.Whose.CHILDREN, "My child says this, and I write it down"),
        ],
        missing="Say whether it is you who speaks, or your child.",
    )
    clause = DropDown(label="Which part is it about?", blank="All of it", required=False)
    text = Words(
        label="What do you think?",
        help_text="What is good, what is missing, what does not work for you. Please name nobody.",
        most=4000,
        missing="Write what you think.",
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, typed: QueryDict | None, *, clauses: Iterable[Clause]) -> None:
        super().__init__(typed, clauses=clauses, initial={"key": uuid4()})

    @property
    def is_trapped(self) -> bool:
        """Whether the box that nobody sees was filled in."""
        return bool(self.data.get("website"))

    def said(self) -> dict[str, Any]:
        data = super().said()
        return {
            "form": data["key"],
            "whose": Voice.Whose(data["whose"]),
            "text": data["text"],
            "clause": data["clause"],
        }


class WriteDownForm(_OnAClause):
    whose = Choice(
        label="Who was asked?",
        choices=[
            (Voice.Whose.CHILDREN, "Children"),
            (Voice.Whose.PARENT, "Parents or carers without an account"),
        ],
    )
    how = Choice(
        label="How were they asked?",
        choices=[one for one in Voice.How.choices if one[0] not in {"written", "letter"}],
    )
    people = DropDown(
        label="How many were heard?",
        choices=[(str(n), str(n)) for n in range(1, 61)],
        missing="Choose how many people were heard.",
    )
    clause = DropDown(label="Which part is it about?", blank="All of it", required=False)
    text = Words(
        label="What did they say?",
        help_text="In their own words where you can. Never a child’s name: write “a child”.",
        most=4000,
        missing="Write what they said.",
    )

    def said(self) -> dict[str, Any]:
        data = super().said()
        return {
            **data,
            "people": int(data["people"]),
            "whose": Voice.Whose(data["whose"]),
            "how": Voice.How(data["how"]),
        }


class AnswerForm(Form):
    said = Words(
        label="What was said, in a few words that name nobody",
        help_text="Everyone reads this once the review has ended.",
        most=500,
        rows=2,
        missing="Say in a few words what was said, naming nobody.",
    )
    did = Choice(label="What follows from it?", choices=VoiceAnswer.Did.choices)
    text = Words(
        label="What was done about it, or why not",
        help_text="Everyone reads this once the review has ended.",
        most=2000,
        rows=3,
        missing="Say what was done about it, or why not.",
    )


class OutcomeForm(Form):
    kind = Choice(label="What came of it?", choices=ReviewOutcome.Kind.choices)
    version = DropDown(
        label="The new version, if there is one",
        blank="No new version",
        required=False,
        help_text="Only versions that the committee adopted after the one you read stand here.",
    )
    considered = Words(
        label="What was considered, and why did you decide so?",
        help_text="Guidance, concerns in general words, technical changes, what people said. "
        + NO_NAMES,
        most=10_000,
        missing="Say what was considered. An inspector will ask for it.",
    )
    next_review_on = UKDate(
        label="When is it looked at next?",
        help_text="Leave it empty for the latest day the rule allows.",
        required=False,
    )

    def __init__(self, *args: Any, versions: Iterable[PolicyVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(one.pk): one for one in versions}
        _choose(
            self, "version", "No new version", ((pk, str(one)) for pk, one in self.versions.items())
        )

    def said(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        data = self.cleaned_data
        day: date | None = data["next_review_on"]
        return {
            "kind": ReviewOutcome.Kind(data["kind"]),
            "version": self.versions.get(data["version"]),
            "considered": data["considered"],
            "next_review_on": day,
        }


def _choose(form: Form, name: str, blank: str, choices: Iterable[tuple[str, str]]) -> None:
    """Put these choices into a list, after its blank line."""
    field = form.fields[name]
    if isinstance(field, DropDown):
        field.choices = [("", blank), *choices]
