"""What is asked when a policy is brought in, put right, named and adopted."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foundation.forms import Choice, Choices, DropDown, Form, Line, UKDate, Words
from foundation.uploads import FIELD

from .importing import reading
from .importing.clauses import Piece, parts_of
from .importing.kinds import TAKEN, WHY
from .importing.reading import Brought
from .models import PolicyVersion, ProposalAnswer

LEVELS = [(str(n), f"{n}{', a section' if n == 1 else ''}") for n in range(1, 8)]


class BringInForm(Form):
    """A file, or the same as words."""

    file = forms.FileField(
        label="The file",
        required=False,
        allow_empty_file=True,
        help_text=f"{TAKEN} At most 10 MB. The file itself is not kept: only its words are.",
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.md,.markdown,.html,.htm,.txt"}),
    )
    pasted = Words(
        label="Or paste the words here",
        required=False,
        most=reading.MOST_PASTED,
        rows=6,
        help_text="Copied from Word, automatic numbers are often lost. Then send the file instead.",
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.too_large:
            self.add_error(FIELD, WHY["too_big"])
        elif given.get(FIELD) is None and not (given.get("pasted") or "").strip():
            raise ValidationError("Choose a file, or paste the words.")
        return given

    @property
    def brought(self) -> Brought:
        """What was read. Raises RuleBroken with what is wrong."""
        sent = self.cleaned_data.get(FIELD)
        if sent is not None:
            return reading.from_file(sent.name or "", sent.read())
        return reading.from_words(str(self.cleaned_data["pasted"]))


class SeenForm(Form):
    """Which state of the clauses somebody looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ClauseForm(SeenForm):
    """One clause, to put right."""

    number = Line(
        label="Number",
        required=False,
        most=20,
        width=10,
        help_text="As it is printed. Empty for none.",
    )
    level = DropDown(
        label="Level", choices=LEVELS, help_text="How deep it stands: 7 is level 1, 7.3 is level 2."
    )
    heading = Line(label="Heading", required=False, most=300)
    text = Words(
        label="Words",
        required=False,
        rows=8,
        help_text="Begin each item of a list with • or a dash and a space.",
    )

    @property
    def piece(self) -> Piece:
        given = self.cleaned_data
        return Piece(given["number"], given["heading"], given["text"], int(given["level"]))


class SplitForm(SeenForm):
    """Where another clause begins."""

    after = Choice(
        label="The new clause begins with",
        missing="Choose the line with which the new clause begins.",
    )
    new_number = Line(label="Its number", required=False, most=20, width=10)

    def __init__(self, *args: Any, lines: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(n), line.strip()) for n, line in enumerate(lines)][1:]
        self.fields["after"].choices = told  # type: ignore[attr-defined]


class MistakeForm(Form):
    """Why a policy should not be here."""

    reason = Line(
        label="Why should it not be here?",
        most=500,
        missing="Write why. For example: it is a new version of the online safety policy.",
    )


class SaveForm(SeenForm):
    """What it is called, and what is new in it."""

    title = Line(
        label="The title of the policy", most=200, missing="Write the title of the policy."
    )
    change_note = Words(
        label="What is new in it?",
        required=False,
        most=1000,
        rows=3,
        help_text="A sentence or two, for those who read it next.",
    )

    def __init__(self, *args: Any, policies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if policies := list(policies):
            self.fields["policy"] = DropDown(
                label="Is it a new version of a policy that you have?",
                choices=policies,
                blank="No, it is a new policy",
                required=False,
            )
            self.order_fields(["seen", "title", "policy", "change_note"])


class AliasForm(Form):
    name = Line(
        label="Another title",
        most=200,
        missing="Write the other title.",
        help_text="As other policies name it, for example “Use of mobile phones and cameras”.",
    )


class LossForm(Form):
    """What becomes of a duty whose clause is gone or changed."""

    moved_to = DropDown(
        label="The clause that holds this duty now", required=False, blank="No other clause"
    )
    reason = Words(label="Or say why the change is right", required=False, most=1000, rows=3)

    def __init__(self, *args: Any, numbers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moved_to"].choices = [("", "No other clause"), *numbers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("moved_to") and not (given.get("reason") or "").strip():
            raise ValidationError("Choose a clause, or say why the change is right.")
        return given


class ProposeForm(Form):
    """Who of the committee is asked."""

    approvers = Choices(
        label="Who is asked to adopt it?",
        missing="Choose at least one person.",
        help_text="All of them must say yes.",
    )
    note = Words(label="A word to them", required=False, most=1000, rows=3)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approvers"].choices = list(people)  # type: ignore[attr-defined]


class AnswerForm(Form):
    """Yes or not yet, about exactly the text on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    answer = Choice(
        label="Does the committee adopt this version?",
        choices=[
            (ProposalAnswer.Kind.YES.value, "Yes, we adopt it"),
            (ProposalAnswer.Kind.NO.value, "Not yet"),
        ],
        hints={ProposalAnswer.Kind.NO.value: "Say below what should be different."},
        missing="Say yes or not yet.",
    )
    adopted_on = UKDate(label="The day of the meeting", required=False, not_future=True)
    minutes = Line(
        label="Where the minutes say so",
        required=False,
        most=200,
        help_text="For example: item 6 of 12 May.",
    )
    reason = Words(label="What should be different?", required=False, most=1000, rows=3)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        yes = given.get("answer") == ProposalAnswer.Kind.YES.value
        if yes and not given.get("adopted_on") and "adopted_on" not in self.errors:
            self.add_error("adopted_on", "Write the day on which the committee met.")
        if yes and not given.get("minutes"):
            self.add_error(
                "minutes", "Say where the minutes have it, so that anyone can look it up."
            )
        if given.get("answer") == ProposalAnswer.Kind.NO.value and not given.get("reason"):
            self.add_error("reason", "Say what should be different.")
        return given


class CompareForm(Form):
    """Which two versions are laid side by side."""

    older = DropDown(label="From version")
    newer = DropDown(label="To version")

    def __init__(self, *args: Any, versions: Iterable[PolicyVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(one.number), f"Version {one.number}") for one in versions]
        for name in ("older", "newer"):
            self.fields[name].choices = told  # type: ignore[attr-defined]


def number_of_level(number: str, level: int) -> int:
    """The level that a number has by itself; what was chosen where it has none."""
    return len(parts_of(number)) or level
