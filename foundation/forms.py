"""The fields every form is made of. A page shows a form with `{{ form }}` and needs no more."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from . import moments, words
from .rows import RowsWithin

MOST_CHARACTERS = 50_000
WORTH_SEARCHING = 4 * MOST_CHARACTERS
PICTURE = (
    "A picture was pasted here. Pictures are never kept in this box, and it has been taken out; "
    "your words are all still here. Leave the picture where it is. Do not copy it, send it or "
    "show it to anyone. Tell the safeguarding lead now and they will say what happens next."
)


class Form(RowsWithin, forms.Form):
    """A form that says what is missing in words, also what is missing in rows within it."""

    use_required_attribute = False  # our own sentences, not the browser's

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = field.label or name.replace("_", " ").capitalize()
            if (
                field.error_messages.get("required")
                == forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = f"This still needs an answer: {label}"


class Words(forms.CharField):
    """What a person writes, kept as they wrote it.

    `missing` is the sentence for an empty box, `most` the number of characters it holds,
    `rows` its height in lines.
    """

    def __init__(
        self,
        *,
        missing: str = "",
        most: int = MOST_CHARACTERS,
        rows: int = 5,
        widget: forms.Widget | None = None,
        strip: bool = False,
        **kwargs: Any,
    ) -> None:
        attrs: dict[str, Any] = {"rows": rows, "autocomplete": "off"}
        # Some browsers send what is typed to a company to check its spelling.
        attrs["spellcheck"] = "false"
        super().__init__(widget=widget or forms.Textarea(attrs), strip=strip, **kwargs)
        self.most = most
        if missing:
            self.error_messages["required"] = missing

    def shown(self, value: str) -> str:
        """The text as it will be kept and shown."""
        return words.visible(value)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if len(text) > WORTH_SEARCHING:  # too long for any box, and slow to search for pictures
            raise ValidationError(self._too_long(len(text)), code="too_long")
        safe = words.without_pictures(text)
        if safe != text:
            raise ValidationError(PICTURE, code="picture")
        kept = self.shown(text)
        return kept if words.says_something(kept) else ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(self._too_long(len(value)), code="too_long")

    def _too_long(self, length: int) -> str:
        return (
            f"“{self.label or 'This'}” is {length:,} characters; the most this box holds is "
            f"{self.most:,}. Nothing you typed has been lost: it is all still in the box. "
            "Move the end of it somewhere else, or send it as a second note."
        )

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What goes back into the box: never a byte of a picture, never an unseen character."""
        value = super().bound_data(data, initial)
        return self.shown(words.without_pictures(value)) if isinstance(value, str) else value


