"""The questions about agreements and access."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.forms import Choice, Choices, DropDown, Form, Line, UKDate, Words
from safeguarding.people.models import Child, Member

from .audiences import Part, Question, Wording
from .kinds import CHOICES, HINTS
from .models import Agreement, Signature

SPARE = 2  # empty parts at the end of the form for writing an agreement
MISSING = {
    "ask": "Write what is asked.",
    "right": "Write the right answer.",
    "wrong": "Write at least one other answer.",
    "why": "Write why it is so, in a sentence.",
}
NOT_RIGHT = "Not quite. {} Look at it again, then choose the other answer."
ANSWERS = [("yes", "Yes, I have read it and I agree"), ("no", "No, I do not agree")]
NO_MEANS = (
    "You can still report a worry, see who to call and read your own reports. Everything else stays closed "
    "until you agree. The manager is told, so that you can talk about it."
)
READ_CAREFULLY = "Say whether you agree."


class SignForm(Form):
    """An answer to one agreement: its questions, its children, and yes or no."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, agreement: Agreement, children: list[Child], note: str = "", **kw: Any
    ) -> None:
        super().__init__(*args, initial={"seen": agreement.digest, "note": note}, **kw)
        self.agreement, self.own = agreement, {str(child.pk): child for child in children}
        for number, one in enumerate(agreement.asked):
            choices = [(str(place), text) for place, text in enumerate(one.choices)]
            self.fields[f"question_{number}"] = Choice(
                label=one.ask, choices=choices, missing="Choose an answer."
            )
        if children:
            self.fields["children"] = Choices(
                label="I have talked about it with",
                choices=[(pk, child.known_as) for pk, child in self.own.items()],
                missing="Talk about it with your child first, then tick the name.",
            )
        self.fields["answer"] = Choice(
            label="Do you agree?", choices=ANSWERS, hints={"no": NO_MEANS}, missing=READ_CAREFULLY
        )
        self.fields["note"] = Words(
            label="If you do not agree: what would have to be different?",
            help_text="You need not say. Only you and those who keep agreements read it.",
            most=1000,
            rows=3,
            required=False,
        )

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data.get("answer") == "yes")

    @property
    def children(self) -> list[Child]:
        return [self.own[pk] for pk in self.cleaned_data.get("children", [])]

    def clean(self) -> dict[str, Any]:
        """A yes takes every answer, and the right ones. A no takes nothing else."""
        said = super().clean() or self.cleaned_data
        for number, one in enumerate(self.agreement.asked):
            name = f"question_{number}"
            if name in said and said[name] != str(one.right):
                self.add_error(name, NOT_RIGHT.format(one.why))
        if said.get("answer") == "no":
            for name in [
                name for name in self.errors if name.startswith(("question_", "children"))
            ]:
                del self.errors[name]
        return said


