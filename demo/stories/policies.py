"""Sunflowers builds both policies from our own text, with its own answers where they differ."""

from datetime import timedelta

from demo.calendar import DAYS_OF_HISTORY, Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.policies.actions.building import build_policy
from safeguarding.policies.builder import library
from safeguarding.policies.builder.given import Given

CHOICES = {"checks-interval": "month", "live-streaming": "out"}
FACTS = {
    "broadband": "Meadow Broadband",
    "filters": "classroom computer: Fern Filter\nlaptop: Fern Filter\ntablets: Fern Filter, with "
    "wi-fi off between uses\noffice computer: Fern Filter, with protection built in by its maker",
    "search_tools": "Swiggle",
    "journal": "our learning journal",
    "website": "sunflowers.example",
    "channels": "one page, shown to members only: social.example/sunflowers",
}


def built(here: Nursery, days: Days) -> Story:
    """Both on one morning, by the lead, for the committee to adopt."""
    yield days.back(DAYS_OF_HISTORY, "10:05")
    review = days.today + timedelta(days=330)
    given = Given(CHOICES, {**FACTS, "review_date": review.isoformat()})
    for text in library.texts().values():
        build_policy(by=here.dana, text=text, given=given, change_note="Our first own version.")
