"""Input made to be slow or to break a page."""

from demo.cast import Nursery
from foundation.paging import page_of
from foundation.words import PICTURE_MARK, without_pictures
from safeguarding.concerns.models import Case
from tests.people import signed_in


def test_a_page_number_of_five_thousand_digits_is_the_first_page(sunflowers: Nursery) -> None:
    browser = signed_in(sunflowers.dana)

    answer = browser.get(sunflowers.setting.link_to("concerns:cases"), {"page": "9" * 5000})

    assert answer.status_code == 200
    assert page_of(Case.objects.order_by("pk"), "9" * 5000).number == 1


def test_many_addresses_before_long_runs_cost_no_more_than_their_length() -> None:
    """Counted, not timed: the text before a run is looked at once and not from each of its letters."""
    unit = "http://" * 130 + " " + "A1b2C3d4E5f6" * 20 + ":"

    cleaned = without_pictures(unit * 300)

    assert cleaned.count(PICTURE_MARK) == 300


def test_a_long_address_is_not_taken_for_a_picture() -> None:
    address = "https://example.org/" + "aB3dE5fG7hJ9" * 40

    assert without_pictures(f"See {address} there") == f"See {address} there"
