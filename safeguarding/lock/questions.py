"""The form that works while the records are closed. Boxes are named as on the public form."""

from uuid import uuid4

from django import forms
from django.http import QueryDict

from foundation.forms import Choice, Form, Line, Words

# The values are those of the public form; a test sees to it.
ABOUT = [
    ("no", "No"),
    ("lead", "Yes, the safeguarding lead"),
    ("manager", "Yes, the manager"),
    ("committee", "Yes, somebody on the committee"),
    ("someone", "Yes, somebody else who works or helps here"),
    ("unsure", "I am not sure"),
]
WHO = [
    ("staff", "Somebody who works or helps here"),
    ("parent", "A parent or carer"),
    ("visitor", "A visitor"),
    ("child", "A child"),
    ("other", "Somebody else, or I would rather not say"),
]


class DropForm(Form):
    """Report a concern while nobody can open the records."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    at = Line(
        label="At which nursery or setting was it?",
        most=200,
        help_text="Its name, as it stands at the door. So that the right people read this.",
        missing="Write the name of the nursery or setting.",
    )
    in_danger_now = Choice(
        label="Is a child in danger right now?",
        choices=[("yes", "Yes"), ("no", "No")],
        hints={"yes": "Call 999 first. Come back to this when the child is safe."},
        missing="Say whether a child is in danger right now.",
    )
    what = Words(
        label="What happened, or what worries you?",
        missing="Write a few words about what worries you.",
        help_text="What did you see? Facts only, in your own words.",
    )
    heard = Words(
        label="What was said, word for word?",
        required=False,
        rows=3,
        help_text="The child’s own words, exactly. Say who spoke.",
    )
    did = Words(label="What did you do?", required=False, rows=3)
    think = Words(
        label="What do you think?", required=False, rows=3, help_text="Kept apart from the facts."
    )
    who = Words(
        label="Who is it about?",
        required=False,
        rows=3,
        help_text="Names, if you know them. Say what each one did or what was done to them.",
    )
    where = Line(
        label="When and where was it?",
        required=False,
        most=200,
        help_text="For example: today at 10.15 in the garden",
    )
    about = Choice(
        label="Is it about somebody who works or helps here?",
        choices=ABOUT,
        help_text="Whoever you choose or name is not told of this when it is read.",
        missing="Say whether it is about somebody who works or helps here. If unsure, choose that.",
    )
    name = Line(label="The name of this person, if you know it", required=False, most=160)
    told_as = Choice(
        label="Who are you?",
        choices=WHO,
        missing="Say who you are. You can choose the last answer.",
    )
    own_name = Line(label="Your name, if you want to say it", required=False, most=160)
    contact = Line(label="How we may reach you", required=False, most=300)

    def __init__(self, typed: QueryDict | None, *, asks_where: bool = False) -> None:
        super().__init__(typed, initial={"key": uuid4()})
        if not asks_where:
            del self.fields["at"]
