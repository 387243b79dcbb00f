"""What is asked of whoever breaks the glass, and of whoever reviews it."""

from foundation.forms import Choice, Form, Words
from safeguarding.people.models import BreakGlass
from safeguarding.people.models.glass import SHORTEST_REASON


class GlassForm(Form):
    code = Choice(label="Why can it not wait?", choices=BreakGlass.Reason.choices)
    reason = Words(
        label="Say what is happening",
        rows=4,
        most=2000,
        help_text=f"At least {SHORTEST_REASON} letters. Whoever reviews this reads it.",
    )


class GlassReviewForm(Form):
    was_right = Choice(
        label="Was it right?",
        choices=[("yes", "Yes, it could not wait"), ("no", "No, it should not have happened")],
    )
    note = Words(label="What did you find?", rows=4, most=2000)
