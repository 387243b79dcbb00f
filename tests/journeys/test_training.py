"""An evening for the team: written down once, and everybody's page and Today follow from it."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from .screens import TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey
HOME = "/at/sunflowers/training/"
NOT_UP_TO_DATE = "Some of your training is not up to date"


@pytest.mark.once
def test_what_ran_out_is_on_today_until_the_manager_writes_down_the_next_evening(
    screens: Screens,
) -> None:
    sam = screens.of("sam", TABLET)
    sam.goto("/at/sunflowers/")
    sam.get_by_role("link", name=NOT_UP_TO_DATE).click()
    expect(sam.get_by_text("Out of date").first).to_be_visible()
    axe_clean(sam, "My training", picture="my training")

    morgan = screens.of("morgan", TABLET)
    morgan.goto(HOME)
    expect(_row(morgan, "Sam Whitlock")).to_contain_text("ran out")
    axe_clean(morgan, "Training", picture="training of everybody")
    morgan.get_by_role("link", name="Write down a training").click()
    axe_clean(morgan, "Write down a training", picture="writing down a training")
    _write_down(morgan)
    expect(_row(morgan, "Devi Sharma")).to_contain_text("No, absent")
    expect(_row(morgan, "Sam Whitlock")).to_contain_text("Confirmed by Morgan Hughes")
    axe_clean(morgan, "Autumn evening", picture="a training")

    morgan.goto(HOME)
    expect(_row(morgan, "Sam Whitlock")).not_to_contain_text("ran out")
    sam.goto("/at/sunflowers/")
    expect(sam.get_by_role("link", name=NOT_UP_TO_DATE)).to_have_count(0)


@pytest.mark.once
def test_a_new_colleague_is_shown_something_and_signs_for_it(screens: Screens) -> None:
    dana = screens.of("dana", TABLET)
    dana.goto(f"{HOME}induction/")
    axe_clean(dana, "New colleagues", picture="new colleagues")
    dana.get_by_role("link", name="Vic Jarman").click()
    axe_clean(dana, "First weeks of Vic Jarman", picture="first weeks")
    dana.get_by_label("The online safety policy", exact=True).check()
    dana.get_by_role("button", name="Write it down").click()

    vic = screens.of("vic", TABLET)
    vic.goto(f"{HOME}mine/")
    _signs_first(vic)
    vic.goto(f"{HOME}mine/")
    vic.get_by_label("The online safety policy", exact=True).check()
    vic.get_by_role("button", name="Sign", exact=True).click()
    expect(vic.get_by_text("Your word is on record")).to_be_visible()
    axe_clean(vic, "My training")


def _signs_first(vic: Page) -> None:
    """Nothing but reporting opens to Vic before that, unless another journey was here before."""
    asked = vic.get_by_role("link", name="Read and sign")
    if not asked.count():
        return
    asked.click()
    vic.get_by_label("Yes, I have read it and I agree").check()
    vic.get_by_label("Say no kindly").check()
    vic.get_by_role("button", name="Send my answer").click()
    expect(vic.get_by_role("heading", name="Your answer is written down")).to_be_visible()


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))


def _write_down(page: Page) -> None:
    page.get_by_label("What was it?").fill("Autumn evening")
    today = date.today()  # noqa: DTZ011  the day on this computer, as the browser has it
    for box, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(box, exact=True).first.fill(str(value))
    page.get_by_label("A talk or a team meeting here").check()
    covered = page.get_by_role("group", name=re.compile("What did it cover"))
    for one in covered.get_by_role("checkbox").all():
        one.check()
    there = page.get_by_role("group", name=re.compile("Who was there"))
    for name in ("Sam Whitlock", "Priya Nair", "Vic Jarman"):
        there.get_by_label(name).check()
    absent = page.get_by_role("group", name=re.compile("Who should have been"))
    absent.get_by_label("Devi Sharma").check()
    page.get_by_role("button", name="Write it down").click()
