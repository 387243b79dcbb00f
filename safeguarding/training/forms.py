"""What is asked about training, and in which words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.forms import Choice, Choices, DropDown, Form, Line, UKDate, Words, YesBox
from safeguarding.law.values import Unit, Value
from safeguarding.people.models import Member
from safeguarding.people.roles import AT_WORK, Role

from .asked import Topic
from .given import Given
from .library import STRANDS
from .models import InductionItem, Training

HOW_LONG = "Write a number and months or years. For example: 1 year, or 6 months."
AT_WORK_CHOICES = [(role.value, role.label) for role in Role if role in AT_WORK]


class TrainingForm(Form):
    """What was learnt, when and how; and which points of which topics it covered."""

    title = Line(label="What was it?", most=160, missing="Write what it was called, or was about.")
    done_on = UKDate(
        label="Which day?", not_future=True, help_text="For several days, the last one."
    )
    how = Choice(label="How?", choices=Training.How.choices)
    provider = Line(label="Who gave it?", most=160, required=False)
    covered = Choices(
        label="What did it cover?",
        help_text="Tick each point that was talked about. A topic counts once one of its points is ticked.",
        missing="Tick at least one point.",
    )
    until = UKDate(
        label="Until when does the certificate say it counts?",
        required=False,
        help_text="Only if it names a day. Ours never counts for longer than our own rule.",
    )

    def __init__(self, *args: Any, topics: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = []
        hints: dict[str, str] = {}
        for topic in topics:
            points = [(f"{topic.id}/{one.id}", one.text) for one in topic.points]
            hints |= {f"{topic.id}/{one.id}": STRANDS[one.strand] for one in topic.points}
            choices.append((topic.name, points or [(f"{topic.id}/", topic.about)]))
        covered: Any = self.fields["covered"]
        covered.choices = choices
        covered.widget.hints = hints

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("until") and data.get("done_on") and data["until"] < data["done_on"]:
            self.add_error("until", "It cannot run out before the day it was.")
        return data

    def given(self) -> Given:
        data = self.cleaned_data
        topics: dict[str, list[str]] = {}
        for one in data["covered"]:
            topic, _, point = one.partition("/")
            topics.setdefault(topic, []).extend([point] if point else [])
        said = {name: data[name] for name in ("title", "done_on", "how", "provider", "until")}
        return Given(topics=topics, **said)


class EventForm(TrainingForm):
    """The same for many people at once: who was there, and who should have been."""

    present = Choices(label="Who was there?", missing="Tick at least one person who was there.")
    absent = Choices(
        label="Who should have been there and was not?",
        required=False,
        help_text="They stand on the list as absent, so that nobody is forgotten.",
    )

    def __init__(self, *args: Any, people: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        for name in ("present", "absent"):
            field: Any = self.fields[name]
            field.choices = [(pk, one.display_name) for pk, one in self.people.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        both = set(data.get("present") or ()) & set(data.get("absent") or ())
        if both:
            names = ", ".join(self.people[pk].display_name for pk in sorted(both))
            self.add_error("absent", f"Ticked as there and as absent: {names}. Choose one.")
        return data

    def members(self, name: str) -> list[Member]:
        return [self.people[pk] for pk in self.cleaned_data[name]]


class CertificateForm(Form):
    file = forms.FileField(
        label="The certificate",
        widget=forms.FileInput({"accept": ".pdf"}),
        help_text="A PDF of up to 10 MB, with words and no photographs.",
        error_messages={
            "required": "Choose the file. If you had chosen one, please choose it again: browsers forget it.",
            "empty": "This file is empty. Choose another one.",
        },
    )

    def __init__(self, typed: Any, sent: Any) -> None:
        super().__init__(typed)
        self.files = sent


class TakeBackForm(Form):
    reason = Words(
        label="What was wrong?",
        most=500,
        rows=3,
        missing="Write what was wrong, in a few words. For example: it was another person.",
    )


class TopicWordsForm(Form):
    """What a topic of the setting's own is about."""

    name = Line(label="Name of the topic", most=120, missing="Write what it is called.")
    about = Words(label="What is it about?", most=500, rows=3, missing="Write what it is about.")
    every = Line(label="How long does it count?", width=10, help_text=HOW_LONG, missing=HOW_LONG)

    def clean_every(self) -> Value:
        return _length(self.cleaned_data["every"])


