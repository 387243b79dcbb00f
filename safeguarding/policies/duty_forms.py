"""How one duty is taken on, or why not."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foundation.forms import Choice, Form, Line, Words

from .adopting import Take
from .duties import Duty


class DutyForm(Form):
    """Take a duty on under a clause and as often as we choose; or not, and say why."""

    takes = Choice(
        label="Does your setting take this duty on?",
        choices=[("yes", "Yes"), ("no", "No, and we say why")],
        missing="Say whether you take it on.",
    )
    clause_number = Line(label="Clause of your policy", most=20, width=10, required=False)
    interval_days = Line(label="At least every so many days", most=3, width=3, required=False)
    opted_out_because = Words(
        label="If not, why?",
        most=500,
        rows=3,
        strip=True,
        required=False,
        help_text="Everybody who sees the board reads it, and so may an inspector. Name nobody.",
    )

    def __init__(self, *args: Any, duty: Duty, take: Take | None, **kwargs: Any) -> None:
        self.duty, self.before = duty, take or Take(duty.id, clause_number=duty.clause)
        said = self.before.columns()
        first = {"takes": "no" if self.before.opted_out_because else "yes", **said}
        super().__init__(*args, initial=first, **kwargs)
        self.fields[
            "interval_days"
        ].help_text = f"Leave it empty for {duty.days} days. You can choose fewer days, never more."

    def clean_interval_days(self) -> int | None:
        days = str(self.cleaned_data["interval_days"])
        if not days:
            return None
        if not (days.isascii() and days.isdecimal()):
            raise forms.ValidationError("Write a number of days, such as 90.")
        return int(days)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("takes") == "no" and not said.get("opted_out_because"):
            self.add_error("opted_out_because", ValidationError("Write why you do not take it on."))
        return said

    def take(self) -> Take:
        """What was decided, for the action."""
        said = self.cleaned_data
        reason = said["opted_out_because"] if said["takes"] == "no" else ""
        clause, days = said["clause_number"], said["interval_days"]
        return Take(self.duty.id, self.before.policy, clause, days, reason)
