"""Indecent images found on one of our own tablets: locked away, handed on by two, until the police advise."""

import re

import pytest
from playwright.sync_api import Page, expect

from .report import send, write_report
from .screens import DESKTOP, TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey
ON_OUR_DEVICE = "A sexual picture of a child on a device of ours"
PROCEDURE = "A sexual picture of a child, found on a device of ours"
# What no link or button may offer to do with a device: it stays as it is.
TOUCHES_IT = re.compile(r"(?i)switch|turn (it )?on|unlock|log in|look (in|through)|browse|search")
SECRET = ("Acorns tablet 2", "Sam Whitlock", "On a tablet of ours")


@pytest.mark.once
def test_a_tablet_goes_from_hand_to_hand_and_only_the_police_end_its_quarantine(
    screens: Screens,
) -> None:
    sam = screens.of("sam", TABLET)
    write_report(sam, "A message on Acorns tablet 2 spoke of a picture.", kind=ON_OUR_DEVICE)
    dana = screens.reader("dana", DESKTOP)
    case = _case(dana, send(sam))
    _police_told(dana, case)
    number = _taken_into_custody(dana, case)
    item = dana.url
    _offers_nothing_but_to_keep_it(dana, case, item)

    _hand_over(dana, "To somebody here", {"To somebody here: who?": "Tariq Mansour"}, "Cupboard")
    tariq = screens.of("tariq", TABLET, java_script_enabled=False)
    tariq.get_by_role("link", name=re.compile("handed over|handing something")).first.click()
    expect(tariq.locator("h1")).to_contain_text("Have you received this device?")
    _says_nothing_of_the_case(tariq)
    _say_yes(tariq)
    expect(tariq.locator("main").get_by_text("2. Tariq Mansour")).to_be_visible()
    tariq.goto("/at/sunflowers/concerns/custody/")
    expect(tariq.get_by_role("link", name=number)).to_be_visible()
    _says_nothing_of_the_case(tariq)

    tariq.goto(item)
    _touches_nothing(tariq)
    owner = {
        "To somebody outside: their name": "Morgan Hughes",
        "Where are they from?": "Our office",
    }
    seen = {"Who of us sees it handed over?": "Dana Okafor"}
    _hand_over(tariq, "Back to its owner", owner | seen, "At home")
    expect(tariq.locator(".govuk-error-summary")).to_contain_text("until the police advise")

    dana.goto(item)
    axe_clean(dana, f"Custody {number}", picture="a device in custody")
    _record_police_advice(dana)
    expect(dana.get_by_text("Ended by the police")).to_be_visible()
    expect(dana.get_by_text("PC Hall, Kent Police")).to_be_visible()
    _touches_nothing(dana)

    tariq.goto(item)
    officer = {"To somebody outside: their name": "PC Hall", "Where are they from?": "Kent Police"}
    collar = {"Collar or staff number": "10442"}
    _hand_over(tariq, "To the police", officer | collar | seen, "Police station")
    dana.goto(item)
    dana.get_by_role("link", name="Answer it, or take it back").click()
    axe_clean(dana, "Have you seen this device handed over?")
    _say_yes(dana)
    expect(dana.get_by_text("3. PC Hall, 10442, Kent Police")).to_be_visible()
    expect(dana.get_by_text("Handed to the police").first).to_be_visible()
    axe_clean(dana, f"Custody {number}", picture="a device with the police")


def _case(page: Page, report: str) -> str:
    page.goto(f"/at/sunflowers/concerns/{report}/")
    page.get_by_role("link", name="Take it forward").click()
    page.get_by_label("A short name for the case").fill("On a tablet of ours")
    page.get_by_label("Why are you taking it forward?").fill("It may be a crime.")
    page.get_by_role("button", name="Open a case").click()
    expect(page.get_by_role("heading", name="No picture may enter this record")).to_be_visible()
    expect(page.get_by_role("heading", name=PROCEDURE)).to_be_visible()
    return page.url


def _police_told(page: Page, case: str) -> None:
    page.locator("main a[href*='/tell-police/']").first.click()
    page.get_by_label("Which agency?").select_option(index=1)
    page.get_by_label("How?", exact=True).fill("telephone, 101")
    page.get_by_label("What did you tell them").fill("Which tablet it is, and that nobody looked.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(case)


def _taken_into_custody(page: Page, case: str) -> str:
    """By the step of the procedure; leaves the page at the device. Its number."""
    page.locator("main a[href*='/first-facts/']").first.click()
    page.wait_for_url("**/first-facts/")  # `all` does not wait for the page
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    for no in page.locator("input[type=radio][value=no]").all():
        no.check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(case)
    page.locator("main a[href*='/secure-device/']").first.click()
    axe_clean(page, "Lock the device away", picture="taking a device into custody")
    page.get_by_label("Which device?").fill("Acorns tablet 2")
    page.get_by_label("This setting’s").check()
    page.get_by_label("Who handed it to you").fill("Sam Whitlock")
    page.get_by_label("Where is it locked away?").fill("Safe in the office")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(case)
    link = page.locator("main a[href*='/concerns/custody/']").first
    number = link.inner_text()
    link.click()
    expect(page.get_by_text("There is no button here to switch it on")).to_be_visible()
    expect(page.get_by_text("Quarantine").first).to_be_visible()
    return number


def _offers_nothing_but_to_keep_it(page: Page, *places: str) -> None:
    """Neither the case, the device nor handing it over has a way to switch it on or to add what is on it."""
    for place in (*places, f"{places[-1]}hand-over/", f"{places[-1]}police-advice/"):
        page.goto(place)
        _touches_nothing(page)
    page.goto(places[-1])


def _touches_nothing(page: Page) -> None:
    doors = page.locator("main a, main button, main input[type=submit]").all_inner_texts()
    assert doors
    # The link to a step repeats what the step says, for screen readers: only its first line offers.
    assert [one for one in doors if TOUCHES_IT.search(one.partition("\n")[0])] == []
    expect(page.locator("input[type=file]")).to_have_count(0)


def _hand_over(page: Page, purpose: str, said: dict[str, str], place: str) -> None:
    page.get_by_role("link", name="Hand it over").click()
    page.get_by_label(purpose, exact=False).first.check()
    for label, words in said.items():
        box = page.get_by_label(label)
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(label=words)
        else:
            box.fill(words)
    page.get_by_label("Where will it be locked away?").fill(place)
    page.get_by_role("button", name="Save").click()


def _say_yes(page: Page) -> None:
    page.get_by_label("Yes, just as it says here").check()
    page.get_by_role("button", name="Confirm").click()


def _record_police_advice(page: Page) -> None:
    page.get_by_role("link", name="Record police advice").click()
    page.get_by_role("button", name="Save").click()
    axe_clean(page, "What the police advised")
    page.get_by_label("Which officer advised it?").fill("PC Hall")
    page.get_by_label("Police force").fill("Kent Police")
    page.get_by_label("Their reference").fill("P-2291")
    page.get_by_label("What did they say?").fill("We will fetch it.")
    page.get_by_role("button", name="Save").click()


def _says_nothing_of_the_case(page: Page) -> None:
    shown = page.content()
    assert [words for words in SECRET if words in shown] == []
