"""What is asked when somebody takes a role before what should come first."""

from foundation.forms import Form, UKDate, Words

from .before import Despite


class DespiteForm(Form):
    """Why somebody takes a role before what should come first."""

    reason = Words(
        label="Why can the role not wait?",
        most=500,
        rows=3,
        missing="Write why, in a few words. For example: our lead is away from Monday.",
    )
    by_when = UKDate(label="By when will it be done?", help_text="At most 90 days from now.")

    def despite(self) -> Despite:
        return Despite(self.cleaned_data["reason"], self.cleaned_data["by_when"])