class TopicForm(TopicWordsForm):
    """A topic of the setting's own, and who needs it."""

    roles = Choices(
        label="Who needs it?", choices=AT_WORK_CHOICES, missing="Choose at least one role."
    )

    def clean_roles(self) -> list[Role]:
        return [Role(one) for one in self.cleaned_data["roles"]]


class AskForm(Form):
    """That a role needs a topic, sooner or before it begins; or that it does not, and why."""

    role = DropDown(label="Which role?", choices=AT_WORK_CHOICES, missing="Choose a role.")
    needs = Choice(
        label="Does this role need it here?",
        choices=[("yes", "Yes"), ("no", "No, and we write down why")],
    )
    every = Line(
        label="How long does it count for this role?",
        width=10,
        required=False,
        help_text="Leave it empty for as long as the topic says. It can be less, never more.",
    )
    before_role = YesBox(
        label="It comes before the role begins",
        required=False,
        help_text="Tick it again if it is so already: what you save stands in place of what was said before.",
    )
    reason = Words(
        label="Why does this role not need it here?",
        most=500,
        rows=3,
        required=False,
        help_text="Only if you chose No. An inspector may read it.",
    )
    starts = UKDate(label="From which day?", initial=timezone.localdate)

    def clean_every(self) -> Value | None:
        said = self.cleaned_data["every"]
        return _length(said) if said else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("needs") == "no" and not data.get("reason"):
            self.add_error("reason", "Write why this role does not need it here.")
        return data


class ShowForm(Form):
    """Which things were shown to a new colleague, when and by whom."""

    items = Choices(label="What was shown?", missing="Tick at least one thing.")
    on = UKDate(label="Which day?", not_future=True, initial=timezone.localdate)
    presenter = DropDown(label="Who showed it?", missing="Choose who showed it.")

    def __init__(
        self,
        *args: Any,
        items: Iterable[InductionItem],
        people: Iterable[Member],
        me: Member,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in items}
        self.people = {str(one.pk): one for one in people}
        choices, presenter = self.fields["items"], self.fields["presenter"]
        choices.choices = [(pk, one.name) for pk, one in self.known.items()]  # type: ignore[attr-defined]
        choices.widget.hints = {pk: one.text for pk, one in self.known.items()}
        named = [(pk, one.display_name) for pk, one in self.people.items()]
        presenter.choices = [("", "Choose one"), *named]  # type: ignore[attr-defined]
        presenter.initial = str(me.pk)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "items": [self.known[pk] for pk in data["items"]],
            "on": data["on"],
            "presenter": self.people[data["presenter"]],
        }


class SignForm(Form):
    """The new colleague's own word."""

    items = Choices(
        label="What were you shown, and could ask about?", missing="Tick at least one thing."
    )

    def __init__(self, *args: Any, items: Iterable[InductionItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in items}
        choices = self.fields["items"]
        choices.choices = [(pk, one.name) for pk, one in self.known.items()]  # type: ignore[attr-defined]
        choices.widget.hints = {pk: one.text for pk, one in self.known.items()}

    def chosen(self) -> list[InductionItem]:
        return [self.known[pk] for pk in self.cleaned_data["items"]]


class UntickForm(SignForm):
    """What was ticked by mistake, and how that came."""

    items = Choices(label="What was not shown after all?", missing="Tick at least one thing.")
    reason = Line(
        label="How was it ticked by mistake?",
        most=500,
        missing="Write how it was ticked by mistake. For example: the line above the right one was ticked.",
        help_text="The new colleague reads this.",
    )


class LeaveOutForm(Form):
    """For whom no induction is needed now, and why."""

    people = Choices(label="Who needs none?", missing="Tick at least one person.")
    reason = Line(
        label="Why?",
        most=500,
        missing="Write why. For example: here since 2019, before we used Hedgerow.",
    )

    def __init__(self, *args: Any, inductions: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in inductions}
        people: Any = self.fields["people"]
        people.choices = [(pk, one.member.display_name) for pk, one in self.known.items()]

    def chosen(self) -> list[Any]:
        return [self.known[pk] for pk in self.cleaned_data["people"]]


def _length(said: str) -> Value:
    try:
        value = Value.parse(said.lower())
    except ValueError as error:
        raise ValidationError(HOW_LONG) from error
    if value.unit not in {Unit.MONTHS, Unit.YEARS}:
        raise ValidationError(HOW_LONG)
    return value
