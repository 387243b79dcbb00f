"""The questions of an evaluation, and of what should improve."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from foundation.forms import DropDown, Form, Line, UKDate, Words, YesBox
from foundation.rows import Rows
from safeguarding.people.models import Member

from .permissions import may_keep_plan

ROWS = 3
NO_NAMES = "Name no child, and nobody whose conduct worries you: report that instead."


class ImproveForm(Form):
    """One thing that should improve: what, who, by when."""

    text = Line(label="What should improve?", most=300, missing="Write what should improve.")
    owner = DropDown(label="Who sees to it?", missing="Choose who sees to it.")
    due_on = UKDate(label="By when?")

    def __init__(self, typed: QueryDict | None, *, by: Member, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        staff = Member.objects.staff_of(by.setting, timezone.localdate()).order_by("name")
        self.staff = {str(one.pk): one for one in staff}
        field = self.fields["owner"]
        if isinstance(field, DropDown):
            named = [(pk, one.display_name) for pk, one in self.staff.items()]
            field.choices = [("", "Choose one"), *named]

    def values(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        return {**self.cleaned_data, "owner": self.staff[self.cleaned_data["owner"]]}


class RowForm(ImproveForm):
    """The same as a row that may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        filled = [bool(said.get(name)) for name in ("text", "owner", "due_on")]
        if any(filled) and not all(filled) and not self.errors:
            self.add_error("text", "Say what should improve, who sees to it, and by when.")
        return said


class EvaluateForm(Form):
    held_on = UKDate(label="When did you look?", not_future=True, initial=timezone.localdate)
    looked_at = Words(
        label="What did you look at, and with whom?",
        help_text="For example: both rooms at tidy-up time, the filter, the sign-in list, what staff say. "
        + NO_NAMES,
        rows=4,
        most=4000,
        missing="Write what you looked at.",
    )
    strong = Words(
        label="What is strong?",
        help_text="Say also where practice is as the policy says in every room.",
        rows=4,
        most=4000,
        missing="Write what is strong.",
    )

    def __init__(self, typed: QueryDict | None, *, by: Member) -> None:
        super().__init__(typed)
        self.rows = [RowForm(typed, by=by, prefix=f"row{one}") for one in range(ROWS)]

    def is_valid(self) -> bool:
        rows = [one.is_valid() for one in self.rows]
        if self.is_bound and not all(rows):
            self.add_error(None, "Look again at what should improve: something is not complete.")
        return super().is_valid() and all(rows)

    def rows_within(self) -> Rows:
        return [("Improvement", self.rows)]

    def values(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        filled = [one.values() for one in self.rows if one.cleaned_data.get("text")]
        wanted: list[tuple[str, Member, date]] = [
            (one["text"], one["owner"], one["due_on"]) for one in filled
        ]
        return {**self.cleaned_data, "improvements": wanted}


class DoneForm(Form):
    note = Words(
        label="What was done, and what came of it?",
        help_text=NO_NAMES,
        rows=4,
        most=2000,
        missing="Write what was done.",
    )
    left_out = YesBox(
        label="This is not done: it comes off the plan, and the box above says why",
        help_text="For example: it was written down twice, or has another day now and stands there anew.",
        required=False,
    )

    def __init__(self, typed: QueryDict | None, *, by: Member) -> None:
        super().__init__(typed)
        if not may_keep_plan(by):
            del self.fields["left_out"]
