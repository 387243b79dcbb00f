"""Somebody has her words looked over before she sends them: with scripts, without, and not at all."""

import pytest
from playwright.sync_api import Page, expect

from .report import send, write_report
from .screens import TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey

SAW = "KL was obviously attention seeking."
LOOK = "Look over my words"


def look(page: Page) -> None:
    """Press the button; the panel answers and the words are still in their box."""
    page.get_by_role("button", name=LOOK).tap()
    expect(page.get_by_role("status").get_by_text("“attention seeking”")).to_be_visible()
    expect(page.get_by_label("What did you see?")).to_have_value(SAW)


@pytest.mark.once
def test_words_are_looked_over_and_sent_as_the_writer_likes(screens: Screens) -> None:
    page = screens.of("priya", TABLET)
    write_report(page, SAW)
    page.evaluate("window.stayed = true")
    look(page)
    assert page.evaluate("window.stayed"), "the panel is fetched without leaving the page"
    axe_clean(page, "Report a concern", picture="report looked over")
    page.locator("#coach a", has_text="What did you see?").first.tap()
    expect(page.get_by_label("What did you see?")).to_be_focused()
    send(page)


@pytest.mark.once
def test_without_scripts_the_page_comes_back_and_the_coach_can_be_turned_off(
    screens: Screens,
) -> None:
    page = screens.of("priya", TABLET, java_script_enabled=False)
    write_report(page, SAW)
    look(page)
    expect(page.get_by_role("status")).to_be_in_viewport()
    axe_clean(screens.copy_of(page))
    page.get_by_role("button", name="Do not offer it to me").tap()
    expect(page.get_by_role("button", name=LOOK)).to_have_count(0)
    expect(page.get_by_label("What did you see?")).to_have_value(SAW)
    axe_clean(screens.copy_of(page))
    page.get_by_role("button", name="Offer them to me again").tap()
    expect(page.get_by_role("button", name=LOOK)).to_be_visible()
    send(page)
