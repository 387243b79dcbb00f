"""F10: the same details of a setting are changed in two windows at once, and nobody’s text goes unseen."""

import re
from typing import Any

import pytest
from django.test import Client

from demo.cast import Nursery
from tests.people import signed_in

SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def opened(browser: Client, address: str) -> str:
    """What the page knows of what stands there."""
    found = SEEN.search(browser.get(address).text)
    assert found
    return found[1]


def hours(seen: str, closes: str) -> dict[str, str]:
    return {"seen": seen, "opens_0": "08:00", "closes_0": closes}


def terms(seen: str, name: str) -> dict[str, str]:
    days = {"starts_0_day": "1", "starts_0_month": "9", "starts_0_year": "2026"}
    days |= {"ends_0_day": "18", "ends_0_month": "12", "ends_0_year": "2026"}
    return {"seen": seen, "name_0": name, **days}


def about(seen: str, name: str) -> dict[str, str]:
    return {"seen": seen, "name": name, "kind": "nursery", "brand_colour": "#0b5563"}


@pytest.mark.parametrize(
    ("page", "fill", "first", "second"),
    [
        ("people:about", about, "Sunflower House", "The Sunflowers"),
        ("people:hours", hours, "17:15", "18:45"),
        ("people:terms", terms, "Michaelmas", "Autumn term"),
    ],
)
def test_the_later_of_two_sees_both_before_either_is_lost(
    sunflowers: Nursery, page: str, fill: Any, first: str, second: str
) -> None:
    n = sunflowers
    address, here = n.setting.link_to(page), n.setting.link_to("people:setting")
    morgan, other = signed_in(n.morgan), signed_in(n.morgan)
    seen = opened(morgan, address)
    assert opened(other, address) == seen
    assert morgan.post(address, fill(seen, first)).status_code == 302

    both = other.post(address, fill(seen, second))
    assert both.status_code == 422
    assert "Somebody else changed this" in both.text
    assert first in both.text
    assert second in both.text
    assert first in other.get(here).text

    shown = SEEN.search(both.text)
    assert shown
    assert other.post(address, fill(shown[1], second)).status_code == 302
    assert second in other.get(here).text


def test_a_mistake_in_a_box_does_not_hide_that_it_was_changed(sunflowers: Nursery) -> None:
    n = sunflowers
    address = n.setting.link_to("people:hours")
    morgan, other = signed_in(n.morgan), signed_in(n.morgan)
    seen = opened(other, address)
    morgan.post(address, hours(seen, "17:15"))
    mistaken = SEEN.search(other.post(address, hours(seen, "07:00")).text)
    assert mistaken
    assert "Somebody else" in other.post(address, hours(mistaken[1], "18:45")).text
