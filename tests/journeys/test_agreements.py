"""A new version for volunteers and contractors: one signs it, one says no and still reports."""

import pytest
from playwright.sync_api import Page, expect

from .report import ANYTHING, send
from .screens import DESKTOP, TABLET, Screens, axe_clean, checked_anew

pytestmark = [pytest.mark.journey, pytest.mark.once]
HERE = "/at/sunflowers/agreements/"
TITLE = "Using technology while you visit or help here"


def test_a_volunteer_signs_on_a_tablet_and_a_contractor_says_no_and_can_still_report(
    screens: Screens,
) -> None:
    dana, morgan = screens.reader("dana", DESKTOP), screens.reader("morgan", DESKTOP)
    _written_and_asked(dana)
    _second_person_says_yes(morgan)

    vic = screens.of("vic", TABLET)
    axe_clean(vic, "Something to sign first", picture="the gate")
    _signs(vic)
    vic.get_by_role("link", name="Go on to today").tap()
    expect(vic.locator("h1")).to_contain_text("Today")

    remy = screens.of("remy", TABLET)
    _says_no(remy)
    remy.goto("/at/sunflowers/procedures/")
    expect(remy.locator("h1")).to_contain_text("Something to sign first")
    _reports(remy)

    morgan.goto(f"{HERE}everyone/")
    axe_clean(morgan, "Who has signed", picture="who has signed")
    row = morgan.get_by_role("row").filter(has_text="Remy Castellan")
    expect(row).to_contain_text("Said no")
    expect(morgan.get_by_role("row").filter(has_text="Vic Jarman")).to_contain_text("Signed")
    morgan.goto(f"{HERE}access/")
    axe_clean(morgan, "Who may use what", picture="who may use what")


def _written_and_asked(dana: Page) -> None:
    dana.goto(f"{HERE}versions/")
    axe_clean(dana, "All agreements", picture="all agreements")
    dana.get_by_role("link", name="Write a new version for Visitors").click()
    axe_clean(dana, "Agreement: Visitors", picture="writing an agreement")
    dana.get_by_label("Part 1: what it says").fill("Thank you for your time. Please read this.")
    dana.get_by_label("What is different").fill("A shorter welcome.")
    dana.get_by_role("button", name="Keep it as the next version").click()
    axe_clean(dana, "Put it into force", picture="putting it into force")
    dana.get_by_role("button", name="Ask a second person").click()
    expect(dana.get_by_text("A second person is asked")).to_be_visible()


def _second_person_says_yes(morgan: Page) -> None:
    morgan.goto("/at/sunflowers/approvals/")
    morgan.get_by_role("link", name="Put an agreement into force").first.click()
    expect(morgan.get_by_text("Digest of its wording")).to_be_visible()
    morgan.get_by_role("button", name="Yes").first.click()
    if checked_anew(morgan):
        morgan.get_by_role("button", name="Yes").first.click()
    expect(morgan.get_by_text("It is done")).to_be_visible()


def _signs(vic: Page) -> None:
    vic.get_by_role("link", name="Read and sign").tap()
    axe_clean(vic, TITLE, picture="reading and signing")
    vic.get_by_label("Take it and show it to a member of staff").check()
    vic.get_by_label("Yes, I have read it and I agree").check()
    vic.get_by_role("button", name="Send my answer").tap()
    axe_clean(vic, TITLE, picture="an answer that was not right")
    vic.get_by_label("Say no kindly").check()
    vic.get_by_role("button", name="Send my answer").tap()
    axe_clean(vic, "Your answer is written down", picture="the receipt")


def _says_no(remy: Page) -> None:
    remy.goto(HERE)
    remy.get_by_role("link", name="Read and sign").first.tap()
    remy.get_by_label("No, I do not agree").check()
    remy.get_by_role("button", name="Send my answer").tap()
    axe_clean(remy, "Agreements", picture="own agreements")


def _reports(remy: Page) -> None:
    """A contractor is shown no names of children, and needs none to report."""
    remy.locator("main").get_by_role("link", name="Report a concern").tap()
    remy.get_by_role("group", name="Is a child in danger right now?").get_by_label("No").check()
    remy.get_by_label(ANYTHING).check()
    remy.get_by_label("What did you see?").fill("A child cried by the gate.")
    remy.get_by_label("Not yet, I will now").check()
    send(remy)
    axe_clean(remy)
