"""Two people change the same details of a setting: the later one sees both before either is lost."""

import hashlib
from collections.abc import Iterable

from foundation.errors import RuleBroken
from foundation.moments import say_date

from .given import Opening, TermDates
from .models import OpeningHours, Setting, Term

WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CHANGED = (
    "Somebody else changed this while your page was open, so nothing of yours is saved yet. It now stands: "
    "{now} Yours is still in the boxes. Press the button to put yours in its place, or go back to leave it."
)


class ChangedMeanwhile(RuleBroken):
    """Somebody else was quicker. `seen` is what stands there now."""

    def __init__(self, now: str) -> None:
        super().__init__(CHANGED.format(now=now))
        self.seen = digest(now)


def about_in_words(setting: Setting) -> str:
    """What a setting is, as a sentence."""
    return f"{setting.name}, {setting.get_kind_display()}, colour {setting.brand_colour}."


def hours_in_words(hours: Iterable[Opening | OpeningHours]) -> str:
    """A week, as a sentence."""
    days = sorted(hours, key=lambda one: one.weekday)
    said = [f"{WEEK[one.weekday]} {one.opens:%H:%M} to {one.closes:%H:%M}" for one in days]
    return f"{'; '.join(said) or 'closed every day'}."


def terms_in_words(terms: Iterable[TermDates | Term]) -> str:
    """The terms, as a sentence."""
    known = sorted(terms, key=lambda one: one.starts)
    said = [f"{one.name}, {say_date(one.starts)} to {say_date(one.ends)}" for one in known]
    return f"{'; '.join(said) or 'no terms'}."


def digest(words: str) -> str:
    """What a form carries of what stood there when its page was opened."""
    return hashlib.sha256(words.encode()).hexdigest()


def refuse_if_changed(now: str, seen: str) -> None:
    """Stop where something else stands there than whoever saves this saw. Empty: they saw nothing."""
    if seen and seen != digest(now):
        raise ChangedMeanwhile(now)
