"""What is asked about the setting: what it is, and when it is open."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from foundation.forms import Choice, ClockTime, Line, UKDate

from . import meanwhile
from .as_seen import AsSeen
from .given import About, Opening, TermDates
from .meanwhile import WEEK
from .models import OpeningHours, Setting, Term


class AboutForm(AsSeen):
    """What the setting is called, what it is, and the colour of what it prints."""

    name = Line(label="What is it called?", most=120, missing="Write the name of your setting.")
    kind = Choice(label="What kind of setting is it?", choices=Setting.Kind.choices)
    brand_colour = forms.CharField(
        label="Its colour",
        help_text="For the band at the top of the poster. The words on it stay readable on any colour.",
        widget=forms.TextInput({"type": "color"}),
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", "Choose a colour, or write it like #0b5563.")
        ],
    )

    def __init__(self, *args: Any, here: Setting, **kwargs: Any) -> None:
        now = {"name": here.name, "kind": here.kind, "brand_colour": here.brand_colour}
        super().__init__(*args, initial=now, **kwargs)
        self.fields["seen"].initial = meanwhile.digest(meanwhile.about_in_words(here))

    def about(self) -> About:
        data = self.cleaned_data
        return About(
            name=data["name"], kind=data["kind"], brand_colour=data["brand_colour"].lower()
        )


class HoursForm(AsSeen):
    """When the setting is open, day by day."""

    def __init__(self, *args: Any, now: Iterable[OpeningHours] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {one.weekday: one for one in now}
        self.fields["seen"].initial = meanwhile.digest(meanwhile.hours_in_words(known.values()))
        for number, day in enumerate(WEEK):
            for what in ("opens", "closes"):
                self.fields[f"{what}_{number}"] = ClockTime(
                    label=f"{day} {what}",
                    required=False,
                    initial=getattr(known.get(number), what, None),
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number, day in enumerate(WEEK):
            opens, closes = given.get(f"opens_{number}"), given.get(f"closes_{number}")
            if bool(opens) != bool(closes):
                self.add_error(
                    f"closes_{number}", f"Write both times for {day}, or leave both empty."
                )
            elif opens and closes and closes <= opens:
                self.add_error(f"closes_{number}", f"{day} closes before it opens. Check both.")
        return given

    def hours(self) -> list[Opening]:
        data = self.cleaned_data
        return [
            Opening(number, data[f"opens_{number}"], data[f"closes_{number}"])
            for number in range(7)
            if data[f"opens_{number}"]
        ]


class TermsForm(AsSeen):
    """The terms: a name, a first and a last day each. Some have six a year, and write the next in summer."""

    AT_LEAST, AT_MOST, ROOM = 6, 24, 3

    def __init__(self, *args: Any, now: Iterable[Term] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(now)
        self.fields["seen"].initial = meanwhile.digest(meanwhile.terms_in_words(known))
        self.rows = self._rows(len(known))
        for number in range(self.rows):
            term = known[number] if number < len(known) else None
            label = f"Term {number + 1}"
            self.fields[f"name_{number}"] = Line(
                label=f"{label}: name", most=60, required=False, initial=term and term.name
            )
            self.fields[f"starts_{number}"] = UKDate(
                label=f"{label}: first day", required=False, initial=term and term.starts
            )
            self.fields[f"ends_{number}"] = UKDate(
                label=f"{label}: last day", required=False, initial=term and term.ends
            )

    def _rows(self, known: int) -> int:
        """As many as were sent, or as are known and some more."""
        sent = sum(name.startswith("name_") for name in self.data)
        return min(max(self.AT_LEAST, known + self.ROOM, sent), self.AT_MOST)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(self.rows):
            name, starts, ends = (
                given.get(f"{part}_{number}") for part in ("name", "starts", "ends")
            )
            if any((name, starts, ends)) and not all((name, starts, ends)):
                self.add_error(f"name_{number}", "Write the name and both days, or none of them.")
            elif isinstance(starts, date) and isinstance(ends, date) and ends <= starts:
                self.add_error(f"ends_{number}", "The last day must be after the first.")
        return given

    def terms(self) -> list[TermDates]:
        return list(self._terms())

    def _terms(self) -> Iterator[TermDates]:
        data = self.cleaned_data
        for number in range(self.rows):
            if data[f"name_{number}"]:
                yield TermDates(
                    data[f"name_{number}"], data[f"starts_{number}"], data[f"ends_{number}"]
                )
