"""Marks on the body: a place from a list, and how the mark looks, in rows that work without script."""

from typing import Any

from django import forms
from django.http import QueryDict

from foundation.forms import DropDown, Form, Line, Words
from foundation.rows import MOST, Rows
from safeguarding.concerns import body
from safeguarding.concerns.report import Mark

from .casework import WhenForm

PREFIX = "marks"


class MarkForm(Form):
    """One mark."""

    area = DropDown(label="Where on the body?", required=False, blank="Choose a place")
    size = Line(
        label="Size", required=False, most=100, help_text="For example: as big as a 10p coin"
    )
    colour = Line(label="Colour", required=False, most=100)
    shape = Line(label="Shape", required=False, most=100)
    words = Line(
        label="Anything more",
        required=False,
        most=500,
        help_text="For example: skin broken, swollen, or what was said about it, word for word",
    )
    whose = Line(label="On which child, if there are several?", required=False, most=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        if isinstance(field, DropDown):
            field.choices = [("", "Choose a place"), *body.CHOICES]

    @property
    def is_blank(self) -> bool:
        return not any(getattr(self, "cleaned_data", {}).values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(data.values()) and not data.get("area") and "area" not in self.errors:
            self.add_error("area", "Choose where on the body the mark is.")
        if data.get("area") == body.ELSEWHERE and not data.get("words"):
            self.add_error("words", "Write where on the body the mark is.")
        return data


MarkForms = forms.formset_factory(MarkForm, extra=1, max_num=MOST, absolute_max=MOST)


def mark_forms(typed: QueryDict | None) -> Any:
    """The rows as they were sent, or one to begin with."""
    return MarkForms(typed if typed and f"{PREFIX}-TOTAL_FORMS" in typed else None, prefix=PREFIX)


def marks_in(rows: Any) -> tuple[Mark, ...]:
    """The marks of valid rows. Rows that say nothing do not count."""
    if not rows.is_bound:
        return ()
    return tuple(Mark(**row.cleaned_data) for row in rows.forms if not row.is_blank)


class MarksForm(WhenForm):
    """Marks on the body of a child of a case."""

    text = Words(
        label="How did you come to see this?",
        missing="Write how you came to see it.",
        help_text="For example: while changing a nappy, or he showed me. Nobody undresses a child to look.",
        rows=3,
    )
    field_order = ["text", "on", "at"]

    def __init__(self, typed: QueryDict | None, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        self.marks = mark_forms(typed)

    def is_valid(self) -> bool:
        rows = self.marks.is_bound and self.marks.is_valid()
        if self.is_bound and not rows:
            self.add_error(None, "Look again at the marks: something there is not complete.")
        elif self.is_bound and not marks_in(self.marks):
            self.add_error(None, "Choose at least one place where a mark was seen.")
        return super().is_valid() and rows

    def rows_within(self) -> Rows:
        return [("Mark", self.marks)]

    def values(self) -> dict[str, Any]:
        return {**super().values(), "marks": marks_in(self.marks)}
