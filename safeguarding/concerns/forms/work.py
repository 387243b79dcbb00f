"""Writing back to a reporter, and handing work to another lead."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from foundation.forms import DropDown, Form, Line, Words, YesBox
from safeguarding.concerns.models import Case, Concern
from safeguarding.people.models import Member
from safeguarding.people.roles import LEADS


class ReplyToReporterForm(Form):
    text = Words(
        label="Your note",
        missing="Write a few words to whoever sent the report.",
        most=600,
        rows=4,
        help_text="For example: Thank you, you did the right thing. It is being dealt with. Please go on "
        "watching, and tell me at once if you notice anything new.",
    )
    says_nothing_of_the_case = YesBox(
        label="It says nothing about a child, about anybody else, or about what was found or decided",
        missing="Read it once more, then tick that it says nothing of the case or of anybody in it.",
    )


class HandWorkOverForm(Form):
    """Which cases, each with a word on it, which reports, to whom, and why."""

    to = DropDown(label="To whom?", missing="Choose who takes it over.")
    reason = Line(
        label="Why?",
        missing="Write why, for example that you are away from Monday.",
        most=300,
        help_text="For example: away from Monday, or leaving at the end of term",
    )
    stops_reading = YesBox(
        label="I am leaving, and need not read these cases any longer", required=False
    )

    def __init__(
        self,
        typed: QueryDict | None,
        *,
        member: Member,
        cases: Sequence[Case],
        reports: Sequence[Concern],
    ) -> None:
        super().__init__(typed)
        self.cases, self.waiting = cases, reports
        today = timezone.localdate()
        leads = member.setting.holding(LEADS, today).with_roles(today).exclude(pk=member.pk)
        self.leads = {str(one.pk): one for one in leads}
        field = self.fields["to"]
        if isinstance(field, DropDown):
            names = [(pk, one.display_name) for pk, one in self.leads.items()]
            field.choices = [("", "Choose a person"), *names]
        for case in cases:
            self.fields[f"case-{case.pk}"] = YesBox(
                label=f"Hand over {case.title}", required=False, initial=True
            )
            self.fields[f"note-{case.pk}"] = Words(
                label="What they need to know first", required=False, rows=2, most=2000
            )
        if reports:
            text = f"Hand over the reports nobody has decided on yet ({len(reports)})"
            self.fields["reports"] = YesBox(label=text, required=False, initial=True)

    @property
    def rows(self) -> list[tuple[Case, Any, Any]]:
        """Each case with its box and its note."""
        return [(one, self[f"case-{one.pk}"], self[f"note-{one.pk}"]) for one in self.cases]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = any(data.get(f"case-{one.pk}") for one in self.cases) or data.get("reports")
        if not chosen and not self.errors:
            self.add_error(None, "Choose at least one case, or the reports.")
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = [case for case in self.cases if data[f"case-{case.pk}"]]
        return {
            "to": self.leads[data["to"]],
            "cases": {case: data[f"note-{case.pk}"] for case in chosen},
            "reports": list(self.waiting) if data.get("reports") else [],
            "reason": data["reason"],
            "stops_reading": data["stops_reading"],
        }
