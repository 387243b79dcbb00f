"""Procedures that people can look at, print and make their own."""

import re

import pytest
from playwright.sync_api import Page, expect

from .report import send, write_report
from .screens import DESKTOP, TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey

PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")
OUTSIDE_THEIR_BOX = """() => [...document.querySelectorAll('.hr-drawn')].flatMap(step => {
  const box = step.querySelector('.hr-drawn__frame').getBoundingClientRect();
  return [...step.querySelectorAll('text')].filter(text => {
    const words = text.getBoundingClientRect();
    return words.left < box.left || words.right > box.right
      || words.top < box.top || words.bottom > box.bottom;
  }).map(text => text.textContent);
})"""
ADDRESSES = "links => [...new Set(links.map(link => link.getAttribute('href')))]"
MESSAGE = "An offensive e-mail, message, post or call"
OURS = "Ask the person who was hurt by it whether they want company today."


@pytest.mark.once
def test_staff_look_at_every_procedure_and_print_its_guidance_on_one_sheet(
    screens: Screens,
) -> None:
    page = screens.of("priya", TABLET)
    page.get_by_role("link", name="Policies and duties").click()
    page.get_by_role("link", name="Procedures", exact=True).click()
    axe_clean(page, "Procedures")
    sheets = page.locator("main a[href$='/guidance/']").evaluate_all(ADDRESSES)
    assert len(sheets) > 5

    for sheet in sheets:
        page.goto(sheet)
        axe_clean(page, picture=sheet)
        assert len(PAGE_OF_PDF.findall(page.pdf(prefer_css_page_size=True))) == 1, sheet
        page.goto(sheet.removesuffix("guidance/"))
        axe_clean(page, picture=sheet.removesuffix("guidance/"))
        assert page.evaluate(OUTSIDE_THEIR_BOX) == [], sheet


@pytest.mark.once
def test_a_step_the_lead_adds_is_in_the_next_case(screens: Screens) -> None:
    lead = screens.reader("dana", DESKTOP)
    lead.get_by_role("link", name="Policies and duties").click()
    lead.get_by_role("link", name="Procedures", exact=True).click()
    lead.get_by_role("link", name="An offensive message", exact=True).click()
    lead.get_by_role("link", name="Make it yours").click()
    lead.get_by_role("link", name="Add a step of your own").click()
    _fill_in(lead)
    axe_clean(lead, "Add a step of your own")
    lead.get_by_role("button", name="Save").click()
    axe_clean(lead, "What our setting changed")
    expect(lead.get_by_text("with 1 addition of this setting")).to_be_visible()

    tablet = screens.of("sam", TABLET)
    write_report(tablet, "A message to Wren said horrible things.", kind=MESSAGE)
    lead.goto(f"/at/sunflowers/concerns/{send(tablet)}/")
    lead.get_by_role("link", name="Take it forward").click()
    lead.get_by_label("A short name for the case").fill("A horrible message")
    lead.get_by_label("Why are you taking it forward?").fill("Wren was hurt by it.")
    lead.get_by_role("button", name="Open a case").click()
    expect(lead.get_by_role("heading", name=OURS)).to_be_visible()
    lead.get_by_role("link", name="See it drawn").click()
    axe_clean(lead, "where it stands", picture="case drawn")
    expect(lead.get_by_text("with 1 addition of this setting")).to_be_visible()
    assert lead.evaluate(OUTSIDE_THEIR_BOX) == []


def _fill_in(page: Page) -> None:
    page.get_by_label("What is to be done?").fill(OURS)
    page.get_by_label("After which step does it stand?").select_option("tell-lead")
    page.get_by_role("group", name="Who does it?").get_by_label("Lead or deputy").check()
    page.get_by_label("Must be done").check()
    page.get_by_label("By when?").fill("1 working day")
    page.get_by_label("A note of what was done").check()
    page.get_by_label("Why does it change?").fill("We agreed it at the staff meeting.")