class Line(Words):
    """The same for one line: a name, a place, a web address."""

    def __init__(self, *, most: int = 500, width: int = 0, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"autocomplete": "off", "spellcheck": "false"}
        if width:
            attrs["class"] = f"govuk-input--width-{width}"
        kwargs.setdefault("widget", forms.TextInput(attrs))
        super().__init__(most=most, strip=True, **kwargs)

    def shown(self, value: str) -> str:
        return words.one_line(value).strip()


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes."""

    template_name = "django/forms/widgets/uk_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({"label": "Day", "width": 2, "inputmode": "numeric"}),
            "month": forms.TextInput({"label": "Month", "width": 2, "inputmode": "numeric"}),
            "year": forms.TextInput({"label": "Year", "width": 4, "inputmode": "numeric"}),
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: datetime.date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class UKDate(forms.Field):
    """A date in three boxes. With `not_future=True` it may be `today` or before.

    `today` is a date, or a function that gives one.
    """

    widget = DateBoxes

    def __init__(
        self,
        *,
        missing: str = "Write the date: a day, a month and a year. For example 27 3 2026.",
        not_future: bool = False,
        today: datetime.date | Callable[[], datetime.date] = timezone.localdate,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.not_future, self.today = not_future, today
        self.error_messages["required"] = missing

    def to_python(self, value: Any) -> datetime.date | None:
        if value is None or isinstance(value, datetime.date):
            return value
        boxes = [words.one_line(str(box or "")) for box in value]
        if not any(box.strip() for box in boxes):
            return None
        try:
            return moments.read_date(*boxes)
        except moments.Unreadable as problem:
            raise ValidationError(str(problem), code="date") from problem

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        today = self.today() if callable(self.today) else self.today
        if self.not_future and value and value > today:
            written, now = moments.say_date(value), moments.say_date(today)
            raise ValidationError(
                f"The date must not be in the future. You wrote {written}, and today is {now}.",
                code="future",
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class ClockTime(forms.Field):
    """A time of day as people write it: 9:05, 09.05, 9.05am, 0905, 2pm."""

    widget = forms.TextInput

    def __init__(
        self, *, missing: str = f"Write the time. {moments.TIME_EXAMPLES}", **kwargs: Any
    ) -> None:
        attrs = {"class": "govuk-input--width-10", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs))
        super().__init__(**kwargs)
        self.error_messages["required"] = missing

    def bound_data(self, data: Any, initial: Any) -> Any:
        value = super().bound_data(data, initial)
        return words.one_line(value) if isinstance(value, str) else value

    def prepare_value(self, value: Any) -> Any:
        return moments.say_time(value) if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> datetime.time | None:
        if value is None or isinstance(value, datetime.time):
            return value
        written = words.one_line(str(value)).strip()
        if not written:
            return None
        try:
            return moments.read_time(written)
        except moments.Unreadable as problem:
            raise ValidationError(str(problem), code="time") from problem


class _Hinted(forms.widgets.ChoiceWidget):
    """A list of choices where each may carry a line that explains it."""

    hints: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option

    def optgroups(self, *args: Any, **kwargs: Any) -> Any:
        """Counted through all headings, so that the first choice has the id a form sends people to."""
        groups = super().optgroups(*args, **kwargs)
        options = [option for _, members, _ in groups for option in members]
        for number, option in enumerate(options):
            if "id" in option["attrs"]:
                before = option["attrs"]["id"].removesuffix(str(option["index"]))
                option["attrs"]["id"] = f"{before}{number}"
        return groups


class Radios(_Hinted, forms.RadioSelect):
    """One of several, each as a large button."""


class Checkboxes(_Hinted, forms.CheckboxSelectMultiple):
    """Any of several, each as a large button."""


class Choice(forms.ChoiceField):
    """One of several. `hints` maps a choice's value to the line shown under it."""

    widget = Radios

    def __init__(
        self, *, hints: Mapping[str, str] | None = None, missing: str = "", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        _explain(self, hints, missing)


class Choices(forms.MultipleChoiceField):
    """Any of several, with the same hints."""

    widget = Checkboxes

    def __init__(
        self, *, hints: Mapping[str, str] | None = None, missing: str = "", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        _explain(self, hints, missing)


def _explain(field: forms.ChoiceField, hints: Mapping[str, str] | None, missing: str) -> None:
    if isinstance(field.widget, _Hinted):
        field.widget.hints = {str(value): hint for value, hint in (hints or {}).items()}
    label = field.label or "this"
    field.error_messages["required"] = missing or f"Choose an answer: {label}"
    field.error_messages["invalid_choice"] = (
        "That answer is not one of those on the page. Choose again."
    )


class DropDown(forms.ChoiceField):
    """One of a long list. The first line, `blank`, is no answer."""

    def __init__(
        self,
        *,
        choices: Iterable[tuple[str, str]] = (),
        blank: str = "Choose one",
        missing: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=[("", blank), *choices], **kwargs)
        _explain(self, None, missing)


class YesBox(forms.BooleanField):
    """One box to tick. A required one must be ticked; `missing` says why."""

    def __init__(self, *, missing: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if missing:
            self.error_messages["required"] = missing
