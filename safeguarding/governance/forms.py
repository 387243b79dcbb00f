"""Which duties to look at; the questions about one; and for whom a pack is made."""

from collections.abc import Iterable
from typing import Any

from foundation.forms import Choice, DropDown, Form, Line, UKDate, Words, YesBox
from safeguarding.people.models import Member
from safeguarding.policies.duties import POLICIES, features, sections

from .board import STATES
from .models import Pack

HOLDS = [("yes", "Yes: it is kept"), ("no", "No: it is not so")]
KEPT = "how you know: what you looked at, whom you asked, and when"
NO_NAMES = "Name no child. Only the leads, the managers and the committee lead read it."


def _sections() -> list[tuple[str, str]]:
    """Each section of the two policies once, with its policy."""
    found = {
        (name.partition("-")[0], one.section.partition(".")[0]) for name, one in sections().items()
    }
    ordered = sorted(found, key=lambda one: (one[0] != "OSP", int(one[1] or 0)))
    return [
        (
            f"{policy}-{number}",
            f"{POLICIES[policy]}, {f'section {number}' if number else 'key details'}",
        )
        for policy, number in ordered
    ]


class LookForm(Form):
    """Which duties of the board to show, and on which day."""

    state = DropDown(
        label="State", blank="Any", choices=[(k, v[0]) for k, v in STATES.items()], required=False
    )
    section = DropDown(label="Part of the policies", blank="All", required=False)
    part = DropDown(label="About", blank="Everything", required=False)
    mine = YesBox(label="My duties only", required=False)
    on = UKDate(label="As it stood on", required=False, not_future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = sorted((one.title, name) for name, one in features().items())
        _offer(self.fields["section"], _sections())
        _offer(self.fields["part"], [(name, title) for title, name in parts])


class WordForm(Form):
    """Somebody's word on a duty: yes with how they know, or no with what is done about it."""

    holds = Choice(label="Is it kept?", choices=HOLDS, missing="Say whether it is kept, or not.")
    text = Words(
        label="How do you know, or what is not so?",
        most=2000,
        rows=4,
        strip=True,
        help_text=f"If it is kept: {KEPT}. {NO_NAMES}",
        missing="Write how you know that it is kept, or what is not so.",
    )
    do_next = Words(
        label="If it is not so: what happens now, and who does it?",
        most=2000,
        rows=3,
        strip=True,
        required=False,
    )
    until = UKDate(
        label="Until when?",
        help_text="If it is kept: we ask again after this day. If not: the day by which it is put right.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("holds") == "no" and not said.get("do_next"):
            self.add_error("do_next", "Write what happens now, and who does it.")
        return said


class AskForm(Form):
    """Whom to ask for a word, and by when."""

    asked = Choice(label="Whom do you ask?", missing="Choose whom you ask.")
    due_on = UKDate(label="By when?")

    def __init__(self, *args: Any, able: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.able = {str(one.pk): one for one in able}
        _offer(self.fields["asked"], [(pk, one.name) for pk, one in self.able.items()], blank=False)

    def values(self) -> dict[str, Any]:
        """What was chosen, for the action."""
        return {**self.cleaned_data, "asked": self.able[self.cleaned_data["asked"]]}


class PackForm(Form):
    """For whom a pack is made, as of which day, in which form."""

    recipient = Line(
        label="Who is it for?",
        most=200,
        help_text="For example: the inspector of 12 March.",
        missing="Write who it is for.",
    )
    on = UKDate(label="As it stood on", not_future=True)
    form = Choice(label="In which form?", choices=Pack.Form.choices, initial=Pack.Form.PDF)


def _offer(field: Any, choices: list[tuple[str, str]], *, blank: bool = True) -> None:
    field.choices = [*(field.choices[:1] if blank else []), *choices]
