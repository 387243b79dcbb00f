"""One page of the builder's questions, with our suggestions chosen already."""

from datetime import date
from typing import Any

from django import forms

from foundation.forms import Choice as Radio
from foundation.forms import Form, Line, UKDate, Words

from . import library
from .given import Given
from .schema import Choice, Fact, Option, Page, Text


class PageForm(Form):
    """The questions of one page of one text."""

    def __init__(self, text: Text, page: Page, given: Given, data: Any = None) -> None:
        super().__init__(data)
        self.fields = _fields(text, page, given)
        self.choices = {one.id for one in library.choices_of(text, page)}

    def chosen(self) -> dict[str, str]:
        """The option for each choice of the page."""
        return {name: str(self.cleaned_data[name]) for name in self.choices}

    def facts(self) -> dict[str, str]:
        """The words for each fact of the page; a date as 2027-11-21."""
        said = {name: one for name, one in self.cleaned_data.items() if name not in self.choices}
        return {name: str(one or "") for name, one in said.items()}


class SaveForm(Form):
    """What changed, in a sentence, for whoever reads the list of versions."""

    change_note = Line(
        label="What is new in this version?",
        most=1000,
        required=False,
        help_text="For example: Our first version. Or: Phones now stay in the lockers all day.",
    )


def _fields(text: Text, page: Page, given: Given) -> dict[str, forms.Field]:
    asked: dict[str, forms.Field] = {
        one.id: _choice(one, given) for one in library.choices_of(text, page)
    }
    if page == library.FACTS_PAGE:
        asked |= {one.id: _fact(one, given) for one in library.facts_of(text)}
    return asked


def _choice(choice: Choice, given: Given) -> forms.Field:
    labels = [(one.id, _label(choice, one)) for one in choice.options]
    return Radio(
        label=choice.question,
        choices=labels,
        hints={one.id: f"{one.changes} {one.warning}".strip() for one in choice.options},
        initial=given.chosen()[choice.id],
        help_text=f"Why we suggest it: {choice.why}",
        missing=f"Choose an answer: {choice.question}",
    )


def _label(choice: Choice, option: Option) -> str:
    return f"{option.label} (we suggest this)" if option.id == choice.suggested else option.label


def _date(kept: str) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _fact(fact: Fact, given: Given) -> forms.Field:
    known = given.fact(fact.id)
    field: forms.Field
    if fact.kind == "date":
        field = UKDate(initial=_date(known), required=False)
    elif fact.kind == "lines":
        field = Words(initial=known, required=False, rows=5, most=2000, strip=True)
    else:
        field = Line(initial=known, required=False, most=300)
    field.label, field.help_text = fact.question, fact.hint
    return field
