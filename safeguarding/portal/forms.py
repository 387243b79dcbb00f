"""The form for everyone: one page, little required, nothing that lists anybody's name."""

from uuid import uuid4

from django import forms
from django.http import QueryDict

from foundation.forms import Choice, Form, Line, Words
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Report
from safeguarding.people.models import Setting

from .told import About, Identity, Told, who_it_is_about

ToldAs = Concern.ToldAs
# The same choices in the first person.
WHO = [
    (ToldAs.PARENT.value, "A parent or carer"),
    (ToldAs.VISITOR.value, "A visitor"),
    (ToldAs.STAFF.value, "Somebody who works or helps here"),
    (ToldAs.CHILD.value, "A child"),
    (ToldAs.OTHER.value, "Somebody else, or I would rather not say"),
]


def trap() -> forms.CharField:
    """A box nobody sees, for programs that fill in every box. Filled in, it marks; it refuses nothing."""
    hidden = forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    return forms.CharField(label="Leave this empty", required=False, widget=hidden)


class TellForm(Form):
    """Tell us what worries you."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    in_danger_now = Choice(
        label="Is a child in danger right now?",
        choices=[("yes", "Yes"), ("no", "No")],
        hints={"yes": "Call 999 first. Come back to this when the child is safe."},
        missing="Say whether a child is in danger right now.",
    )
    what = Words(
        label="What happened, or what worries you?",
        missing="Write a few words about what worries you.",
        rows=7,
        help_text="In your own words. What did you see or hear? It need not be perfect.",
    )
    who = Words(
        label="Who is it about?",
        required=False,
        rows=3,
        help_text="Names, if you know them, or how they look. Say what each one did or what was "
        "done to them.",
    )
    where = Line(
        label="When and where was it?",
        required=False,
        most=200,
        help_text="For example: last Tuesday at pick-up time, online, at home",
    )
    about = Choice(
        label="Is it about somebody who works or helps here?",
        choices=About.choices,
        help_text="Whoever you choose or name is not told of this and cannot see it.",
        missing="Say whether it is about somebody who works or helps here. If unsure, choose that.",
    )
    name = Line(label="The name of this person, if you know it", required=False, most=160)
    told_as = Choice(
        label="Who are you?",
        choices=WHO,
        missing="Say who you are. You can choose the last answer.",
    )
    own_name = Line(label="Your name", required=False, most=160)
    contact = Line(
        label="How we may reach you",
        required=False,
        most=300,
        help_text="A telephone number or an e-mail address, and when it is safe to use it",
    )
    website = trap()

    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed, initial={"key": uuid4()})

    @property
    def is_trapped(self) -> bool:
        """Whether the box that nobody sees was filled in."""
        return bool(self.data.get("website"))

    def told(self, setting: Setting, *, may_be_abuse: bool, beside: str = "") -> Told:
        """What was told, as a value. Only for a valid form. Somebody may be named in words beside it, too."""
        data = self.cleaned_data
        words = f"{data['what']} {data['who']} {data['where']} {beside}"
        report = Report(
            kind=kinds.OTHER,
            risk_area=Concern.RiskArea.UNSURE,
            in_danger_now=data["in_danger_now"] == "yes",
            told_lead="",
            happened_on=None,
            place=data["where"],
            who=data["who"],
            saw=data["what"],
            people=who_it_is_about(
                setting, About(data["about"]), data["name"], words, who=data["who"]
            ),
        )
        identity = Identity(data["own_name"], data["contact"])
        return Told(report, data["told_as"], identity, may_be_abuse)


class CodeForm(Form):
    """Come back with the code of a receipt."""

    code = Line(
        label="The code on your receipt",
        most=200,
        help_text="Five groups of four letters and digits. Capitals and dashes do not matter.",
        missing="Write the code on your receipt.",
    )


class FurtherForm(Form):
    """Write something further, with the same code."""

    code = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=200)
    text = Words(
        label="Write to us again",
        missing="Write what you want to add.",
        help_text="What you sent before stays as it is. This is put beside it, with the time.",
    )


class LetterForm(Form):
    """Write to somebody without an account."""

    text = Words(
        label="Your message",
        missing="Write your message.",
        help_text="Do not name other people. Say what you can about what happens next, ask what you "
        "need to know, and thank them.",
    )


class PauseForm(Form):
    """Let the public form rest."""

    reason = Line(
        label="Why is the form paused?",
        most=300,
        missing="Write why the form is paused. It stays on record.",
        help_text="For the record. The public page does not show it.",
    )
