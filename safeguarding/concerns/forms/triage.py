"""What becomes of a report."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict

from foundation.forms import Choice, Choices, Form, Line, Words
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Concern
from safeguarding.people.access import classes
from safeguarding.people.models import Member
from safeguarding.procedures.library import definitions, may_follow
from safeguarding.procedures.schema import Definition

from .people import Roster

WHO_READS = {
    "C1": "All leads and deputies, and whoever you let in.",
    "C2": "Only the people on its list.",
    "C3": "Only the people on its list; never the adult it is about, nor anyone tied to them.",
    "C4": "Only the people on its list. No picture can enter it.",
}


def titles(offered: Iterable[Definition]) -> list[tuple[str, Any]]:
    """Procedures by title, under their headings."""
    return [
        (heading, [(one.id, one.title) for one in members])
        for heading, members in kinds.grouped(offered)
    ]


class CaseNameForm(Form):
    title = Line(
        label="A short name for the case",
        most=120,
        missing="Give the case a short name.",
        help_text="Without a child’s full name. For example: Video on room tablet",
    )


class OpenCaseForm(CaseNameForm):
    record_class = Choice(
        label="How closely is it guarded?", missing="Choose how closely it is guarded."
    )
    procedures = Choices(
        label="Which procedures will you follow?", missing="Choose at least one procedure."
    )
    let_know = Choices(
        label="Who else needs to know?", required=False, help_text="You can change this later."
    )
    reasons = Words(
        label="Why are you taking it forward?",
        missing="Write why you are taking it forward.",
        rows=3,
    )

    def __init__(self, typed: QueryDict | None, *, concern: Concern, member: Member) -> None:
        started = {
            "procedures": [kinds.procedure_for(concern.kind, concern.record_class)],
            "record_class": concern.record_class,
        }
        super().__init__(typed, initial=started)
        self.roster = Roster(member)
        theirs = concern.record_class
        fitting = [one for one in WHO_READS if (one == "C3") == (theirs == "C3")]
        self._offer("record_class", [(c, classes()[c]) for c in fitting], WHO_READS)
        follow = [one for one in definitions().values() if may_follow(one, theirs)]
        self._offer("procedures", titles(follow), {})
        able = self.roster.who_may_read(*fitting)
        others = [choice for choice in able if choice[0] != str(member.pk)]
        self._offer("let_know", others, {})

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data["let_know"] = [self.roster.adults[pk] for pk in data["let_know"]]
        return data

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]], hints: dict[str, str]) -> None:
        field = self.fields[name]
        if isinstance(field, Choice | Choices):
            field.choices = choices
            field.widget.hints = hints


class AsideForm(Form):
    reasons = Words(
        label="Why does this need no case?",
        missing="Give the reasons. A decision not to act is part of the record.",
        rows=4,
    )


class TakeOutForm(Form):
    reasons = Words(
        label="Why does it not belong in this case?",
        missing="Write why it does not belong in this case.",
        help_text="This stays in the chronology of the case. Do not write there what the report says, nor "
        "whom it is about.",
        rows=4,
    )
