"""Two children in one incident: each has a file of their own, on the page and on paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .product import Product
from .report import send, write_report
from .screens import TABLET, Screens, axe_clean, checked_anew

pytestmark = pytest.mark.journey

SAW = "Maya Osei pulled the tablet away from Kit, and Maya said a rude word she knew from a game."


@pytest.mark.once
def test_two_children_in_one_incident_have_two_files_and_two_papers(
    screens: Screens, product: Product, tmp_path: Path
) -> None:
    report = _reported_by_priya(screens)
    desk = screens.reader("dana")
    desk.goto(f"/at/sunflowers/concerns/{report}/")
    files = desk.get_by_role("link", name="Their file")
    expect(files).to_have_count(2)
    files_of = {
        name: str(
            desk.get_by_role("link", name=re.compile(f"Their file.*{name}")).get_attribute("href")
        )
        for name in ("Kit Lindqvist", "Maya Osei")
    }

    desk.goto(files_of["Kit Lindqvist"])
    axe_clean(desk, "Kit Lindqvist", picture="file of a child")
    _turn_to(desk, "Another child: said to have done it")
    kits = desk.locator("main")
    expect(kits).to_contain_text("Another child: said to have done it")
    expect(kits).to_contain_text("[another child] pulled the tablet away from Kit")
    expect(kits).not_to_contain_text("Maya")
    _look_for(desk, "rude word", "away from Kit")

    asked = _ask(desk, ticked=["Maya", "Maya Osei"])
    _waits_for_another(desk)
    _morgan_says_yes(screens, asked)
    paper = _take(desk, asked, tmp_path / "kit.pdf")
    desk.goto(files_of["Maya Osei"])
    mayas = desk.locator("main")
    expect(mayas).to_contain_text("Another child: may have been harmed")
    expect(mayas).not_to_contain_text("Kit")
    asked = _ask(desk, ticked=["Kit"])
    _morgan_says_yes(screens, asked)
    other = _take(desk, asked, tmp_path / "maya.pdf")

    for one in (paper, other):
        assert one.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in one
        assert b"/Lang(en-GB)" in one
    assert paper != other
    assert "rude" not in product.said, "no words in the log"


def _reported_by_priya(screens: Screens) -> str:
    """Two children in one report, each in another part."""
    tablet = screens.of("priya", TABLET)
    write_report(tablet, SAW)
    tablet.get_by_role("button", name="Add another person").tap()
    second = tablet.get_by_role("group", name="Person 2")
    second.get_by_label("Person (optional)").select_option("Maya Osei")
    second.get_by_label("Their part in it").select_option("Said to have done it")
    return send(tablet)


def _turn_to(desk: Page, words: str) -> None:
    """Other journeys wrote about the same child, so what this one wrote may stand on a later page."""
    later = desk.get_by_role("link", name="Later", exact=True)
    while later.count() and words not in desk.locator("main").inner_text():
        here = desk.url
        later.click()
        expect(desk).not_to_have_url(here)


def _look_for(desk: Page, words: str, shows: str) -> None:
    """Look for words, which never come to stand in the address."""
    desk.get_by_text("Look for something").click()
    desk.get_by_label("With these words").fill(words)
    desk.get_by_role("button", name="Show", exact=True).click()
    expect(desk.get_by_role("link", name="Show everything again")).to_be_visible()
    expect(desk.locator(".hr-timeline__item")).to_have_count(1)
    expect(desk.locator("main")).to_contain_text(shows)
    assert "rude" not in desk.url
    axe_clean(desk)


def _ask(desk: Page, *, ticked: list[str]) -> str:
    """Ask to give out the file that is open: for whom, what for, what is blacked out. Where it waits."""
    desk.locator("main").get_by_role("link", name="Make a printed copy").click()
    checked_anew(desk)
    axe_clean(desk, "Make a printed copy", picture="print a childs file")
    for name in ticked:
        expect(desk.get_by_label(name, exact=True)).to_be_checked()
    ask = desk.get_by_role("button", name="Ask a second person")
    ask.click()
    expect(desk.locator(".govuk-error-summary")).to_contain_text("Write who gets this copy")
    desk.get_by_label("Who gets this copy?").fill("The child’s parents")
    desk.get_by_label("What for?").fill("They asked to see it")
    ask.click()
    expect(desk.locator("h1")).to_contain_text("Give out a child’s file on paper")
    return desk.url


def _waits_for_another(desk: Page) -> None:
    """Before somebody else says yes there is no paper, and no button for oneself."""
    axe_clean(desk, picture="waiting for a second person")
    expect(desk.locator("main")).to_contain_text("It waits for a second person")
    expect(desk.get_by_role("button", name="Yes, do this")).to_have_count(0)
    expect(desk.get_by_role("link", name="Go on")).to_have_count(0)


def _morgan_says_yes(screens: Screens, asked: str) -> None:
    """The manager sees on today that somebody asks, reads what will happen, and says yes."""
    manager = screens.reader("morgan", TABLET)
    manager.get_by_role("link", name="Look at it", exact=True).last.click()
    axe_clean(manager, "What takes two people")
    manager.goto(asked)
    axe_clean(manager, "Give out a child’s file", picture="saying yes to a paper")
    expect(manager.locator("main")).to_contain_text("The child’s parents")
    manager.get_by_role("button", name="Yes, do this").click()
    if checked_anew(manager):
        manager.goto(asked)
        manager.get_by_role("button", name="Yes, do this").click()
    expect(manager.locator("main")).to_contain_text("It is done, and whoever asked is told")


def _take(desk: Page, asked: str, to: Path) -> bytes:
    """Take the paper that somebody else said yes to."""
    desk.goto(asked)
    desk.get_by_role("link", name="Go on").click()
    checked_anew(desk)
    axe_clean(desk, "A paper to give out")
    with desk.expect_download() as coming:
        desk.get_by_role("button", name="Take the PDF").click()
    assert re.fullmatch(r"copy-[\w-]+\.pdf", coming.value.suggested_filename)
    coming.value.save_as(to)
    return to.read_bytes()
