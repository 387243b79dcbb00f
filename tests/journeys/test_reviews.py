"""A policy is looked at again: from the request to the next date in the lead's own calendar."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .screens import DESKTOP, PHONE, TABLET, Screens, axe_clean

pytestmark = [pytest.mark.journey, pytest.mark.once]

POLICY = "Mobile Technology and Social Media Policy"
SAID = "The old camera is broken, so nobody can keep to the first part."


def test_a_review_from_the_request_to_the_calendar(screens: Screens) -> None:
    lead = screens.of("dana", DESKTOP)
    _begin(lead)
    review = lead.url
    _say(screens, review)
    _finish_tasks(lead, review)
    _answer(lead, review)
    due = timezone.localdate() + timedelta(days=200)
    _end(lead, review, due)

    told = screens.of("priya", TABLET)
    told.goto(review)
    axe_clean(told, POLICY)
    expect(told.get_by_text("A new camera is ordered.")).to_be_visible()
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in _calendar(lead)


def _begin(lead: Page) -> None:
    lead.get_by_role("link", name="Policies and duties").click()
    lead.goto("/at/sunflowers/policies/reviews/")
    axe_clean(lead, "Reviews of policies")
    lead.set_viewport_size(PHONE["viewport"])
    axe_clean(lead, picture="reviews on a telephone")
    lead.set_viewport_size(DESKTOP["viewport"])
    lead.get_by_role("link", name=POLICY).first.click()
    axe_clean(lead, "Should it be looked at?")
    lead.get_by_role("link", name="Begin a review").click()
    axe_clean(lead, "Begin a review")
    lead.get_by_role("button", name="Begin the review").click()
    axe_clean(lead, POLICY)


def _say(screens: Screens, review: str) -> None:
    tablet = screens.of("priya", TABLET)
    tablet.get_by_role("link", name=f"Say what you think of “{POLICY}”").click()
    axe_clean(tablet, POLICY, picture="say what you think")
    tablet.get_by_role("button", name="Send it").click()
    expect(tablet.get_by_role("link", name=re.compile("Write what you think"))).to_be_visible()
    tablet.get_by_label("What do you think?").fill(SAID)
    tablet.get_by_role("button", name="Send it").click()
    expect(tablet.get_by_text(SAID)).to_be_visible()
    tablet.goto(f"{review}write-down/")
    axe_clean(tablet, "Write down what they said")


def _finish_tasks(lead: Page, review: str) -> None:
    """Each task is left out, with a reason; staff were heard."""
    lead.goto(review)
    left = lead.locator("main a[href*='/reviews/tasks/']")
    pages = left.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(pages) == 9
    for page in pages:
        lead.goto(page)
        lead.get_by_label("What did you find?").fill("All is as it should be.")
        lead.get_by_label("This was not done").check()
        lead.get_by_role("button", name="It is done").click()
        expect(lead.get_by_role("heading", name=POLICY)).to_be_visible()


def _answer(lead: Page, review: str) -> None:
    lead.goto(review)
    expect(lead.get_by_text(SAID)).to_be_visible()
    lead.get_by_role("link", name="Say what was done about it").click()
    axe_clean(lead, "Say what was done about it")
    lead.get_by_label("What was said").fill("The camera is broken")
    lead.get_by_label("It is dealt with in another way").check()
    lead.get_by_label("What was done about it").fill("A new camera is ordered.")
    lead.get_by_role("button", name="Put it on record").click()


def _end(lead: Page, review: str, due: object) -> None:
    lead.goto(review)
    lead.get_by_role("link", name="Record the outcome").click()
    axe_clean(lead, "Record the outcome")
    lead.get_by_label("Nothing changes").check()
    lead.get_by_label("What was considered").fill("The camera, the consents, where pictures lie.")
    for part, form in (("Day", "%d"), ("Month", "%m"), ("Year", "%Y")):
        lead.get_by_label(part, exact=True).fill(format(due, form))
    lead.get_by_role("button", name="End the review").click()
    axe_clean(lead, POLICY, picture="review that ended")


def _calendar(lead: Page) -> str:
    """What a calendar program gets at the address that the page shows once."""
    lead.goto("/at/sunflowers/messages/")
    lead.get_by_role("link", name="Put your dates into your own calendar").click()
    lead.get_by_role("button", name=re.compile("address")).first.click()
    axe_clean(lead, "Your calendar")
    stranger = lead.context.browser
    assert stranger
    program = stranger.new_context()
    answer = program.request.get(lead.get_by_label("The address").input_value())
    assert answer.ok
    said = answer.text()
    program.close()
    return said