class WritingForm(Form):
    """An agreement part by part, as it stands now or comes with Hedgerow."""

    title = Line(label="Its name", most=200, missing="Give it a name.")
    change_note = Line(label="What is different from the version before", most=500, required=False)

    def __init__(self, *args: Any, wording: Wording, **kwargs: Any) -> None:
        first: dict[str, Any] = {"title": wording.title}
        self.before = wording
        for number, part in enumerate(wording.parts):
            first |= {f"heading_{number}": part.heading, f"text_{number}": part.text}
        super().__init__(*args, initial=first, **kwargs)
        for number in range(len(wording.parts) + SPARE):
            self.fields[f"heading_{number}"] = Line(
                label=f"Part {number + 1}: heading", most=200, required=False
            )
            self.fields[f"text_{number}"] = Words(
                label=f"Part {number + 1}: what it says",
                most=6000,
                rows=5,
                strip=True,
                required=False,
            )
        self.order_fields(["title", *(name for name in self.fields if "_" in name), "change_note"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for number in range(len(self.before.parts) + SPARE):
            heading, text = said.get(f"heading_{number}"), said.get(f"text_{number}")
            if bool(heading) != bool(text):
                missing = "text" if heading else "heading"
                self.add_error(f"{missing}_{number}", "A part has both a heading and a text.")
            elif text and len(text) < 3:
                self.add_error(f"text_{number}", "Write a whole sentence.")
        if not self.errors and not self._parts():
            raise ValidationError("There is nothing in it yet. It needs at least one part.")
        return said

    def _parts(self) -> tuple[Part, ...]:
        said, before = self.cleaned_data, self.before.parts
        return tuple(
            Part(
                heading=said[f"heading_{number}"],
                text=said[f"text_{number}"],
                covers=before[number].covers if number < len(before) else (),
            )
            for number in range(len(before) + SPARE)
            if said.get(f"text_{number}")
        )

    def wording(self) -> Wording:
        """What was written; the questions stay those of the version before."""
        return Wording(
            title=self.cleaned_data["title"],
            parts=self._parts(),
            questions=self.before.questions,
        )


class QuestionsForm(Form):
    """What people answer before they sign. An empty box leaves a question out."""

    def __init__(self, *args: Any, wording: Wording, **kwargs: Any) -> None:
        self.before = wording
        first: dict[str, str] = {}
        for number, one in enumerate(wording.questions):
            others = [text for place, text in enumerate(one.choices) if place != one.right]
            first |= {
                f"ask_{number}": one.ask,
                f"right_{number}": one.choices[one.right],
                f"wrong_{number}": "\n".join(others),
                f"why_{number}": one.why,
            }
        super().__init__(*args, initial=first, **kwargs)
        self.numbers = range(len(wording.questions) + SPARE)
        for number in self.numbers:
            self._add(number)

    def _add(self, number: int) -> None:
        says = f"Question {number + 1}"
        self.fields[f"ask_{number}"] = Line(
            label=f"{says}: what is asked", most=300, required=False
        )
        self.fields[f"right_{number}"] = Line(
            label=f"{says}: the right answer", most=300, required=False
        )
        self.fields[f"wrong_{number}"] = Words(
            label=f"{says}: other answers, each on a line of its own",
            most=1000,
            rows=3,
            required=False,
        )
        self.fields[f"why_{number}"] = Line(
            label=f"{says}: why it is so",
            most=500,
            required=False,
            help_text="Whoever chose another answer reads this, and tries again.",
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for number in self.numbers:
            given = {
                name: said.get(f"{name}_{number}") for name in ("ask", "right", "wrong", "why")
            }
            if any(given.values()):
                for name in [name for name, words in given.items() if _is_missing(name, words)]:
                    self.add_error(f"{name}_{number}", MISSING[name])
            if given["right"] and given["right"] in _lines(given["wrong"]):
                self.add_error(f"wrong_{number}", "The right answer stands among the others too.")
        return said

    def questions(self) -> tuple[Question, ...]:
        """What was written. The right answer stands where it stood, or where chance of the words puts it."""
        said = self.cleaned_data
        found = []
        for number in self.numbers:
            if not said.get(f"ask_{number}"):
                continue
            ask, choices = said[f"ask_{number}"], _lines(said[f"wrong_{number}"])
            place = self._place(number, ask, len(choices) + 1)
            choices.insert(place, said[f"right_{number}"])
            why = said[f"why_{number}"]
            found.append(Question(ask=ask, choices=tuple(choices), right=place, why=why))
        return tuple(found)

    def _place(self, number: int, ask: str, answers: int) -> int:
        before = self.before.questions
        if number < len(before) and before[number].right < answers:
            return before[number].right
        return sum(ask.encode()) % answers


def _is_missing(name: str, words: str | None) -> bool:
    """Whether there is nothing, or too little to be a sentence. An answer may be as short as No."""
    return len(words or "") < (3 if name in {"ask", "why"} else 1)


def _lines(written: str | None) -> list[str]:
    return [line.strip() for line in (written or "").splitlines() if line.strip()]


class PublishForm(Form):
    in_force_from = UKDate(
        label="From which day?",
        help_text="From that day on, whoever has not signed can only report. Give people time to read it.",
    )


class WriteDownForm(Form):
    """How somebody signed on paper, or why it is written down for them."""

    answer = Choice(
        label="What did they answer?",
        choices=[
            (Signature.Answer.ACCEPTED.value, "They agree"),
            (Signature.Answer.REFUSED.value, "They do not agree"),
        ],
    )
    signed_on = UKDate(label="On which day?", not_future=True, initial=timezone.localdate)
    file = forms.FileField(
        label="The sheet they signed, scanned as a PDF",
        required=False,
        widget=forms.FileInput({"accept": ".pdf"}),
        help_text="A PDF only. Pictures are not taken.",
    )
    note = Words(
        label="If there is no sheet: why you write it down for them",
        most=1000,
        rows=3,
        required=False,
        help_text="For example: they cannot use the screen, and you read it to them.",
    )


class NoteForm(Form):
    note = Words(label="Note", most=1000, rows=3, required=False)


class GiveForm(Form):
    """What somebody is given access to."""

    to = DropDown(label="To whom?", missing="Choose who gets it.")
    kind = Choice(label="To what?", choices=CHOICES, hints=HINTS, missing="Choose what it is.")
    what = Line(
        label="Which one?",
        most=120,
        required=False,
        help_text="For example: tablet 2, our page. Needed for something else. Never a code or a password.",
    )
    note = Words(label="Note", most=1000, rows=3, required=False)

    def __init__(self, *args: Any, people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        choices = [(pk, one.display_name) for pk, one in self.people.items()]
        self.fields["to"] = DropDown(
            label="To whom?", choices=choices, missing="Choose who gets it."
        )

    def given(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        return self.cleaned_data | {"to": self.people[self.cleaned_data["to"]]}
