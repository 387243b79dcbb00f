"""Who must not see: other settings, the person it is about, and whoever looks over a shoulder."""

import re

import pytest
from playwright.sync_api import Page, expect

from .addresses import ID, kind_of
from .product import Product, eventually
from .report import send, write_report
from .screens import DESKTOP, TABLET, Screens, axe_clean, second_check, sign_in

pytestmark = pytest.mark.journey

LINK = re.compile(r'(?:href|action)="(/at/sunflowers/[^"?#]*)')
START = ("", "concerns/", "concerns/cases/", "messages/", "people/", "people/children/")
MORE = ("concerns/mine/", "directory/")
# Kinds of address that must be among those tried, so that the try is not an empty one.
EXPECTED = {
    "concerns/<id>/",
    "concerns/<id>/case/",
    "concerns/<id>/aside/",
    "concerns/mine/<id>/",
    "concerns/mine/<id>/add/",
    "concerns/cases/<id>/",
    "concerns/cases/<id>/chronology/",
    "concerns/cases/<id>/add/entry/",
    "concerns/cases/<id>/closure/",
    "concerns/cases/<id>/readers/",
    "concerns/cases/<id>/procedures/<id>/<step>/",
    "messages/<id>/",
    "people/<id>/",
    "people/children/<id>/",
}
WHAT_CHANGES_ANYWAY = re.compile(
    r'name="(?:csrfmiddlewaretoken|written_by)" value="[^"]*"|"X-CSRFToken": "[^"]*"'
    r'|nonce="[^"]*"|data-words="[^"]*"|hr-clock--\w+|<span class="hr-clock__left">[^<]*</span>'
)


@pytest.mark.every_time
def test_another_settings_lead_finds_nothing_of_this_one(screens: Screens) -> None:
    ours = _addresses(screens.reader("dana")) | _addresses(screens.of("priya"))
    assert {kind_of(one) for one in ours} >= EXPECTED
    stranger = screens.reader("dana@bluebells")
    key = stranger.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for address in ours:
        for there in (address, address.replace("/at/sunflowers/", "/at/bluebells/")):
            got = stranger.request.get(there, max_redirects=0)
            sent = stranger.request.post(
                there, form={"csrfmiddlewaretoken": key, "text": "x"}, max_redirects=0
            )
            # Some take only what is sent, others only show: one of the two looks for the record.
            assert 404 in {got.status, sent.status} <= {404, 405}, there


@pytest.mark.once
def test_another_settings_lead_has_a_list_of_their_own(screens: Screens) -> None:
    page, stranger = screens.reader("dana"), screens.reader("dana@bluebells")
    for address in START + MORE:
        ours = set(ID.findall(page.request.get(f"/at/sunflowers/{address}").text()))
        theirs = set(ID.findall(stranger.request.get(f"/at/bluebells/{address}").text()))
        assert not ours & theirs, address
    stranger.goto("/at/bluebells/concerns/cases/")
    axe_clean(stranger, "Open cases", picture="cases of another setting")
    stranger.goto("/at/sunflowers/concerns/cases/")
    axe_clean(stranger, "There is nothing here for you to see")


def _addresses(page: Page) -> set[str]:
    """One address with an id of every kind that somebody's pages lead to."""
    found: dict[str, str] = {}
    waiting = [f"/at/sunflowers/{one}" for one in START + MORE]
    while waiting:
        text = page.request.get(waiting.pop(0)).text()
        for address in LINK.findall(text):
            if ID.search(address) and kind_of(address) not in found:
                found[kind_of(address)] = address
                waiting.append(address)
    return set(found.values())


@pytest.mark.once
def test_a_report_about_the_lead_leaves_no_mark_on_her_pages(
    screens: Screens, product: Product
) -> None:
    lead, manager = screens.reader("dana"), screens.reader("morgan")
    deputy = screens.reader("devi")
    before, mails = _pages_of(lead), _mails_to(product, "dana")
    tablet = screens.of("priya", TABLET)
    write_report(tablet, "She shouted.", who="Dana Okafor", part="Said to have done it")
    report = send(tablet)

    for told, name in ((manager, "morgan"), (deputy, "devi")):
        told.goto("/at/sunflowers/messages/")
        told.locator("main .hr-row a").first.click()
        axe_clean(told, "Report ", picture="report about an adult")
        assert told.url.endswith(f"/concerns/{report}/"), name
        expect(told.get_by_text("She shouted.")).to_be_visible()
    eventually(lambda: _mails_to(product, "devi"))
    assert lead.request.get(f"/at/sunflowers/concerns/{report}/").status == 404
    assert _pages_of(lead) == before
    assert _mails_to(product, "dana") == mails


def _pages_of(page: Page) -> dict[str, str]:
    addresses = ("", "concerns/", "concerns/cases/", "messages/")
    texts = {one: page.request.get(f"/at/sunflowers/{one}").text() for one in addresses}
    assert all("Signed in as <strong>Dana Okafor" in text for text in texts.values())
    return {one: WHAT_CHANGES_ANYWAY.sub("", text) for one, text in texts.items()}


def _mails_to(product: Product, name: str) -> int:
    return sum(mail["To"] == f"{name}@sunflowers.example" for mail in product.mails())


@pytest.mark.once
def test_a_screen_is_hidden_by_its_button_and_by_escape_twice(screens: Screens) -> None:
    page = screens.reader("dana", TABLET)
    page.goto("/at/sunflowers/concerns/cases/?show=closed")
    page.locator("main tbody a").first.click()
    expect(page.get_by_role("link", name="Reopen")).to_be_visible()
    axe_clean(page, picture="case closed")
    secret = page.locator("main")
    page.get_by_role("link", name="Hide this screen").tap()
    expect(secret).not_to_be_visible()
    expect(page.get_by_text("This screen is resting.")).to_be_visible()
    axe_clean(page, picture="hidden screen")
    page.get_by_role("button", name="Back").tap()
    page.get_by_role("button", name="Show the page again").tap()
    expect(secret).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(secret).not_to_be_visible()


@pytest.mark.once
def test_after_signing_out_the_back_button_shows_nothing(screens: Screens) -> None:
    page = screens.open(DESKTOP)
    page.goto("/at/bluebells/concerns/")
    sign_in(page, "devi@bluebells")
    second_check(page)
    for shown in ("", "concerns/", "concerns/cases/"):
        page.goto(f"/at/bluebells/{shown}")
    page.get_by_role("button", name="Sign out").click()
    axe_clean(page, "Sign in", picture="signed out")
    for _ in range(3):
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        expect(page.get_by_text("Devi Sharma")).to_have_count(0)
