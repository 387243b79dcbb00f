"""A manager brings in the children from another program: looked at first, then in the background."""

import pytest
from playwright.sync_api import FilePayload, expect

from .screens import DESKTOP, TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey

HEADINGS = "Forename,Surname,DOB,Room,Parent 1,Relation"
LONG = 230


@pytest.mark.once
def test_a_manager_brings_in_a_file_of_children_and_sees_what_will_change_first(
    screens: Screens,
) -> None:
    page = screens.reader("morgan", TABLET)
    page.goto("/at/sunflowers/people/children/")
    page.get_by_role("link", name="Bring in a list").tap()
    axe_clean(page, "Bring in a list")
    page.get_by_role("link", name="Children, families and rooms").tap()
    axe_clean(page, "Bring in a list of children", picture="list, step 1")
    lines = "Wilfred,Quill,27/03/2022,Elms,Ottilie Quill,mother\n=1+1,Quill,28/03/2022,Elms,,"
    page.get_by_label("The file").set_input_files(_file(b"PK\x03\x04 a workbook"))
    page.get_by_role("button", name="Go on").tap()
    expect(page.locator(".govuk-error-summary")).to_contain_text("choose CSV")
    axe_clean(page, "Bring in a list of children", picture="list, refused")
    text = f"{HEADINGS}\n{lines}\n".encode("utf-16")
    page.get_by_label("The file").set_input_files(_file(text))
    page.get_by_role("button", name="Go on").tap()
    axe_clean(page, "Which column is what?", picture="list, step 2")
    expect(page.get_by_label("DOB")).to_have_value("born_on")
    page.get_by_role("button", name="Show what would change").tap()
    axe_clean(page, "What would change", picture="list, step 3, to put right")
    expect(page.locator("main table")).to_contain_text("It begins with =")
    page.get_by_role("link", name="New: 1").tap()
    axe_clean(page, "What would change", picture="list, step 3, new")
    expect(page.locator("main table")).to_contain_text("Wilfred Quill")
    page.get_by_label("Leave out the line to put right, and bring in the others").check()
    page.get_by_role("button", name="Bring in 1 new and 0 changed").tap()
    axe_clean(page, "The list is in")
    page.get_by_role("link", name="Children", exact=True).last.tap()
    expect(page.get_by_text("Wilfred Quill")).to_be_visible()


def _file(data: bytes) -> FilePayload:
    return {"name": "children.csv", "mimeType": "text/csv", "buffer": data}


@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(True, id="scripts"),
        pytest.param(False, id="no scripts", marks=pytest.mark.once),
    ],
)
def test_a_long_list_is_done_in_the_background_while_its_page_waits(
    screens: Screens, *, scripts: bool
) -> None:
    page = screens.reader("morgan", DESKTOP, java_script_enabled=scripts)
    page.goto("/at/sunflowers/people/import/children/")
    family = "Vetch" if scripts else "Yarrow"
    lines = [f"{family}{n},{family},2022-03-27,Elms,Jo {family},mother" for n in range(LONG)]
    page.get_by_label("Or paste the lines here").fill("\n".join([HEADINGS, *lines]))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name=f"Bring in {LONG} new and 0 changed").click()
    expect(page.get_by_role("heading", name="The list is in")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(f"{LONG} new, 0 changed")).to_be_visible()
