"""A policy is looked at again: from the request to the next date in the lead's own calendar."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .screens import DESKTOP, PHONE, TABLET, Screens, axe_clean

pytestmark = [pytest.mark.journey, pytest.mark.once]

POLICY = "Mobile Technology and Social Media Policy"
BY_LETTER = "We never see which apps are on the tablets."
DONE = "Seen to:"
SAID = "The old camera is broken, so nobody can keep to the first part."


def test_a_review_from_the_request_to_the_calendar(screens: Screens) -> None:
    lead = screens.of("dana", DESKTOP)
    _begin(lead)
    review = lead.url
    _say(screens, review)
    _say_by_letter(lead, review)
    _finish_tasks(lead, review)
    _answer(lead, review)
    due = timezone.localdate() + timedelta(days=200)
    _end(lead, review, due)

    told = screens.of("priya", TABLET)
    told.goto(review)
    axe_clean(told, POLICY)
    expect(told.get_by_text(f"{DONE} The camera is broken.")).to_be_visible()
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


def _say_by_letter(lead: Page, review: str) -> None:
    """A parent without an account scans the letter; no script runs on their telephone."""
    lead.goto(review)
    lead.get_by_role("link", name="A letter to parents and carers").click()
    axe_clean(lead, "A letter to parents and carers")
    lead.get_by_role("button", name="Make the letter").click()
    address = lead.get_by_role("link", name=re.compile("policies.say")).get_attribute("href")
    axe_clean(lead, picture="letter to parents")
    browser = lead.context.browser
    assert address
    assert browser
    phone = browser.new_context(**PHONE, java_script_enabled=False).new_page()
    phone.goto(address)
    phone.get_by_label("I am a parent or carer").check()
    phone.get_by_role("button", name="Send it").click()
    expect(phone.get_by_role("link", name="Write what you think")).to_be_visible()
    phone.get_by_label("What do you think?").fill(BY_LETTER)
    phone.get_by_role("button", name="Send it").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.context.close()
    lead.goto(address)
    axe_clean(lead, POLICY, picture="say it by letter")
    lead.goto(review)
    expect(lead.get_by_text(BY_LETTER)).to_be_visible()


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
    for words in ("The camera is broken", "Which apps there are"):
        lead.get_by_role("link", name="Say what was done about it").first.click()
        axe_clean(lead, "Say what was done about it")
        lead.get_by_label("What was said").fill(words)
        lead.get_by_label("It is dealt with in another way").check()
        lead.get_by_label("What was done about it").fill(f"{DONE} {words}.")
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
