"""An allegation about the lead, and one about a manager who is a lead as well."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .report import send, write_report
from .screens import DESKTOP, TABLET, Screens, axe_clean, checked_anew, home_of

pytestmark = [pytest.mark.journey, pytest.mark.once]

KIND = "Something an adult who works or helps here is said to have done to a child"


def test_an_allegation_about_the_lead_waits_for_the_lado(screens: Screens) -> None:
    tablet = screens.of("priya", TABLET)
    write_report(
        tablet, "She held his arm.", kind=KIND, who="Dana Okafor", part="Said to have done it"
    )
    expect(tablet.get_by_text("Who to call outside")).to_be_visible()
    report = send(tablet)
    expect(tablet.get_by_text("If you feel that nothing happens")).to_be_visible()
    axe_clean(tablet, picture="receipt of an allegation")

    page = screens.reader("morgan")
    case = take_forward(page, report)
    axe_clean(page, "What was seen", picture="allegation case of the manager")
    expect(page.get_by_text("Nothing can be looked into yet").first).to_be_attached()
    expect(step(page, "Do what the LADO agreed", "--locked")).to_have_count(1)

    refer_to_the_lado(page)
    answer_for_the_lado(page, may_look="Yes")
    opened = step(page, "Do what the LADO agreed", "--open")
    expect(opened.get_by_role("link", name="Record this step")).to_be_visible()

    lead = screens.reader("dana")
    assert lead.request.get(case).status == 404
    assert lead.request.get(f"{home_of('dana')}concerns/{report}/").status == 404
    assert "What was seen" not in lead.request.get(f"{home_of('dana')}concerns/cases/").text()


def step(page: Page, does: str, look: str = "") -> Locator:
    """The step that begins so, on the page of its case."""
    title = page.get_by_role("heading", name=re.compile(rf"^\d+\. {does}"), include_hidden=True)
    return page.locator(f"li.hr-step{look}", has=title)


def take_forward(page: Page, report: str) -> str:
    """Open the report and make a case of it, as the form suggests. Answers its address."""
    page.goto(f"{home_of('morgan')}concerns/{report}/")
    page.get_by_role("link", name="Take it forward").click()
    page.get_by_label("A short name for the case").fill("What was seen at the gate")
    expect(page.get_by_label("Something serious is said of an adult", exact=False)).to_be_checked()
    page.get_by_label("Why are you taking it forward?").fill("It is about somebody who works here.")
    page.get_by_role("button", name="Open a case").click()
    expect(page.locator("h1")).to_contain_text("What was seen at the gate")
    return page.url


def refer_to_the_lado(page: Page) -> None:
    step(page, "Ring the LADO.").get_by_role("link").click()
    page.get_by_label("Which agency?").select_option(index=1)
    page.get_by_label("How?", exact=True).fill("telephone")
    page.get_by_label("What did you tell them").fill("Her words, and that nobody has been asked.")
    page.get_by_role("button", name="Save").click()


def answer_for_the_lado(page: Page, *, may_look: str) -> None:
    page.locator("li.hr-step", has_text="Answer from what the LADO said").get_by_role(
        "link"
    ).click()
    axe_clean(page, "Answer from what the LADO said", picture="LADO's answer")
    for group in page.get_by_role("group").all():
        asks = group.inner_text()
        group.get_by_label(may_look if "look into it ourselves" in asks else "No").check()
    page.get_by_role("button", name="Save").click()


def test_a_manager_who_is_a_lead_as_well_hears_nothing_about_himself(screens: Screens) -> None:
    giver = screens.reader("cleo@bluebells", DESKTOP)
    giver.goto("/at/bluebells/people/")
    giver.get_by_role("link", name="Morgan Hughes").click()
    giver.get_by_role("link", name="Give Morgan Hughes a role").click()
    checked_anew(giver)
    giver.get_by_label("Designated safeguarding lead").check()
    giver.get_by_role("button", name="Give this role").click()
    second = screens.reader("devi@bluebells", DESKTOP)
    second.goto("/at/bluebells/people/waiting/")
    second.get_by_role("button", name="Confirm that Morgan Hughes").click()
    if checked_anew(second):
        second.goto("/at/bluebells/people/waiting/")
        second.get_by_role("button", name="Confirm that Morgan Hughes").click()

    tablet = screens.of("priya@bluebells", TABLET)
    write_report(
        tablet, "He shut the door.", kind=KIND, who="Morgan Hughes", part="Said to have done it"
    )
    report = send(tablet)

    for name, status in (("dana", 200), ("devi", 200), ("morgan", 404), ("cleo", 404)):
        reader = screens.reader(f"{name}@bluebells", DESKTOP)
        got = reader.request.get(f"/at/bluebells/concerns/{report}/").status
        assert got == status, name
