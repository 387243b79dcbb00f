"""The lead gives her word on a duty: today's board changes, last month's does not; and a pack is made."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .screens import TABLET, Screens, axe_clean

pytestmark = [pytest.mark.journey, pytest.mark.once]
HOME, BOARD = "/at/sunflowers/", "/at/sunflowers/governance/"
STATE = r"^(Not so|Overdue|Due|Nothing to show yet|Confirmed|Met|Not taken on)"


def test_a_word_moves_todays_board_and_leaves_last_months(screens: Screens) -> None:
    dana = screens.reader("dana")
    earlier = timezone.localdate() - timedelta(days=21)
    past = f"{BOARD}?on_day={earlier.day}&on_month={earlier.month}&on_year={earlier.year}"
    dana.get_by_role("link", name="Policies and duties").click()
    dana.get_by_role("link", name="Assurance", exact=True).click()
    axe_clean(dana, "Assurance")
    before, before_then = _counts(dana, BOARD), _counts(dana, past)

    dana.goto(HOME)
    dana.get_by_role("link", name=re.compile("Say how your duties stand")).click()
    axe_clean(dana, "What waits for my word")
    late = dana.locator(".hr-row", has_text="Overdue").first
    late.get_by_role("link").click()
    axe_clean(dana, "Your word on a duty")
    duty = dana.locator(".govuk-body-l").inner_text()
    dana.get_by_label("Yes: it is kept").check()
    dana.get_by_label(re.compile("How do you know")).fill("I read the plans of both rooms.")
    dana.get_by_role("button", name="Put it on record").click()
    expect(dana.get_by_text("Your word is on record")).to_be_visible()
    axe_clean(dana, duty)
    expect(dana.get_by_text("I read the plans of both rooms.")).to_be_visible()

    after = _counts(dana, BOARD)
    assert after["Overdue"] == before["Overdue"] - 1
    assert after["Confirmed"] == before["Confirmed"] + 1
    assert _counts(dana, past) == before_then

    cleo = screens.reader("cleo", TABLET)
    cleo.goto(f"{BOARD}?state=opted+out")
    cleo.get_by_role("link", name=re.compile("official channels")).click()
    expect(cleo.get_by_text("Nobody here follows our page")).to_be_visible()


def test_a_pack_for_an_inspection_is_taken_away_and_names_no_child(
    screens: Screens, tmp_path: Path
) -> None:
    morgan = screens.reader("morgan", TABLET)
    morgan.goto(f"{BOARD}packs/")
    axe_clean(morgan, "Pack for an inspection")
    morgan.get_by_label("Who is it for?").fill("The inspector")
    morgan.get_by_label("JSON, for another program").check()
    with morgan.expect_download() as taken:
        morgan.get_by_role("button", name="Make it").click()
    taken.value.save_as(tmp_path / "pack.json")

    text = (tmp_path / "pack.json").read_text(encoding="utf-8")
    assert len(json.loads(text)["clauses"]) > 50
    assert not re.search("Kit|Noor|Isla|Theo|Maya", text)


def _counts(page: Page, address: str) -> dict[str, int]:
    """How many duties are in each state, as the table says."""
    page.goto(address)
    rows = page.locator("table").first.locator("tbody tr").all()
    found = {}
    for row in rows:
        state = re.match(STATE, row.locator("th").inner_text().strip())
        assert state is not None
        found[state[0]] = int(row.locator("td").first.inner_text())
    return found
